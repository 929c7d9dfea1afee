import type { ClusterRole, Role } from '../../../../lib/kubernetes/access';
import { createdAtColumns, createdAtRow } from './columns';
import type { Kind } from './kind';
import { validateClusterRole, validatePathSegment, validateRole } from './validation/access';

export const roleKind: Kind<Role> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  namespaced: true,
  message: 'k8s.io.api.rbac.v1.Role',
  columns: createdAtColumns,
  row: createdAtRow,
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
