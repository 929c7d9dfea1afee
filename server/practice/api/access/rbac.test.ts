import { describe, expect, it } from 'vitest';
import type { ClusterRole, PolicyRule, Role, RoleBinding } from '../../../../lib/kubernetes/access';
import { allows, createRbacAuthorizer, type RbacObjects } from './rbac';
import type { AccessRequest, User } from './user';

const getPods: AccessRequest = { verb: 'get', group: '', resource: 'pods', name: 'web-0', namespace: 'a' };
const exec: AccessRequest = {
  verb: 'create',
  group: '',
  resource: 'pods',
  subresource: 'exec',
  name: 'web-0',
  namespace: 'a',
};

describe('one rule', () => {
  const rows: [string, PolicyRule, AccessRequest, boolean][] = [
    ['verb and resource', { verbs: ['get'], apiGroups: [''], resources: ['pods'] }, getPods, true],
    ['another verb', { verbs: ['list'], apiGroups: [''], resources: ['pods'] }, getPods, false],
    ['another group', { verbs: ['get'], apiGroups: ['apps'], resources: ['pods'] }, getPods, false],
    ['every group', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, exec, true],
    ['a resource is not its subresource', { verbs: ['create'], apiGroups: [''], resources: ['pods'] }, exec, false],
    ['a subresource by name', { verbs: ['create'], apiGroups: [''], resources: ['pods/exec'] }, exec, true],
    ['a subresource of anything', { verbs: ['create'], apiGroups: [''], resources: ['*/exec'] }, exec, true],
    ['a name', { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['web-0'] }, getPods, true],
    [
      'another name',
      { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['web-1'] },
      getPods,
      false,
    ],
    ['a path', { verbs: ['get'], nonResourceURLs: ['/healthz'] }, { verb: 'get', path: '/healthz' }, true],
    ['a path prefix', { verbs: ['get'], nonResourceURLs: ['/api/*'] }, { verb: 'get', path: '/api/v1' }, true],
    ['another path', { verbs: ['get'], nonResourceURLs: ['/api'] }, { verb: 'get', path: '/metrics' }, false],
  ];
  it.each(rows)('%s', (_name, rule, request, allowed) => expect(allows(rule, request)).toBe(allowed));
});

describe('bindings', () => {
  const reader: ClusterRole = {
    metadata: { name: 'reader', labels: { 'to-view': 'true' } },
    rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }],
  };
  const view: ClusterRole = {
    metadata: { name: 'view' },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'to-view': 'true' } }] },
  };
  const bind = (subject: NonNullable<RoleBinding['subjects']>[number], role: string): RoleBinding => ({
    metadata: { name: 'b', namespace: 'a' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [subject],
  });
  const world = (inA: RoleBinding[], everywhere: RoleBinding[] = []): RbacObjects => ({
    role: (): Role | undefined => undefined,
    clusterRole: (name) => [reader, view].find((r) => r.metadata.name === name),
    clusterRoles: () => [reader, view],
    roleBindings: (namespace) => (namespace === 'a' ? inA : []),
    clusterRoleBindings: () => everywhere,
  });
  const ana: User = { name: 'ana', groups: ['students', 'system:authenticated'] };

  it('gives in its namespace only', () => {
    const rbac = createRbacAuthorizer(world([bind({ kind: 'User', name: 'ana' }, 'reader')]));
    expect(rbac.authorize(ana, getPods)).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "b/a" of ClusterRole "reader" to User "ana"',
    });
    expect(rbac.authorize(ana, { ...getPods, namespace: 'b' } as AccessRequest).allowed).toBe(false);
  });

  it('gives to groups, to service accounts, and through aggregation', () => {
    const byGroup = createRbacAuthorizer(world([], [bind({ kind: 'Group', name: 'students' }, 'view')]));
    expect(byGroup.authorize(ana, { ...getPods, namespace: 'b' } as AccessRequest).allowed).toBe(true);
    const account = createRbacAuthorizer(
      world([bind({ kind: 'ServiceAccount', name: 'default', namespace: 'a' }, 'view')]),
    );
    expect(account.authorize({ name: 'system:serviceaccount:a:default', groups: [] }, getPods).allowed).toBe(true);
    expect(account.authorize({ name: 'system:serviceaccount:b:default', groups: [] }, getPods).allowed).toBe(false);
  });

  it('asks nothing of system:masters', () => {
    const rbac = createRbacAuthorizer(world([]));
    expect(rbac.authorize({ name: 'admin', groups: ['system:masters'] }, exec).allowed).toBe(true);
    expect(rbac.authorize(ana, exec).allowed).toBe(false);
  });
});
