import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
  ReplicaSet,
} from '../../../../lib/kubernetes/workloads';
import { timestamp } from '../../clock';
import { counted, maxUnavailable, replicasOf, wantedPods } from './scaling';

/** What a Deployment says of itself (sync.go calculateStatus, progress.go, util/deployment_util.go). */

type Conditions = DeploymentCondition[];
export interface Said {
  type: 'Available' | 'Progressing' | 'ReplicaFailure';
  status: DeploymentCondition['status'];
  reason: string;
  message: string;
}

export function condition(said: Said, now: number): DeploymentCondition {
  const time = timestamp(now);
  return { ...said, lastUpdateTime: time, lastTransitionTime: time };
}

export function conditionOf(status: DeploymentStatus, type: Said['type']): DeploymentCondition | undefined {
  return status.conditions?.find((one) => one.type === type);
}

/** One of the same status and reason stays as it is; one of the same status keeps its time of transition. */
export function withCondition(known: Conditions, next: DeploymentCondition): Conditions {
  const current = known.find(({ type }) => type === next.type);
  if (current?.status === next.status && current.reason === next.reason) return known;
  const { lastTransitionTime } = current?.status === next.status ? current : next;
  return [...without(known, next.type), { ...next, lastTransitionTime }];
}

function without(known: Conditions, type: string): Conditions {
  return known.filter((one) => one.type !== type);
}

export function hasDeadline({ spec: { progressDeadlineSeconds } }: Deployment): boolean {
  return progressDeadlineSeconds !== undefined && progressDeadlineSeconds !== 0x7fffffff;
}

export interface Sets {
  all: readonly ReplicaSet[];
  newSet: ReplicaSet | undefined;
}

export function computeStatus(d: Deployment, { all, newSet }: Sets, now: number): DeploymentStatus {
  const available = counted(all, 'availableReplicas');
  const hasMinimum = available >= replicasOf(d) - maxUnavailable(d);
  const said: Said = hasMinimum
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
  const terminating = terminatingOf(all);
  const { collisionCount } = d.status;
  return withoutZeros({
    observedGeneration: d.metadata.generation,
    replicas: counted(all, 'replicas'),
    updatedReplicas: newSet?.status.replicas,
    readyReplicas: counted(all, 'readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wantedPods(all) - available),
    ...(terminating === undefined ? {} : { terminatingReplicas: terminating }),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions: withCondition(d.status.conditions ?? [], condition(said, now)),
  });
}

/** Undefined when a set that is known to its controller does not say. */
function terminatingOf(all: readonly ReplicaSet[]): number | undefined {
  let sum = 0;
  for (const { status } of all) {
    if (!status.observedGeneration && status.terminatingReplicas === undefined) continue;
    if (status.terminatingReplicas === undefined) return undefined;
    sum += status.terminatingReplicas;
  }
  return sum;
}

/** As Go writes it: counts that are not pointers are left out when 0. */
function withoutZeros(status: DeploymentStatus): DeploymentStatus {
  const pointers = ['terminatingReplicas', 'collisionCount'];
  const kept = Object.entries(status).filter(
    ([name, value]) => value !== undefined && (value !== 0 || pointers.includes(name)),
  );
  return Object.fromEntries(kept);
}

export function isComplete(d: Deployment, status: DeploymentStatus): boolean {
  const wanted = replicasOf(d);
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (d.metadata.generation ?? 0)
  );
}

/** The status during a rollout: its progress, and why pods cannot be made. */
export function rolloutStatus(d: Deployment, sets: Sets, now: number): DeploymentStatus {
  const status = computeStatus(d, sets, now);
  let conditions = status.conditions ?? [];
  if (hasDeadline(d)) conditions = withProgress(d, status, sets.newSet, now);
  else conditions = without(conditions, 'Progressing');
  const failure = failureOf(sets);
  conditions = failure ? withCondition(conditions, failure) : without(conditions, 'ReplicaFailure');
  return { ...status, conditions };
}

function withProgress(
  d: Deployment,
  status: DeploymentStatus,
  newSet: ReplicaSet | undefined,
  now: number,
): Conditions {
  const known = status.conditions ?? [];
  const current = conditionOf(d.status, 'Progressing');
  const isSettled = (status.replicas ?? 0) === (status.updatedReplicas ?? 0);
  if (isSettled && current?.reason === 'NewReplicaSetAvailable') return known;
  const subject = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${d.metadata.name}"`;
  const say = (value: Said['status'], reason: string, what: string): DeploymentCondition =>
    condition({ type: 'Progressing', status: value, reason, message: `${subject} ${what}.` }, now);
  if (isComplete(d, status))
    return withCondition(known, say('True', 'NewReplicaSetAvailable', 'has successfully progressed'));
  if (isProgressing(d.status, status)) {
    // Said anew each time, since the time of the last progress is what the deadline counts from.
    const next = say('True', 'ReplicaSetUpdated', 'is progressing');
    const lastTransitionTime = current?.status === 'True' ? current.lastTransitionTime : next.lastTransitionTime;
    return [...without(known, 'Progressing'), { ...next, lastTransitionTime }];
  }
  if (isTimedOut(d, current, now))
    return withCondition(known, say('False', 'ProgressDeadlineExceeded', 'has timed out progressing'));
  return known;
}

function isProgressing(old: DeploymentStatus, next: DeploymentStatus): boolean {
  const outdated = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  const rose = (field: 'updatedReplicas' | 'readyReplicas' | 'availableReplicas') =>
    (next[field] ?? 0) > (old[field] ?? 0);
  return (
    rose('updatedReplicas') || outdated(next) < outdated(old) || rose('readyReplicas') || rose('availableReplicas')
  );
}

function isTimedOut(d: Deployment, current: DeploymentCondition | undefined, now: number): boolean {
  if (!current || current.reason === 'NewReplicaSetAvailable') return false;
  if (current.reason === 'ProgressDeadlineExceeded') return true;
  return deadlineOf(d, current) < now;
}

function deadlineOf(d: Deployment, { lastUpdateTime }: DeploymentCondition): number {
  return Date.parse(lastUpdateTime ?? '1970-01-01T00:00:00Z') + (d.spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** Why pods cannot be made: the newest set's reason before those of others. */
function failureOf({ all, newSet }: Sets): DeploymentCondition | undefined {
  for (const set of [...(newSet ? [newSet] : []), ...all])
    for (const found of set.status.conditions ?? [])
      if (found.type === 'ReplicaFailure') return { ...found, lastUpdateTime: found.lastTransitionTime };
  return undefined;
}

/**
 * Milliseconds until a rollout that does not move must be looked at again, since nothing in the API will change when its
 * deadline passes (requeueStuckDeployment). Undefined when there is nothing to wait for.
 */
export function progressCheck(d: Deployment, status: DeploymentStatus, now: number): number | undefined {
  const current = conditionOf(d.status, 'Progressing');
  if (!hasDeadline(d) || !current) return undefined;
  if (isComplete(d, status) || current.reason === 'ProgressDeadlineExceeded') return undefined;
  return Math.max(0, deadlineOf(d, current) - now) + 1000;
}
