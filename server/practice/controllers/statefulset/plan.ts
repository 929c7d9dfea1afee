import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetStatus } from '../../../../lib/kubernetes/statefulSet';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { isClaimOfFormerPod, isClaimOwnerRight, retentionOf } from './claimOwners';
import {
  claimsFor,
  hasIdentity,
  hasStorage,
  isInRange,
  newPod,
  ordinalOfPod,
  replicasOf,
  revisionOfPod,
  startOrdinal,
} from './identity';
import { isAvailable, isCreated, isFinished, isRunningAndReady, isUnavailable } from './podState';
import { applyRevision } from './revisions';
import { computeStatus, type Revisions } from './status';

/**
 * What one sync of a set is to do, decided from what is known and nothing else (pkg/controller/statefulset,
 * updateStatefulSet). Nothing later in a sync depends on how an earlier step turned out, except that a failed one ends it.
 */
export interface Plan {
  phases: Phase[];
  /** As it is before any step; each done step with `takesFromCurrent` lowers currentReplicas by one. */
  status: StatefulSetStatus;
  /** The pod that everything after it waits for. */
  waitsFor?: Wait;
}

/** Steps pod by pod. Ordered work stops at the first failure; other work goes in growing batches (1, 2, 4 …). */
export interface Phase {
  isOrdered: boolean;
  work: Step[][];
}

export type Step =
  | { do: 'createPod'; pod: Pod }
  | { do: 'deletePod'; pod: Pod; because: 'finished' | 'scaledDown' | 'outdated'; takesFromCurrent?: boolean }
  /** Claims that a pending pod lacks, deleted since it was created. */
  | { do: 'createMissingClaims'; pod: Pod }
  | { do: 'repairPod'; pod: Pod }
  | { do: 'repairClaims'; pod: Pod };

export interface Wait {
  pod: string;
  until: 'gone' | 'ready' | 'available' | 'former claim gone';
}

export interface PlanInput extends Revisions {
  set: StatefulSet;
  /** The pods the set controls. */
  pods: readonly Pod[];
  /** A claim of the set's namespace as the cache has it. */
  claim(name: string): PersistentVolumeClaim | undefined;
  /** Milliseconds. */
  now: number;
  /** Gate MaxUnavailableStatefulSet, which v1.36 leaves off: the field is then ignored. */
  isMaxUnavailableOn?: boolean;
}

interface Situation extends PlanInput {
  isOrdered: boolean;
  /** One for each ordinal in range; those that are not there yet as they will be created. */
  replicas: Pod[];
  /** Highest ordinal first. */
  condemned: Pod[];
  firstUnavailable: Pod | undefined;
}

/** What is decided for one pod. A wait ends the sync in ordered mode. */
interface Decision {
  steps: Step[];
  wait?: Wait;
  isLast?: boolean;
}

export function plan(input: PlanInput): Plan {
  const situation = situate(input);
  const { set, replicas, condemned, isOrdered } = situation;
  const status = computeStatus(set, [...replicas, ...condemned], input, input.now);
  if (set.metadata.deletionTimestamp !== undefined) return { phases: [], status };

  const phases: Phase[] = [];
  for (const part of [planReplicas, planCondemnedClaims, planCondemned]) {
    const decided = decideAll(part(situation), isOrdered);
    if (decided.work.length > 0) phases.push({ isOrdered, work: decided.work });
    if (decided.isStopped) return { phases, status, waitsFor: decided.wait };
  }
  const update = planUpdate(situation);
  if (update.steps.length > 0) phases.push({ isOrdered: true, work: update.steps.map((step) => [step]) });
  return { phases, status, waitsFor: update.wait };
}

function situate(input: PlanInput): Situation {
  const { set, pods, now } = input;
  const minReady = set.spec.minReadySeconds ?? 0;
  const start = startOrdinal(set);
  const found = new Map(pods.filter((p) => isInRange(set, p)).map((pod) => [ordinalOfPod(set, pod), pod]));
  const replicas = Array.from({ length: replicasOf(set) }, (_, index) => {
    return found.get(start + index) ?? newPodAtItsRevision(input, start + index);
  });
  const condemned = pods
    .filter((pod) => !isInRange(set, pod) && ordinalOfPod(set, pod) >= 0)
    .sort((a, b) => ordinalOfPod(set, b) - ordinalOfPod(set, a));
  const firstUnavailable = [...replicas, ...condemned.toReversed()].find((p) => isUnavailable(p, minReady, now));
  const isOrdered = set.spec.podManagementPolicy !== 'Parallel';
  return { ...input, isOrdered, replicas, condemned, firstUnavailable };
}

/** Below the partition, or while a set without one still has pods of the old revision, a pod comes back as it was. */
function newPodAtItsRevision({ set, current, update }: PlanInput, ordinal: number): Pod {
  const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
  const kept = rollingUpdate
    ? (rollingUpdate.partition ?? 0)
    : type === 'RollingUpdate'
      ? (set.status.currentReplicas ?? 0)
      : 0;
  const revision = ordinal < startOrdinal(set) + kept ? current : update;
  return newPod(applyRevision(set, revision), revision.metadata.name ?? '', ordinal);
}

