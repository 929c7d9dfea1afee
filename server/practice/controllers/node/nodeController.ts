import type { Node } from '../../../../lib/kubernetes/cluster';
import type { ApiClient } from '../../client';
import { timestamp, type Clock } from '../../clock';
import type { Ids } from '../../ids';
import { Controller, type ReconcileFailure } from '../runtime/controller';
import { createEventRecorder } from '../runtime/events';
import type { Informers } from '../runtime/informer';
import { taintsAsTheyFollow } from './conditionTaints';

export interface NodeControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/** How long kubelets may take Secrets and ConfigMaps from their caches, in seconds: at once, below a hundred nodes. */
const ttlAnnotation = 'node.alpha.kubernetes.io/ttl';
const ttl = '0';

/**
 * Greets each node, and keeps its taints as its conditions and cordons have them (pkg/controller/nodelifecycle, pkg/controller/ttl). A
 * node that has gone silent is not noticed: the kubelets here do not fail.
 */
export function startNodeController(options: NodeControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const nodes = informers.for('nodes');
  const recorder = createEventRecorder({ ...options, component: 'node-controller' });
  const greeted = new Set<string>();

  const reconcile = async (name: string) => {
    const node = nodes.get(name);
    if (!node) return;
    const { uid = '', annotations } = node.metadata;
    if (!greeted.has(uid)) {
      greeted.add(uid);
      const why = `Node ${name} event: Registered Node ${name} in Controller`;
      recorder.event({ ...node, apiVersion: 'v1', kind: 'Node' }, 'Normal', 'RegisteredNode', why);
    }
    if (annotations?.[ttlAnnotation] !== ttl)
      await client.patch('nodes', name, '', { metadata: { annotations: { [ttlAnnotation]: ttl } } });
    const taints = taintsAsTheyFollow(node, timestamp(clock.now()));
    if (taints) await client.patch('nodes', name, '', { spec: { taints: taints.length === 0 ? null : taints } });
  };

  const controller = new Controller({ ...options, name: 'node', reconcile, ready: informers.synced() });
  const wake = ({ metadata }: Node) => controller.enqueue(metadata.name ?? '');
  nodes.on({ added: wake, modified: wake, deleted: ({ metadata }) => void greeted.delete(metadata.uid ?? '') });
  return { stop: () => controller.stop() };
}
