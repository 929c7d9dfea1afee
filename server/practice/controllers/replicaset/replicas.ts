import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { ReplicaSet, ReplicaSetStatus } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Informers } from '../runtime/informer';

/**
 * What the controller works on: ReplicaSets, and ReplicationControllers in the form of ReplicaSets, as in upstream
 * (pkg/controller/replication/conversion.go).
 */
export interface Replicas {
  /** `replicaset`, for reports of failures. */
  name: string;
  resource: 'replicasets';
  kind: string;
  /** The source of its events. */
  component: string;
  get(name: string, namespace?: string): ReplicaSet | undefined;
  list(namespace?: string): ReplicaSet[];
  on(changed: (set: ReplicaSet) => void): void;
  read(name: string, namespace: string): Promise<ReplicaSet>;
  writeStatus(set: ReplicaSet, status: ReplicaSetStatus): Promise<KubernetesObject>;
}

export function replicaSets(client: ApiClient, informers: Informers): Replicas {
  const informer = informers.for('replicasets');
  const typed = (set: ReplicaSet): ReplicaSet => ({ ...set, apiVersion: 'apps/v1', kind: 'ReplicaSet' });
  return {
    name: 'replicaset',
    resource: 'replicasets',
    kind: 'ReplicaSet',
    component: 'replicaset-controller',
    get(name, namespace) {
      const found = informer.get(name, namespace);
      return found && typed(found);
    },
    list: (namespace) => informer.list(namespace),
    on: (changed) => informer.on({ added: changed, modified: changed, deleted: changed }),
    read: (name, namespace) => client.get('replicasets', name, namespace),
    writeStatus: (set, status) => client.update('replicasets', { ...set, status }, 'status'),
  };
}
