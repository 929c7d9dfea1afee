import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { ReplicaSet, ReplicaSetStatus, ReplicationController } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Informers } from '../runtime/informer';

/**
 * What the controller works on: ReplicaSets, and ReplicationControllers in the form of ReplicaSets, as in upstream
 * (pkg/controller/replication/conversion.go).
 */
export interface Replicas {
  /** `replicaset`, for reports of failures. */
  name: string;
  resource: 'replicasets' | 'replicationcontrollers';
  kind: string;
  /** The source of its events. */
  component: string;
  get(name: string, namespace?: string): ReplicaSet | undefined;
  list(namespace?: string): ReplicaSet[];
  on(changed: (set: ReplicaSet) => void): void;
  read(name: string, namespace: string): Promise<ReplicaSet>;
  /** The part of a status that this kind has. */
  statusOf(status: ReplicaSetStatus): ReplicaSetStatus;
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
    statusOf: (status) => status,
    writeStatus: (set, status) => client.update('replicasets', { ...set, status }, 'status'),
  };
}

export function replicationControllers(client: ApiClient, informers: Informers): Replicas {
  const resource = 'replicationcontrollers';
  const informer = informers.for(resource);
  return {
    name: 'replicationcontroller',
    resource,
    kind: 'ReplicationController',
    component: 'replication-controller',
    get(name, namespace) {
      const found = informer.get(name, namespace);
      return found && asReplicaSet(found);
    },
    list: (namespace) => informer.list(namespace).map(asReplicaSet),
    on(changed) {
      const told = (controller: ReplicationController) => changed(asReplicaSet(controller));
      informer.on({ added: told, modified: told, deleted: told });
    },
    read: async (name, namespace) => asReplicaSet(await client.get(resource, name, namespace)),
    statusOf: ({ terminatingReplicas: _, ...status }) => status,
    async writeStatus(set, status) {
      const { name = '', namespace } = set.metadata;
      const live = informer.get(name, namespace) ?? (await client.get(resource, name, namespace));
      return client.update(resource, { ...live, metadata: set.metadata, status }, 'status');
    },
  };
}

function asReplicaSet({ metadata, spec, status }: ReplicationController): ReplicaSet {
  const { selector = {}, template = { spec: { containers: [] } }, ...rest } = spec;
  return {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata,
    // An empty selector selects nothing here, and everything in a ReplicaSet.
    spec: { ...rest, template, selector: { matchLabels: selector } },
    status,
  };
}
