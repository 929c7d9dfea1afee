import type { Informers } from '../../controllers/runtime/informer';
import type { RbacObjects } from './rbac';

/** Roles and bindings as the informers hold them. Asked at each decision, so that the informers may be made later. */
export function rbacObjectsOf(informers: () => Informers): RbacObjects {
  return {
    role: (namespace, name) => informers().for('roles').get(name, namespace),
    clusterRole: (name) => informers().for('clusterroles').get(name),
    clusterRoles: () => informers().for('clusterroles').list(),
    roleBindings: (namespace) => informers().for('rolebindings').list(namespace),
    clusterRoleBindings: () => informers().for('clusterrolebindings').list(),
  };
}
