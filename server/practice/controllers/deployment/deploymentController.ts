import { controllerOf } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { Deployment, ReplicaSet } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { claimReplicaSets, ensureNotDeleted } from '../runtime/controllerRefs';
import { indexByController, orphansIn, ownedBy, watchDependents } from '../runtime/dependents';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informer } from '../runtime/informer';
import type { Informers } from '../runtime/informer';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { DeploymentSync } from './deploymentSync';

export interface DeploymentControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/**
 * Keeps each Deployment's ReplicaSets as its template and size ask for (pkg/controller/deployment, v1.36.3). Not there: the
 * rollback by annotation that `extensions/v1beta1` left behind; `kubectl rollout undo` writes the old template itself.
 */
export function startDeploymentController(options: DeploymentControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const deployments = informers.for('deployments');
  const sets = informers.for('replicasets');
  const pods = informers.for('pods');
  const recorder = createEventRecorder({ ...options, component: 'deployment-controller' });
  const ready = informers.synced();
  indexByController(pods);

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const stored = deployments.get(name, namespace);
    if (!stored) return;
    const deployment: Deployment = { ...stored, apiVersion: 'apps/v1', kind: 'Deployment' };
    const own = await claimReplicaSets({
      client,
      owner: deployment,
      sets: [...ownedBy(sets, deployment), ...orphansIn(sets, namespace)],
      matches: (set) => matchesSelector(deployment.spec.selector, set.metadata.labels),
      ensureCanAdopt: () => ensureNotDeleted(deployment, () => client.get('deployments', name, namespace)),
    });
    await new DeploymentSync(deployment, own, {
      client,
      clock,
      recorder,
      podsOf: (set) => ownedBy(pods, set),
      again: (delayMs) => controller.enqueueAfter(key, delayMs),
    }).run();
  };

  const controller = new Controller({ name: 'deployment', clock, reconcile, ready, onError: options.onError });
  const enqueue = (deployment: Deployment) => controller.enqueue(keyOf(deployment));
  deployments.on({ added: enqueue, modified: enqueue, deleted: enqueue });
  watchDependents({
    dependents: sets,
    kind: 'Deployment',
    get: (name, namespace) => deployments.get(name, namespace),
    list: (namespace) => deployments.list(namespace),
    matches: (deployment, set) => matchesSelector(deployment.spec.selector, set.metadata.labels),
    enqueue: (key) => controller.enqueue(key),
  });
  pods.on({ deleted: (pod) => wakeRecreating(pod, deployments, sets, enqueue) });
  return { stop: () => controller.stop() };
}

/** A Deployment that recreates waits for the last of its old pods, which no ReplicaSet tells of. */
function wakeRecreating(
  pod: Pod,
  deployments: Informer<Deployment>,
  sets: Informer<ReplicaSet>,
  enqueue: (deployment: Deployment) => void,
): void {
  const { namespace } = pod.metadata;
  const set = sets.get(controllerOf(pod.metadata)?.name ?? '', namespace);
  const ref = set && controllerOf(set.metadata);
  const deployment = ref?.kind === 'Deployment' ? deployments.get(ref.name, namespace) : undefined;
  if (deployment?.spec.strategy?.type === 'Recreate') enqueue(deployment);
}
