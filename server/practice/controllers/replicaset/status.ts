import { equalJson } from '../../../../lib/kubernetes/equal';
import type { Condition } from '../../../../lib/kubernetes/metadata';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import type { ReplicaSet, ReplicaSetStatus } from '../../../../lib/kubernetes/workloads';
import { timestamp } from '../../clock';
import { messageOf } from '../runtime/errors';
import { matchesLabels } from '../../../../lib/kubernetes/selector';
import { isAvailable } from '../statefulset/podState';

const failureType = 'ReplicaFailure';

export interface Seen {
  active: readonly Pod[];
  terminating: readonly Pod[];
  /** Why pods could not be created or deleted. */
  failure: unknown;
  /** Milliseconds. */
  now: number;
}

/** calculateStatus in pkg/controller/replicaset/replica_set_utils.go. */
export function computeStatus(set: ReplicaSet, { active, terminating, failure, now }: Seen): ReplicaSetStatus {
  const ready = active.filter(isPodReady);
  const labels = set.spec.template.metadata?.labels ?? {};
  const conditions = conditionsWith(set, active.length, failure, now);
  return withoutZeros({
    observedGeneration: set.metadata.generation,
    replicas: active.length,
    fullyLabeledReplicas: active.filter((pod) => matchesLabels(labels, pod.metadata.labels)).length,
    readyReplicas: ready.length,
    availableReplicas: ready.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, now)).length,
    terminatingReplicas: terminating.length,
    ...(conditions.length > 0 ? { conditions } : {}),
  });
}

/** A failure that is known already keeps its words and its time. */
function conditionsWith(set: ReplicaSet, active: number, failure: unknown, now: number): Condition[] {
  const known = set.status.conditions ?? [];
  const others = known.filter(({ type }) => type !== failureType);
  if (!failure) return others;
  if (others.length < known.length) return known;
  const difference = active - (set.spec.replicas ?? 0);
  return [
    ...others,
    {
      type: failureType,
      status: 'True',
      lastTransitionTime: timestamp(now),
      ...(difference === 0 ? {} : { reason: difference < 0 ? 'FailedCreate' : 'FailedDelete' }),
      message: messageOf(failure),
    },
  ];
}

/** As Go writes it: only replicas and terminatingReplicas may be 0. */
function withoutZeros(status: ReplicaSetStatus): ReplicaSetStatus {
  const kept = Object.entries(status).filter(
    ([name, value]) => (value !== 0 && value !== undefined) || name === 'replicas' || name === 'terminatingReplicas',
  );
  return Object.fromEntries(kept);
}

export function isStatusChanged({ status }: ReplicaSet, next: ReplicaSetStatus): boolean {
  return !equalJson(withoutZeros(status), next);
}
