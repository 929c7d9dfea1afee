import { controllerOf } from '../../../../lib/kubernetes/metadata';
import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { ReplicaSet, ReplicaSetStatus } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { isConflict } from '../../status';
import { lookAgainWhenAvailable } from '../runtime/availability';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { claimPods, ensureNotDeleted } from '../runtime/controllerRefs';
import { orphansIn, ownedBy, watchDependents } from '../runtime/dependents';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informer, type Informers } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import { TemplatePods } from '../runtime/podTemplates';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { isFinished, nextAvailability } from '../statefulset/podState';
import { PodCounts } from './podCounts';
import { isActive } from './ranking';
import { replicaSets, type Replicas } from './replicas';
import { computeStatus, isStatusChanged } from './status';

export interface ReplicaSetControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/** Upstream's statusUpdateRetries, and the first try. */
const statusTries = 2;

/** Keeps as many pods as each ReplicaSet wants (pkg/controller/replicaset, v1.36.3). */
export function startReplicaSetController(options: ReplicaSetControllerOptions): { stop(): Promise<void> } {
  return startReplicas(options, replicaSets(options.client, options.informers));
}

export function startReplicas(options: ReplicaSetControllerOptions, replicas: Replicas): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const pods = informers.for('pods');
  const recorder = createEventRecorder({ ...options, component: replicas.component });
  const writes = new OwnWrites(informers);
  const counts = new PodCounts({ clock, pods: new TemplatePods(client, recorder), writes });
  const ready = informers.synced();

  const reconcile = async (key: string) => {
    writes.ensureVisible(key);
    const { namespace, name } = splitKey(key);
    const set = replicas.get(name, namespace);
    if (!set) {
      writes.forget(key);
      return counts.forget(key);
    }
    const own = ownedBy(pods, set);
    const active = await claimPods({
      client,
      owner: set,
      pods: [...own, ...orphansIn(pods, namespace)].filter(isActive),
      matches: (pod) => matchesSelector(set.spec.selector, pod.metadata.labels),
      ensureCanAdopt: () => ensureNotDeleted(set, () => replicas.read(name, namespace)),
    });
    const terminating = own.filter(
      (pod) => isTerminating(pod) && !isFinished(pod) && matchesSelector(set.spec.selector, pod.metadata.labels),
    );
    const failure = await counts.keep(set, { own, active, related: () => relatedPods(set, replicas, pods) });
    const now = clock.now();
    const status = replicas.statusOf(computeStatus(set, { active, terminating, failure, now }));
    if (isStatusChanged(set, status)) await writeStatus(set, status, replicas, writes);
    if (failure) throw failure;
    const wait = availabilityWait(set, active, status, now);
    if (wait !== undefined) controller.enqueueAfter(key, wait);
  };

  const controller = new Controller({ name: replicas.name, clock, reconcile, ready, onError: options.onError });
  replicas.on((set) => controller.enqueue(keyOf(set)));
  watchDependents<ReplicaSet, Pod>({
    dependents: pods,
    kind: replicas.kind,
    get: replicas.get,
    list: replicas.list,
    matches: (set, pod) => matchesSelector(set.spec.selector, pod.metadata.labels),
    enqueue: (key) => controller.enqueue(key),
    changed: lookAgainWhenAvailable(controller),
  });
  return { stop: () => controller.stop() };
}

/** The pods of all sets that have the same owner: two on one node are a crowd, whichever set they are of. */
function relatedPods(set: ReplicaSet, { list }: Replicas, pods: Informer<Pod>): Pod[] {
  const owner = controllerOf(set.metadata);
  const sets = owner
    ? list(set.metadata.namespace).filter((other) => controllerOf(other.metadata)?.uid === owner.uid)
    : [set];
  return pods
    .list(set.metadata.namespace)
    .filter((pod) => sets.some(({ spec }) => matchesSelector(spec.selector, pod.metadata.labels)));
}

/** The generation told of is the one acted on, also when the status is written over a newer object. */
async function writeStatus(
  set: ReplicaSet,
  status: ReplicaSetStatus,
  replicas: Replicas,
  writes: OwnWrites,
): Promise<void> {
  const { name = '', namespace = '' } = set.metadata;
  let known = set;
  for (let attempt = 1; ; attempt++)
    try {
      return writes.note(keyOf(set), replicas.resource, await replicas.writeStatus(known, status));
    } catch (error) {
      if (!isConflict(error) || attempt === statusTries) throw error;
      known = await replicas.read(name, namespace);
    }
}

/** With minReadySeconds nothing in the API changes when a pod becomes available: the set has to look again by itself. */
function availabilityWait(
  set: ReplicaSet,
  pods: readonly Pod[],
  status: ReplicaSetStatus,
  now: number,
): number | undefined {
  const minReady = set.spec.minReadySeconds ?? 0;
  if (minReady === 0 || status.readyReplicas === status.availableReplicas) return undefined;
  return nextAvailability(pods, minReady, now) ?? minReady * 1000;
}
