import type { RoleBinding, Subject } from '../../../../lib/kubernetes/access';
import { ageColumn, ageOf, nameColumn, nameOf, wide } from './columns';
import type { Column, Kind } from './kind';
import {
  validateClusterRoleBinding,
  validatePathSegment,
  validateRoleBinding,
  validateRoleBindingUpdate,
} from './validation/access';

const columns = (kind: string): Column[] => [
  nameColumn,
  {
    name: 'Role',
    description:
      kind === 'roleBinding'
        ? 'RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error.'
        : 'RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error.',
  },
  ageColumn,
  { name: 'Users', description: `Users in the ${kind}`, ...wide },
  { name: 'Groups', description: `Groups in the ${kind}`, ...wide },
  { name: 'ServiceAccounts', description: `ServiceAccounts in the ${kind}`, ...wide },
];

export const roleBindingKind: Kind<RoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  singular: 'rolebinding',
  namespaced: true,
  message: 'k8s.io.api.rbac.v1.RoleBinding',
  columns: columns('roleBinding'),
  row(binding, at) {
    const named = (kind: Subject['kind']) => (binding.subjects ?? []).filter((subject) => subject.kind === kind);
    return [
      nameOf(binding),
      `${binding.roleRef.kind}/${binding.roleRef.name}`,
      ageOf(binding, at),
      named('User')
        .map((s) => s.name)
        .join(', '),
      named('Group')
        .map((s) => s.name)
        .join(', '),
      named('ServiceAccount')
        .map((s) => (s.namespace ? `${s.namespace}/${s.name}` : s.name))
        .join(', '),
    ];
  },
  defaults: defaultBinding,
  validateName: validatePathSegment,
  validate: validateRoleBinding,
  validateUpdate: (binding, old) => [...validateRoleBinding(binding), ...validateRoleBindingUpdate(binding, old)],
  createOnUpdate: true,
};

export const clusterRoleBindingKind: Kind<RoleBinding> = {
  ...roleBindingKind,
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  namespaced: false,
  message: 'k8s.io.api.rbac.v1.ClusterRoleBinding',
  columns: columns('clusterRoleBinding'),
  validate: validateClusterRoleBinding,
  validateUpdate: (binding, old) => [
    ...validateClusterRoleBinding(binding),
    ...validateRoleBindingUpdate(binding, old),
  ],
};

const group = 'rbac.authorization.k8s.io';

/** SetDefaults_RoleBinding and SetDefaults_Subject (pkg/apis/rbac/v1/defaults.go). */
function defaultBinding(draft: RoleBinding): void {
  if (draft.roleRef) draft.roleRef.apiGroup ||= group;
  for (const subject of draft.subjects ?? []) {
    if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup ||= group;
  }
}
