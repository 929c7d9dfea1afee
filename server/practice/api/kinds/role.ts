import type { ClusterRole, Role } from '../../../../lib/kubernetes/access';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { ageColumn, nameColumn, nameOf } from './columns';
import type { Column, Kind } from './kind';
import { validateClusterRole, validatePathSegment, validateRole } from './validation/access';

/** Kinds without columns of their own show their name and when they were made (apiserver's default table). */
const columns: Column[] = [nameColumn, { ...ageColumn, name: 'Created At', type: 'date' }];

function row(object: KubernetesObject): (string | null)[] {
  return [nameOf(object), object.metadata.creationTimestamp ?? null];
}

export const roleKind: Kind<Role> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  namespaced: true,
  message: 'k8s.io.api.rbac.v1.Role',
  columns,
  row,
  validateName: validatePathSegment,
  validate: validateRole,
  validateUpdate: validateRole,
  createOnUpdate: true,
};

export const clusterRoleKind: Kind<ClusterRole> = {
  ...roleKind,
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  namespaced: false,
  message: 'k8s.io.api.rbac.v1.ClusterRole',
  validate: validateClusterRole,
  validateUpdate: validateClusterRole,
};
