import type { Pod } from '../../../../lib/kubernetes/pod';
import { finishedAt } from './jobPods';

/** Failures since the last success, and when the last of them was (pkg/controller/job/backoff_utils.go). */
export interface FailureRecord {
  failures: number;
  lastAt?: number;
}

const firstMs = 10_000;
const longestMs = 600_000;

/** The record with what has ended since. */
export function nextRecord(
  known: FailureRecord | undefined,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): FailureRecord {
  const times = failed.map(finishedAt);
  if (succeeded.length === 0)
    return failed.length === 0
      ? (known ?? { failures: 0 })
      : { failures: (known?.failures ?? 0) + failed.length, lastAt: Math.max(...times) };
  const since = Math.max(...succeeded.map(finishedAt));
  const later = times.filter((at) => at > since);
  return later.length === 0 ? { failures: 0 } : { failures: later.length, lastAt: Math.max(...later) };
}

/** Milliseconds until another pod may be made: ten seconds after the first failure, twice as long after each next. */
export function waitAfter({ failures, lastAt = 0 }: FailureRecord, now: number): number {
  if (failures === 0) return 0;
  const wait = Math.min(firstMs * 2 ** Math.min(failures - 1, 10), longestMs);
  return Math.max(0, wait - (now - lastAt));
}
