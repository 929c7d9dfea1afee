import { equalJson } from '../../../../lib/kubernetes/equal';
import { withCondition } from '../../../../lib/kubernetes/disruption';
import { controllerOf } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { PodDisruptionBudget } from '../../../../lib/kubernetes/policy';
import type { ApiClient } from '../../client';
import { timestamp, type Clock } from '../../clock';
import type { Ids } from '../../ids';
import { isConflict, isNotFound } from '../../status';
import { selectorText } from '../../api/kinds/selectorText';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { messageOf } from '../runtime/errors';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informers } from '../runtime/informer';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { budgetStatus, expectedScale, needsScale } from './budget';

export interface DisruptionControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/** Works out how many pods each budget can spare (pkg/controller/disruption, v1.36.3). Pods of custom kinds are not counted. */
export function startDisruptionController(options: DisruptionControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const budgets = informers.for('poddisruptionbudgets');
  const pods = informers.for('pods');
  const recorder = createEventRecorder({ ...options, component: 'controllermanager' });
  const scaleOf = scaleFinder(informers);
  const ready = informers.synced();
  const write = (budget: PodDisruptionBudget, status: PodDisruptionBudget['status']) =>
    client.update('poddisruptionbudgets', { ...budget, status }, 'status');

  const sync = async (budget: PodDisruptionBudget, key: string) => {
    const covered = pods
      .list(budget.metadata.namespace)
      .filter((pod) => matchesSelector(budget.spec.selector, pod.metadata.labels));
    if (covered.length === 0) recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found');
    const now = clock.now();
    const none = { expected: 0, unmanaged: [] };
    const scale = needsScale(budget) ? expectedScale(covered, scaleOf) : none;
    if (scale.unmanaged.length > 0) recorder.event(budget, 'Warning', 'UnmanagedPods', unmanagedMessage(budget));
    const { status, recheckMs } = budgetStatus(budget, { pods: covered, scale, now });
    if (!equalJson(status, budget.status)) await write(budget, status);
    if (recheckMs !== undefined) controller.enqueueAfter(key, recheckMs);
  };

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const stored = budgets.get(name, namespace);
    if (!stored) return;
    const budget = { ...stored, apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
    try {
      await sync(budget, key);
    } catch (error) {
      if (isConflict(error) || isNotFound(error)) throw error;
      // A budget that cannot be worked out lets nothing go.
      const message = messageOf(error);
      const why = `Failed to calculate the number of expected pods: ${message}`;
      recorder.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', why);
      const said = { status: 'False' as const, reason: 'SyncFailed', message };
      await write(budget, withCondition({ ...budget.status, disruptionsAllowed: 0 }, said, timestamp(clock.now())));
      throw error;
    }
  };

  const controller = new Controller({ name: 'disruption', clock, reconcile, ready, onError: options.onError });
  const enqueue = (budget: PodDisruptionBudget) => controller.enqueue(keyOf(budget));
  const wake = (pod: Pod) => {
    for (const budget of budgets.list(pod.metadata.namespace))
      if (matchesSelector(budget.spec.selector, pod.metadata.labels)) enqueue(budget);
  };
  budgets.on({ added: enqueue, modified: enqueue });
  pods.on({
    added: wake,
    modified(pod, previous) {
      wake(pod);
      if (!equalJson(pod.metadata.labels, previous.metadata.labels)) wake(previous);
    },
    deleted: wake,
  });
  return { stop: () => controller.stop() };
}

/** The replicas that a pod's controller wants; those of the Deployment where a ReplicaSet is one's. */
function scaleFinder(informers: Informers): (pod: Pod) => number | undefined {
  const deployments = informers.for('deployments');
  const kinds = {
    ReplicaSet: informers.for('replicasets'),
    ReplicationController: informers.for('replicationcontrollers'),
    StatefulSet: informers.for('statefulsets'),
  };
  return ({ metadata }) => {
    const ref = controllerOf(metadata);
    if (!ref || !(ref.kind in kinds)) return undefined;
    const owner = kinds[ref.kind as keyof typeof kinds].get(ref.name, metadata.namespace);
    if (owner?.metadata.uid !== ref.uid) return undefined;
    const above = ref.kind === 'ReplicaSet' ? controllerOf(owner.metadata) : undefined;
    const deployment = above?.kind === 'Deployment' ? deployments.get(above.name, metadata.namespace) : undefined;
    return (deployment ?? owner).spec.replicas ?? 0;
  };
}

function unmanagedMessage({ spec }: PodDisruptionBudget): string {
  const selector = spec.selector ? selectorText(spec.selector) : '';
  return (
    `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status ` +
    'of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please ' +
    'set ".spec.minAvailable" field of the PDB to an integer value.'
  );
}
