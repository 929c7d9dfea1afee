import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import { timestamp, type Clock } from '../../clock';
import type { Ids } from '../../ids';
import { isNotFound } from '../../status';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informers } from '../runtime/informer';
import { patience } from './patience';

export interface TaintEvictionOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/**
 * Deletes the pods of a node that has got a NoExecute taint: those that do not tolerate it at once, others when their time is over,
 * unless the taint has gone before (pkg/controller/tainteviction).
 */
export function startTaintEvictionController(options: TaintEvictionOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const [pods, nodes] = [informers.for('pods'), informers.for('nodes')];
  const recorder = createEventRecorder({ ...options, component: 'taint-eviction-controller' });
  /** Since when a pod has been counting down, by key. */
  const counting = new Map<string, number>();

  const tell = (key: string, what: string) => {
    const { namespace, name } = splitKey(key);
    const reference = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } };
    recorder.event(reference, 'Normal', 'TaintManagerEviction', `${what} Pod ${key}`);
  };
  const spare = (key: string) => {
    if (counting.delete(key)) tell(key, 'Cancelling deletion of');
  };

  const reconcile = async (key: string): Promise<void> => {
    const { namespace, name } = splitKey(key);
    const pod = pods.get(name, namespace);
    const node = pod?.spec.nodeName ? nodes.get(pod.spec.nodeName) : undefined;
    const allowed = pod && node ? patience(pod, node) : Infinity;
    if (!pod || allowed === Infinity) return spare(key);
    const since = counting.get(key) ?? clock.now();
    const left = since + allowed - clock.now();
    if (left > 0) {
      counting.set(key, since);
      return controller.enqueueAfter(key, left);
    }
    counting.delete(key);
    if (pod.metadata.deletionTimestamp) return;
    tell(key, 'Marking for deletion');
    await evict(client, pod, timestamp(clock.now()));
  };

  const controller = new Controller({ ...options, name: 'taint-eviction', reconcile, ready: informers.synced() });
  const lookAt = (pod: Pod) => {
    const node = pod.spec.nodeName ? nodes.get(pod.spec.nodeName) : undefined;
    if (counting.has(keyOf(pod)) || (node && isTainted(node))) controller.enqueue(keyOf(pod));
  };
  pods.on({ added: lookAt, modified: lookAt, deleted: (pod) => void counting.delete(keyOf(pod)) });
  const lookOver = (node: Node, previous?: Node) => {
    if (!isTainted(node) && !(previous && isTainted(previous))) return;
    for (const pod of pods.list()) if (pod.spec.nodeName === node.metadata.name) controller.enqueue(keyOf(pod));
  };
  nodes.on({ added: lookOver, modified: lookOver });
  return { stop: () => controller.stop() };
}

function isTainted(node: Node): boolean {
  return (node.spec?.taints ?? []).some(({ effect }) => effect === 'NoExecute');
}

/** addConditionAndDeletePod: the condition tells a Job, or a person, that the pod did not fail by itself. */
async function evict(client: ApiClient, { metadata, status }: Pod, now: string): Promise<void> {
  const { name = '', namespace } = metadata;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  };
  const conditions = [...(status.conditions ?? []).filter(({ type }) => type !== condition.type), condition];
  try {
    await client.patch('pods', name, namespace, { status: { conditions } }, { subresource: 'status' });
    await client.delete('pods', name, namespace);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
