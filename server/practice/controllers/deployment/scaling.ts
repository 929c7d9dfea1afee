import type { CountOrPercent, Deployment, ReplicaSet } from '../../../../lib/kubernetes/workloads';
import { desiredReplicasOf, maxReplicasOf } from './revisions';

/** How many pods each ReplicaSet is to have: the arithmetic of rollouts (rolling.go, sync.go, util/deployment_util.go). */

export const replicasOf = (object: Deployment | ReplicaSet): number => object.spec.replicas ?? 0;
export const isRollingUpdate = (d: Deployment) => d.spec.strategy?.type === 'RollingUpdate';

/** Sizes that are to be, in the order of the writes. */
export interface Resize {
  set: ReplicaSet;
  to: number;
}

/** `25%` of 10, rounded up or down (intstr.GetScaledValueFromIntOrPercent). */
export function scaledValue(value: CountOrPercent | undefined, total: number, round: 'up' | 'down'): number {
  if (value === undefined || typeof value === 'number') return value ?? 0;
  const share = (Number.parseInt(value, 10) * total) / 100;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}

export function maxSurge(d: Deployment): number {
  return isRollingUpdate(d) ? scaledValue(d.spec.strategy?.rollingUpdate?.maxSurge, replicasOf(d), 'up') : 0;
}

/** With neither a surge nor a gap nothing could ever move, so that one may be missing then. */
export function maxUnavailable(d: Deployment): number {
  if (!isRollingUpdate(d) || replicasOf(d) === 0) return 0;
  const missing = scaledValue(d.spec.strategy?.rollingUpdate?.maxUnavailable, replicasOf(d), 'down');
  return Math.min(missing === 0 && maxSurge(d) === 0 ? 1 : missing, replicasOf(d));
}

export const wantedPods = (sets: readonly ReplicaSet[]) => sets.reduce((sum, set) => sum + replicasOf(set), 0);
export const isActiveSet = (set: ReplicaSet) => replicasOf(set) > 0;

type Count = 'replicas' | 'readyReplicas' | 'availableReplicas';
export const counted = (sets: readonly ReplicaSet[], field: Count) =>
  sets.reduce((sum, { status }) => sum + (status[field] ?? 0), 0);

/** How many the newest set may have now, of `current` that it has. `others` are the pods of the old sets. */
export function newSetReplicas(d: Deployment, current: number, others: number): number {
  if (!isRollingUpdate(d)) return replicasOf(d);
  const room = replicasOf(d) + maxSurge(d) - current - others;
  return room <= 0 ? current : current + Math.min(room, replicasOf(d) - current);
}

/**
 * Old sets that can give pods up: unhealthy ones first, since they are no loss, then as many healthy ones as the others
 * can do without. Each set appears at most twice, with its final size last.
 */
export function scaleDownOld(d: Deployment, newSet: ReplicaSet, oldSets: readonly ReplicaSet[]): Resize[] {
  const old = [...oldSets.filter(isActiveSet)].sort(byCreation);
  if (wantedPods(old) === 0) return [];
  const minAvailable = replicasOf(d) - maxUnavailable(d);
  const newUnavailable = replicasOf(newSet) - (newSet.status.availableReplicas ?? 0);
  const most = wantedPods([...oldSets, newSet]) - minAvailable - newUnavailable;
  if (most <= 0) return [];
  const resizes: Resize[] = [];
  const sizes = new Map(old.map((set) => [set, replicasOf(set)]));
  const take = (set: ReplicaSet, count: number) => {
    const to = (sizes.get(set) ?? 0) - count;
    sizes.set(set, to);
    resizes.push({ set, to });
    return count;
  };
  let cleaned = 0;
  for (const set of old) {
    const unhealthy = replicasOf(set) - (set.status.availableReplicas ?? 0);
    if (cleaned < most && unhealthy > 0) cleaned += take(set, Math.min(most - cleaned, unhealthy));
  }
  let spare = counted([...old, newSet], 'availableReplicas') - minAvailable;
  for (const set of old) {
    const size = sizes.get(set) ?? 0;
    if (spare > 0 && size > 0) spare -= take(set, Math.min(size, spare));
  }
  return resizes;
}

/**
 * Shares a change of the Deployment's size among all sets in proportion to theirs, so that scaling in the middle of a rollout
 * (or while paused) does not hasten it.
 */
export function proportionalSizes(d: Deployment, sets: readonly ReplicaSet[]): Resize[] {
  const allowed = replicasOf(d) > 0 ? replicasOf(d) + maxSurge(d) : 0;
  const toAdd = allowed - wantedPods(sets);
  const sorted = [...sets];
  if (toAdd > 0) sorted.sort((a, b) => replicasOf(b) - replicasOf(a) || byCreation(b, a));
  if (toAdd < 0) sorted.sort((a, b) => replicasOf(b) - replicasOf(a) || byCreation(a, b));
  let added = 0;
  const resizes = sorted.map((set) => {
    const share = proportion(d, set, toAdd, added);
    added += share;
    return { set, to: replicasOf(set) + share };
  });
  const [largest] = resizes;
  // What rounding left over goes to the largest.
  if (largest && toAdd !== 0) largest.to = Math.max(0, largest.to + toAdd - added);
  return resizes;
}

function proportion(d: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (replicasOf(set) === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(d, set);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

function fraction(d: Deployment, set: ReplicaSet): number {
  if (replicasOf(d) === 0) return -replicasOf(set);
  const before = maxReplicasOf(set) || (d.status.replicas ?? 0);
  if (before === 0) return 0;
  return Math.round((replicasOf(set) * (replicasOf(d) + maxSurge(d))) / before) - replicasOf(set);
}

/** The one set that is to take the whole size: the only active one, or the newest when none is; undefined for several. */
export function activeOrLatest(newSet: ReplicaSet | undefined, oldSets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const active = [...oldSets, ...(newSet ? [newSet] : [])].filter(isActiveSet);
  if (active.length > 1) return undefined;
  return active[0] ?? newSet ?? [...oldSets].sort((a, b) => byCreation(b, a))[0];
}

/** The newest set has all its pods, and the Deployment's size has not changed since it got them. */
export function isSaturated(d: Deployment, set: ReplicaSet | undefined): boolean {
  const wanted = replicasOf(d);
  return (
    set !== undefined &&
    replicasOf(set) === wanted &&
    desiredReplicasOf(set) === wanted &&
    (set.status.availableReplicas ?? 0) === wanted
  );
}

/** Oldest first, then by name. */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return (
    compare(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compare(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
