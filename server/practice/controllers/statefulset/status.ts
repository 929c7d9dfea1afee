import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { ControllerRevision, StatefulSet, StatefulSetStatus } from '../../../../lib/kubernetes/statefulSet';
import { replicasOf, revisionOfPod } from './identity';
import { isAvailable, isCreated, isRunningAndReady } from './podState';

export interface Revisions {
  current: ControllerRevision;
  update: ControllerRevision;
  collisionCount: number;
}

/** Counts over the set's pods, kept ones and condemned ones. No conditions: upstream's controller writes none. */
export function computeStatus(
  set: StatefulSet,
  pods: readonly Pod[],
  { current, update, collisionCount }: Revisions,
  now: number,
): StatefulSetStatus {
  const ready = pods.filter(isRunningAndReady);
  const living = pods.filter((pod) => isCreated(pod) && !isTerminating(pod));
  const at = (revision: ControllerRevision) =>
    living.filter((pod) => revisionOfPod(pod) === revision.metadata.name).length;
  return {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: pods.filter(isCreated).length,
    readyReplicas: ready.length,
    availableReplicas: ready.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, now)).length,
    currentReplicas: at(current),
    updatedReplicas: at(update),
    currentRevision: current.metadata.name ?? '',
    updateRevision: update.metadata.name ?? '',
    collisionCount,
  };
}

/** When every pod is updated and ready, the update revision becomes the current one. */
export function withRolloutCompleted(set: StatefulSet, status: StatefulSetStatus): StatefulSetStatus {
  const wanted = replicasOf(set);
  const isRolling = (set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
  const isDone = [status.updatedReplicas, status.readyReplicas, status.replicas].every((n) => n === wanted);
  if (!isRolling || !isDone) return status;
  return { ...status, currentReplicas: status.updatedReplicas, currentRevision: status.updateRevision };
}

/** Whether the status is worth a write. collisionCount alone is not. */
export function isStatusChanged(set: StatefulSet, status: StatefulSetStatus): boolean {
  const old = set.status;
  const counts = ['replicas', 'readyReplicas', 'availableReplicas', 'currentReplicas', 'updatedReplicas'] as const;
  return (
    (status.observedGeneration ?? 0) > (old.observedGeneration ?? 0) ||
    counts.some((field) => (status[field] ?? 0) !== (old[field] ?? 0)) ||
    (status.currentRevision ?? '') !== (old.currentRevision ?? '') ||
    (status.updateRevision ?? '') !== (old.updateRevision ?? '')
  );
}

/** As Go writes it: revisions and most counts are left out when empty or 0, replicas and availableReplicas never. */
export function statusToWrite(status: StatefulSetStatus): StatefulSetStatus {
  const { replicas = 0, availableReplicas = 0, collisionCount = 0, ...rest } = status;
  const written = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== 0 && value !== ''));
  return { ...written, replicas, availableReplicas, collisionCount };
}
