'use client';

import useSWR, { type SWRResponse } from 'swr';
import type {
  ClaimFilesAnswer,
  ContextsAnswer,
  FileContent,
  FileReference,
  NamespacesAnswer,
} from '../../lib/actions/contracts';
import { claimFilesPath, filePath } from '../../lib/actions/request';
import type { LabError } from '../../lib/errors';
import { field } from './failure';
import { readFile, reader } from './read';

export { act } from './act';

/** Read once and kept; `error` is always a LabError. `mutate()` reads again. */
export type Read<T> = SWRResponse<T, LabError>;

const readContexts = reader((value): value is ContextsAnswer => Array.isArray(field(value, 'contexts')));
const readNamespaces = reader((value): value is NamespacesAnswer => Array.isArray(field(value, 'namespaces')));

export function useContexts(): Read<ContextsAnswer> {
  return useSWR<ContextsAnswer, LabError>('/api/contexts', readContexts);
}

export function useNamespaces(): Read<NamespacesAnswer> {
  return useSWR<NamespacesAnswer, LabError>('/api/namespaces', readNamespaces);
}

const readClaimFiles = reader((value): value is ClaimFilesAnswer => Array.isArray(field(value, 'files')));

/** Read when it is looked at, and again for each `writtenAt`: what is written elsewhere is seen when it is opened again. */
export function useClaimFiles(namespace: string, claim: string, writtenAt: number | undefined): Read<ClaimFilesAnswer> {
  const path = claimFilesPath(namespace, claim);
  return useSWR<ClaimFilesAnswer, LabError>([path, writtenAt], () => readClaimFiles(path), {
    revalidateOnFocus: false,
    keepPreviousData: true,
  });
}

/** Reads when `file` is given, and again only on `mutate()`: a file is not polled. */
export function useFile(file: FileReference | undefined): Read<FileContent> {
  return useSWR<FileContent, LabError>(file ? filePath(file) : null, readFile, {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    revalidateIfStale: true,
    shouldRetryOnError: false,
  });
}
