import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from './access';
import type { CronJob, Job } from './batch';
import type { ConfigMap, Event, Namespace, Node, Secret, ServiceAccount } from './cluster';
import type { Endpoints, EndpointSlice, Service } from './network';
import type { Pod } from './pod';
import type { ControllerRevision, StatefulSet } from './statefulSet';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './storage';
import type { Lease, PodDisruptionBudget } from './policy';
import type { LimitRange, ResourceQuota } from './quota';
import type { DaemonSet, Deployment, PodTemplate, ReplicaSet, ReplicationController } from './workloads';

/** The type of the objects behind each resource, by the plural name the API uses. */
export interface ObjectOf {
  namespaces: Namespace;
  nodes: Node;
  pods: Pod;
  services: Service;
  endpoints: Endpoints;
  endpointslices: EndpointSlice;
  configmaps: ConfigMap;
  secrets: Secret;
  serviceaccounts: ServiceAccount;
  events: Event;
  persistentvolumes: PersistentVolume;
  persistentvolumeclaims: PersistentVolumeClaim;
  storageclasses: StorageClass;
  statefulsets: StatefulSet;
  controllerrevisions: ControllerRevision;
  replicasets: ReplicaSet;
  deployments: Deployment;
  daemonsets: DaemonSet;
  jobs: Job;
  cronjobs: CronJob;
  replicationcontrollers: ReplicationController;
  poddisruptionbudgets: PodDisruptionBudget;
  leases: Lease;
  podtemplates: PodTemplate;
  resourcequotas: ResourceQuota;
  limitranges: LimitRange;
  roles: Role;
  rolebindings: RoleBinding;
  clusterroles: ClusterRole;
  clusterrolebindings: ClusterRoleBinding;
}

export type ResourceName = keyof ObjectOf;

export interface Resource {
  group: string;
  version: string;
  kind: string;
  namespaced: boolean;
}

/** Where each resource lives in the API. Cluster-scoped ones have `namespaced: false`. */
export const resources: { readonly [R in ResourceName]: Resource } = {
  namespaces: { group: '', version: 'v1', kind: 'Namespace', namespaced: false },
  nodes: { group: '', version: 'v1', kind: 'Node', namespaced: false },
  pods: { group: '', version: 'v1', kind: 'Pod', namespaced: true },
  services: { group: '', version: 'v1', kind: 'Service', namespaced: true },
  endpoints: { group: '', version: 'v1', kind: 'Endpoints', namespaced: true },
  endpointslices: { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice', namespaced: true },
  configmaps: { group: '', version: 'v1', kind: 'ConfigMap', namespaced: true },
  secrets: { group: '', version: 'v1', kind: 'Secret', namespaced: true },
  serviceaccounts: { group: '', version: 'v1', kind: 'ServiceAccount', namespaced: true },
  events: { group: '', version: 'v1', kind: 'Event', namespaced: true },
  persistentvolumes: { group: '', version: 'v1', kind: 'PersistentVolume', namespaced: false },
  persistentvolumeclaims: { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespaced: true },
  storageclasses: { group: 'storage.k8s.io', version: 'v1', kind: 'StorageClass', namespaced: false },
  statefulsets: { group: 'apps', version: 'v1', kind: 'StatefulSet', namespaced: true },
  controllerrevisions: { group: 'apps', version: 'v1', kind: 'ControllerRevision', namespaced: true },
  replicasets: { group: 'apps', version: 'v1', kind: 'ReplicaSet', namespaced: true },
  deployments: { group: 'apps', version: 'v1', kind: 'Deployment', namespaced: true },
  daemonsets: { group: 'apps', version: 'v1', kind: 'DaemonSet', namespaced: true },
  jobs: { group: 'batch', version: 'v1', kind: 'Job', namespaced: true },
  cronjobs: { group: 'batch', version: 'v1', kind: 'CronJob', namespaced: true },
  replicationcontrollers: { group: '', version: 'v1', kind: 'ReplicationController', namespaced: true },
  poddisruptionbudgets: { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget', namespaced: true },
  leases: { group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', namespaced: true },
  podtemplates: { group: '', version: 'v1', kind: 'PodTemplate', namespaced: true },
  resourcequotas: { group: '', version: 'v1', kind: 'ResourceQuota', namespaced: true },
  limitranges: { group: '', version: 'v1', kind: 'LimitRange', namespaced: true },
  roles: { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'Role', namespaced: true },
  rolebindings: { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'RoleBinding', namespaced: true },
  clusterroles: { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', namespaced: false },
  clusterrolebindings: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kind: 'ClusterRoleBinding',
    namespaced: false,
  },
};

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(resource: Resource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** The URL path of a resource, or of one object of it. Names and namespaces are escaped. */
export function resourcePath(
  name: ResourceName,
  namespace?: string,
  objectName?: string,
  subresource?: string,
): string {
  const resource = resources[name];
  const parts = [resource.group === '' ? 'api' : `apis/${resource.group}`, resource.version];
  if (resource.namespaced && namespace !== undefined) parts.push('namespaces', encodeURIComponent(namespace));
  parts.push(name);
  if (objectName !== undefined) parts.push(encodeURIComponent(objectName));
  if (subresource !== undefined) parts.push(subresource);
  return `/${parts.join('/')}`;
}
