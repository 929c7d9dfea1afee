import type { PolicyRule, Role, RoleBinding } from '../../../../lib/kubernetes/access';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Core } from '../core';
import { forbiddenError } from '../errors';
import { equalJson } from '../json';
import { storageKey, type Target } from '../registry';
import { StatusError } from '../../status';
import { missingRules, ruleText } from './coverage';
import type { User } from './user';

/**
 * Nobody may give away rights that they do not have: a role, or a binding to one, may hold only what its writer holds (k8s.io/kubernetes
 * pkg/registry/rbac/.../policybased and validation/rule.go). The verbs `escalate` and `bind` lift this. Throws 403, and 404 for a binding to
 * a role that is not there, by somebody for whom this has to be known.
 */
export function checkEscalation(
  core: Core,
  user: User,
  target: Target,
  next: KubernetesObject,
  old?: KubernetesObject,
): void {
  if (target.kind.group !== 'rbac.authorization.k8s.io' || user.groups.includes('system:masters')) return;
  const namespace = target.kind.namespaced ? target.namespace : '';
  if (target.kind.plural.endsWith('roles')) checkRole(core, user, target, namespace, next, old);
  else checkBinding(core, user, target, namespace, next, old);
}

function checkRole(core: Core, user: User, target: Target, namespace: string, next: Role, old?: Role): void {
  if (old && equalJson(next.rules ?? [], old.rules ?? [])) return;
  if (mayDo(core, user, 'escalate', target.kind.plural, namespace, target.name)) return;
  refuseMissing(core, user, target, namespace, next.rules ?? []);
}

function checkBinding(
  core: Core,
  user: User,
  target: Target,
  namespace: string,
  next: KubernetesObject,
  old?: KubernetesObject,
): void {
  if (!isBinding(next)) return;
  if (
    old &&
    isBinding(old) &&
    equalJson(next.roleRef, old.roleRef) &&
    equalJson(next.subjects ?? [], old.subjects ?? [])
  )
    return;
  const { kind, name } = next.roleRef;
  const plural = kind === 'Role' ? 'roles' : 'clusterroles';
  if (mayDo(core, user, 'bind', plural, namespace, name)) return;
  const role = core.storage.get(plural, storageKey(kind === 'Role' ? namespace : '', name)) as Role | undefined;
  if (!role) {
    const message = `${plural}.rbac.authorization.k8s.io ${JSON.stringify(name)} not found`;
    throw new StatusError(404, 'NotFound', message, { name, group: 'rbac.authorization.k8s.io', kind: plural });
  }
  refuseMissing(core, user, target, namespace, core.authorizer.rulesOfRole?.(role) ?? role.rules ?? []);
}

function isBinding(object: KubernetesObject): object is RoleBinding {
  return 'roleRef' in object;
}

function mayDo(core: Core, user: User, verb: string, resource: string, namespace: string, name: string): boolean {
  const request = { verb, group: 'rbac.authorization.k8s.io', version: 'v1', resource, name };
  return core.authorizer.authorize(user, { ...request, ...(namespace ? { namespace } : {}) }).allowed;
}

function refuseMissing(core: Core, user: User, target: Target, namespace: string, rules: PolicyRule[]): void {
  const missing = missingRules(core.authorizer.rulesFor(user, namespace), rules);
  if (missing.length === 0) return;
  const who = `user ${JSON.stringify(user.name)} (groups=[${user.groups.map((g) => JSON.stringify(g)).join(' ')}])`;
  const lines = missing.map(ruleText).sort().join('\n');
  throw forbiddenError(
    target.kind,
    target.name,
    `${who} is attempting to grant RBAC permissions not currently held:\n${lines}`,
  );
}
