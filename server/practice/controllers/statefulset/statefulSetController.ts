import { controllerOf } from '../../../../lib/kubernetes/metadata';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetStatus } from '../../../../lib/kubernetes/statefulSet';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { claimPods, ensureNotDeleted } from '../runtime/controllerRefs';
import { indexByController, orphansIn, ownedBy } from '../runtime/dependents';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informer, type Informers } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { History } from './history';
import { isMember } from './identity';
import { nextAvailability } from './podState';
import { SetSync } from './setSync';

export interface StatefulSetControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  /** Gate MaxUnavailableStatefulSet, off in v1.36. */
  isMaxUnavailableOn?: boolean;
  onError?: (failure: ReconcileFailure) => void;
}

/** Keeps every StatefulSet's pods, claims and revisions as they should be (pkg/controller/statefulset, v1.36.3). */
export function startStatefulSetController(options: StatefulSetControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const sets = informers.for('statefulsets');
  const pods = informers.for('pods');
  const writes = new OwnWrites(informers);
  const history = new History({ client, informers, clock });
  const recorder = createEventRecorder({ ...options, component: 'statefulset-controller' });
  const sync = new SetSync({ ...options, recorder, writes, history });
  informers.for('persistentvolumeclaims');
  const ready = informers.synced();
  indexByController(pods);

  const reconcile = async (key: string) => {
    writes.ensureVisible(key);
    const { namespace, name } = splitKey(key);
    const stored = sets.get(name, namespace);
    if (!stored) return writes.forget(key);
    const set: StatefulSet = { ...stored, apiVersion: 'apps/v1', kind: 'StatefulSet' };
    const ensureCanAdopt = () => ensureNotDeleted(set, () => client.get('statefulsets', name, namespace));
    await history.adoptOrphans(set, ensureCanAdopt);
    const own = await claimPods({
      client,
      owner: set,
      pods: [...ownedBy(pods, set), ...orphansIn(pods, namespace)],
      matches: (pod) => matchesSelector(set.spec.selector, pod.metadata.labels) && isMember(set, pod),
      ensureCanAdopt,
    });
    const now = clock.now();
    const status = await sync.run(set, own, now);
    const wait = availabilityWait(set, own, status, now);
    if (wait !== undefined) controller.enqueueAfter(key, wait);
  };

  const controller = new Controller({ name: 'statefulset', clock, reconcile, ready, onError: options.onError });
  const enqueue = (set: StatefulSet) => controller.enqueue(keyOf(set));
  sets.on({ added: enqueue, modified: enqueue, deleted: enqueue });
  watchPods(pods, sets, controller);
  return { stop: () => controller.stop() };
}

/** With minReadySeconds nothing in the API changes when a pod becomes available: the set has to look again by itself. */
function availabilityWait(
  set: StatefulSet,
  pods: readonly Pod[],
  status: StatefulSetStatus,
  now: number,
): number | undefined {
  const minReady = set.spec.minReadySeconds ?? 0;
  if (minReady === 0 || status.readyReplicas === status.availableReplicas) return undefined;
  return nextAvailability(pods, minReady, now) ?? minReady * 1000;
}

/** Wakes the set that controls a pod, or, for a pod that nobody controls, every set that might adopt it. */
function watchPods(pods: Informer<Pod>, sets: Informer<StatefulSet>, controller: Controller): void {
  const ownerOf = (pod: Pod): StatefulSet | undefined => {
    const ref = controllerOf(pod.metadata);
    if (ref?.kind !== 'StatefulSet') return undefined;
    const set = sets.get(ref.name, pod.metadata.namespace);
    return set?.metadata.uid === ref.uid ? set : undefined;
  };
  const wakeOwner = (pod: Pod) => {
    const set = ownerOf(pod);
    if (set) controller.enqueue(keyOf(set));
    return set;
  };
  const wakeAdopters = (pod: Pod) => {
    if (Object.keys(pod.metadata.labels ?? {}).length === 0) return;
    for (const set of sets.list(pod.metadata.namespace))
      if (!isEmptySelector(set) && matchesSelector(set.spec.selector, pod.metadata.labels))
        controller.enqueue(keyOf(set));
  };
  pods.on({
    added(pod) {
      if (controllerOf(pod.metadata)) wakeOwner(pod);
      else if (!pod.metadata.deletionTimestamp) wakeAdopters(pod);
    },
    modified(pod, previous) {
      const [ref, oldRef] = [controllerOf(pod.metadata), controllerOf(previous.metadata)];
      const isRefChanged = JSON.stringify(ref) !== JSON.stringify(oldRef);
      if (isRefChanged && oldRef) wakeOwner(previous);
      if (!ref) {
        const haveLabelsChanged = JSON.stringify(pod.metadata.labels) !== JSON.stringify(previous.metadata.labels);
        if (isRefChanged || haveLabelsChanged) wakeAdopters(pod);
        return;
      }
      const set = wakeOwner(pod);
      const minReady = set?.spec.minReadySeconds ?? 0;
      if (set && minReady > 0 && !isPodReady(previous) && isPodReady(pod))
        controller.enqueueAfter(keyOf(set), minReady * 1000);
    },
    deleted: (pod) => void wakeOwner(pod),
  });
}

function isEmptySelector({ spec: { selector } }: StatefulSet): boolean {
  return Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
}
