import { isPodReady, isTerminating, podCondition, type Pod } from '../../../../lib/kubernetes/pod';

/** The API has it. A pod still to be created has no phase. */
export const isCreated = (pod: Pod) => pod.status.phase !== undefined;

export const isFinished = (pod: Pod) => pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';

export const isRunningAndReady = (pod: Pod) => pod.status.phase === 'Running' && isPodReady(pod);

/** Ready for at least `minReadySeconds` at `now` (ms). Like upstream, the phase is not looked at. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = podCondition(pod, 'Ready')?.lastTransitionTime;
  return since !== undefined && Date.parse(since) + minReadySeconds * 1000 <= now;
}

export function isUnavailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  return !isAvailable(pod, minReadySeconds, now) || isTerminating(pod);
}

/** Milliseconds until the first ready pod becomes available; undefined when none is on its way. */
export function nextAvailability(pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined {
  const waits = pods.flatMap((pod) => {
    const since = podCondition(pod, 'Ready')?.lastTransitionTime;
    if (!isPodReady(pod) || since === undefined) return [];
    const wait = Date.parse(since) + minReadySeconds * 1000 - now;
    return wait > 0 ? [wait] : [];
  });
  return waits.length > 0 ? Math.min(...waits) : undefined;
}
