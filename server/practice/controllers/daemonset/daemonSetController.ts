import type { Node } from '../../../../lib/kubernetes/cluster';
import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { lookAgainWhenAvailable } from '../runtime/availability';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { claimPods, ensureNotDeleted } from '../runtime/controllerRefs';
import { orphansIn, ownedBy, watchDependents } from '../runtime/dependents';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informers } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import { TemplatePods } from '../runtime/podTemplates';
import { stable } from '../runtime/stable';
import { DaemonSync } from './daemonSync';
import { DaemonHistory } from './revisions';

export interface DaemonSetControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/** One pod on each node that a DaemonSet is for (pkg/controller/daemon, v1.36.3). */
export function startDaemonSetController(options: DaemonSetControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const sets = informers.for('daemonsets');
  const pods = informers.for('pods');
  const nodes = informers.for('nodes');
  const recorder = createEventRecorder({ ...options, component: 'daemonset-controller' });
  const writes = new OwnWrites(informers);
  const sync = new DaemonSync({
    client,
    clock,
    recorder,
    writes,
    pods: new TemplatePods(client, recorder),
    history: new DaemonHistory(client, informers.for('controllerrevisions')),
    nodes: () => nodes.list(),
    again: (key, afterMs) => controller.enqueueAfter(key, afterMs),
  });
  const ready = informers.synced();

  const reconcile = async (key: string) => {
    writes.ensureVisible(key);
    const { namespace, name } = splitKey(key);
    const stored = sets.get(name, namespace);
    if (!stored) {
      writes.forget(key);
      return sync.forget(key);
    }
    // Its revisions may be gone already, without which nothing can be told.
    if (isTerminating(stored)) return;
    const set: DaemonSet = { ...stored, apiVersion: 'apps/v1', kind: 'DaemonSet' };
    const own = await claimPods({
      client,
      owner: set,
      pods: [...ownedBy(pods, set), ...orphansIn(pods, namespace)],
      matches: (pod) => matchesSelector(set.spec.selector, pod.metadata.labels),
      ensureCanAdopt: () => ensureNotDeleted(set, () => client.get('daemonsets', name, namespace)),
    });
    await sync.run(set, own);
  };

  const controller = new Controller({ name: 'daemonset', clock, reconcile, ready, onError: options.onError });
  const enqueue = (set: DaemonSet) => controller.enqueue(keyOf(set));
  sets.on({ added: enqueue, modified: enqueue, deleted: enqueue });
  const all = () => sets.list().forEach(enqueue);
  nodes.on({ added: all, deleted: all, modified: (node, previous) => hasMoved(node, previous) && all() });
  watchDependents<DaemonSet, Pod>({
    dependents: pods,
    kind: 'DaemonSet',
    get: (name, namespace) => sets.get(name, namespace),
    list: (namespace) => sets.list(namespace),
    matches: (set, pod) => matchesSelector(set.spec.selector, pod.metadata.labels),
    enqueue: (key) => controller.enqueue(key),
    changed: lookAgainWhenAvailable(controller),
  });
  return { stop: () => controller.stop() };
}

/** Labels and taints decide which pods belong there; heartbeats do not. */
function hasMoved(node: Node, previous: Node): boolean {
  const told = ({ metadata, spec }: Node) => stable([metadata.labels, spec?.taints]);
  return told(node) !== told(previous);
}
