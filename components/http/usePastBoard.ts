import useSWR, { type SWRResponse } from 'swr';
import type { LabError } from '../../lib/errors';
import { readPastBoard, type PastBoard } from './read';

/** The board as it stood at a version. A past moment does not change, so it is read once. */
export function usePastBoard(namespace: string, at: string | undefined): SWRResponse<PastBoard, LabError> {
  const path = at === undefined ? null : `/api/boards/${encodeURIComponent(namespace)}?at=${encodeURIComponent(at)}`;
  return useSWR<PastBoard, LabError>(path, readPastBoard, {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    revalidateIfStale: false,
    shouldRetryOnError: (error) => error.kind === 'unreachable',
  });
}
