import { describe, expect, it } from 'vitest';
import { bootstrapClusterRoleBindings, bootstrapClusterRoles } from './bootstrapRoles';
import { createRbacAuthorizer } from './rbac';

const rbac = createRbacAuthorizer({
  role: () => undefined,
  clusterRole: (name) => bootstrapClusterRoles.find((role) => role.metadata.name === name),
  clusterRoles: () => bootstrapClusterRoles,
  roleBindings: (namespace) =>
    ['view', 'edit', 'admin']
      .filter((role) => role === namespace)
      .map((role) => ({
        metadata: { name: role },
        roleRef: { apiGroup: '', kind: 'ClusterRole' as const, name: role },
        subjects: [{ kind: 'User' as const, name: 'ana' }],
      })),
  clusterRoleBindings: () => bootstrapClusterRoleBindings,
});
const ana = { name: 'ana', groups: ['system:authenticated'] };

describe('what a user bound to a role may do (namespace = role)', () => {
  const rows: [string, string, string, boolean, boolean, boolean][] = [
    ['list', '', 'pods', true, true, true],
    ['list', 'apps', 'statefulsets', true, true, true],
    ['get', '', 'secrets', false, true, true],
    ['delete', '', 'pods', false, true, true],
    ['update', 'apps', 'statefulsets', false, true, true],
    ['create', 'rbac.authorization.k8s.io', 'rolebindings', false, false, true],
    ['list', '', 'nodes', false, false, false],
    ['delete', '', 'persistentvolumes', false, false, false],
  ];
  it.each(rows)('%s %s/%s', (verb, group, resource, view, edit, admin) => {
    const may = (namespace: string) => rbac.authorize(ana, { verb, group, resource, namespace }).allowed;
    expect([may('view'), may('edit'), may('admin')]).toEqual([view, edit, admin]);
  });
});

it('lets everyone see health and version, and only the signed-in discover', () => {
  const nobody = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
  expect(rbac.authorize(nobody, { verb: 'get', path: '/healthz' }).allowed).toBe(true);
  expect(rbac.authorize(nobody, { verb: 'get', path: '/api/v1' }).allowed).toBe(false);
  expect(rbac.authorize(ana, { verb: 'get', path: '/openapi/v3' }).allowed).toBe(true);
});