function decideAll(
  decisions: Iterable<Decision>,
  isOrdered: boolean,
): { work: Step[][]; isStopped: boolean; wait?: Wait } {
  const work: Step[][] = [];
  for (const { steps, wait, isLast } of decisions) {
    // A pod without steps keeps its place, because batches are counted over pods.
    work.push(steps);
    if (isOrdered && (wait || isLast)) return { work: work.filter((s) => s.length > 0), isStopped: true, wait };
  }
  return { work: work.some((steps) => steps.length > 0) ? work : [], isStopped: false };
}

function* planReplicas(situation: Situation): Iterable<Decision> {
  for (const pod of situation.replicas) yield decideReplica(situation, pod);
}

function decideReplica(situation: Situation, pod: Pod): Decision {
  const { set, isOrdered } = situation;
  const name = pod.metadata.name ?? '';
  if (isFinished(pod)) {
    const step: Step = { do: 'deletePod', pod, because: 'finished' };
    return { steps: isTerminating(pod) ? [] : [step], wait: { pod: name, until: 'gone' } };
  }
  if (!isCreated(pod)) {
    if (isOnFormerClaim(situation, pod)) return { steps: [], wait: { pod: name, until: 'former claim gone' } };
    return { steps: [{ do: 'createPod', pod }], wait: { pod: name, until: 'ready' } };
  }
  const isPending = pod.status.phase === 'Pending';
  const steps: Step[] = isPending ? [{ do: 'createMissingClaims', pod }] : [];
  const wait = isOrdered ? reasonToWait(situation, pod) : undefined;
  if (wait) return { steps, wait: { pod: name, until: wait } };
  // Creating missing claims has seen to the owners of all of them.
  const areClaimsRight = isPending || haveClaimsRightOwner(situation, pod);
  if (!hasIdentity(set, pod) || !hasStorage(set, pod) || !areClaimsRight) steps.push({ do: 'repairPod', pod });
  return { steps };
}

function reasonToWait({ set, now }: Situation, pod: Pod): Wait['until'] | undefined {
  if (isTerminating(pod)) return 'gone';
  if (!isRunningAndReady(pod)) return 'ready';
  return isAvailable(pod, set.spec.minReadySeconds ?? 0, now) ? undefined : 'available';
}

function isOnFormerClaim({ set, claim }: Situation, pod: Pod): boolean {
  if (retentionOf(set).whenScaled === 'Retain') return false;
  return claimsFor(set, ordinalOfPod(set, pod)).some(({ claim: wanted }) => {
    const found = claim(wanted.metadata.name ?? '');
    return found !== undefined && isClaimOfFormerPod(found, pod);
  });
}

function haveClaimsRightOwner({ set, claim }: Situation, pod: Pod): boolean {
  return claimsFor(set, ordinalOfPod(set, pod)).every(({ claim: wanted }) => {
    const found = claim(wanted.metadata.name ?? '');
    return found === undefined || isClaimOwnerRight(found, { set, pod });
  });
}

/** Before any pod goes, its claims get the owner that decides whether they go too. */
function* planCondemnedClaims(situation: Situation): Iterable<Decision> {
  for (const pod of situation.condemned)
    yield { steps: haveClaimsRightOwner(situation, pod) ? [] : [{ do: 'repairClaims', pod }] };
}

/** Scaling down: the highest ordinal first, and in ordered mode only when nothing else is unwell. */
function* planCondemned(situation: Situation): Iterable<Decision> {
  const { isOrdered, firstUnavailable } = situation;
  for (const pod of situation.condemned) {
    const name = pod.metadata.name ?? '';
    const wait = isOrdered ? reasonToWait(situation, pod) : undefined;
    if (isTerminating(pod)) yield { steps: [], wait: { pod: name, until: 'gone' } };
    else if (wait && pod !== firstUnavailable)
      yield { steps: [], wait: { pod: firstUnavailable?.metadata.name ?? name, until: wait } };
    else yield { steps: [{ do: 'deletePod', pod, because: 'scaledDown' }], isLast: true };
  }
}

function planUpdate(situation: Situation): Decision {
  const { set, replicas, update, now, isMaxUnavailableOn } = situation;
  const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
  if (type === 'OnDelete') return { steps: [] };
  // The partition counts places from the first ordinal on.
  const candidates = replicas.slice(rollingUpdate?.partition ?? 0).reverse();
  const isOutdated = (pod: Pod) => revisionOfPod(pod) !== update.metadata.name && !isTerminating(pod);
  const minReady = set.spec.minReadySeconds ?? 0;
  const stepFor = (pod: Pod): Step => ({ do: 'deletePod', pod, because: 'outdated', takesFromCurrent: true });
  if (isMaxUnavailableOn) {
    const down = replicas.filter((pod) => isUnavailable(pod, minReady, now)).length;
    const allowed = maxUnavailableOf(rollingUpdate?.maxUnavailable, replicas.length);
    return {
      steps: candidates
        .filter(isOutdated)
        .slice(0, Math.max(0, allowed - down))
        .map(stepFor),
    };
  }
  for (const pod of candidates) {
    if (isOutdated(pod)) return { steps: [stepFor(pod)] };
    if (isUnavailable(pod, minReady, now))
      return { steps: [], wait: { pod: pod.metadata.name ?? '', until: reasonToWait(situation, pod) ?? 'ready' } };
  }
  return { steps: [] };
}

/** A percentage is rounded down, but at least one pod may be down. */
function maxUnavailableOf(asked: number | string | undefined, replicas: number): number {
  const number = typeof asked === 'string' ? Math.floor((Number.parseInt(asked, 10) * replicas) / 100) : asked;
  return Math.max(1, number ?? 1);
}
