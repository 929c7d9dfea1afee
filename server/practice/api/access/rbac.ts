import type { ClusterRole, PolicyRule, Role, RoleBinding, Subject } from '../../../../lib/kubernetes/access';
import type { LabelSelector } from '../../../../lib/kubernetes/metadata';
import type { AccessRequest, Authorizer, User } from './user';

/**
 * Decides from Role, ClusterRole and their bindings, as k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac does: anything
 * that no binding allows is refused, and the group `system:masters` may do everything without asking.
 */
export interface RbacObjects {
  role(namespace: string, name: string): Role | undefined;
  clusterRole(name: string): ClusterRole | undefined;
  clusterRoles(): Iterable<ClusterRole>;
  roleBindings(namespace: string): Iterable<RoleBinding>;
  clusterRoleBindings(): Iterable<RoleBinding>;
}

const masters = 'system:masters';

export function createRbacAuthorizer(objects: RbacObjects): Authorizer {
  return {
    authorize(user, request) {
      if (user.groups.includes(masters)) return { allowed: true, reason: '' };
      for (const grant of grantsOf(user, namespaceOf(request), objects)) {
        if (grant.rules.some((rule) => allows(rule, request))) return { allowed: true, reason: grant.reason };
      }
      return { allowed: false, reason: unresolvedRoles(user, namespaceOf(request), objects) };
    },
    rulesOfRole: (role) => clusterRoleRules(role, objects),
    rulesFor(user, namespace) {
      return [...grantsOf(user, namespace, objects)].flatMap((grant) => grant.rules);
    },
  };
}

function namespaceOf(request: AccessRequest): string {
  return 'resource' in request ? (request.namespace ?? '') : '';
}

/** Each binding that names the user, with the rules it gives. Cluster-wide ones first, as upstream visits them. */
function* grantsOf(
  user: User,
  namespace: string,
  objects: RbacObjects,
): Generator<{ rules: PolicyRule[]; reason: string }> {
  for (const binding of objects.clusterRoleBindings()) {
    const subject = binding.subjects?.find((s) => matchesSubject(s, user, ''));
    if (!subject) continue;
    const rules = rulesOf(binding, '', objects);
    yield { rules, reason: reasonOf('ClusterRoleBinding', binding.metadata.name ?? '', binding, subject) };
  }
  if (namespace === '') return;
  for (const binding of objects.roleBindings(namespace)) {
    const subject = binding.subjects?.find((s) => matchesSubject(s, user, namespace));
    if (!subject) continue;
    const rules = rulesOf(binding, namespace, objects);
    yield { rules, reason: reasonOf('RoleBinding', `${binding.metadata.name}/${namespace}`, binding, subject) };
  }
}

/** Bindings to roles that are not there are named in the refusal, for whoever wonders why a binding has no effect. */
function unresolvedRoles(user: User, namespace: string, objects: RbacObjects): string {
  const missing: string[] = [];
  const look = (binding: RoleBinding, bindingNamespace: string) => {
    const { kind, name } = binding.roleRef;
    const role = kind === 'Role' ? objects.role(bindingNamespace, name) : objects.clusterRole(name);
    if (role || !binding.subjects?.some((s) => matchesSubject(s, user, bindingNamespace))) return;
    missing.push(`${kind.toLowerCase()}.rbac.authorization.k8s.io ${JSON.stringify(name)} not found`);
  };
  for (const binding of objects.clusterRoleBindings()) look(binding, '');
  if (namespace !== '') for (const binding of objects.roleBindings(namespace)) look(binding, namespace);
  const [first] = missing;
  if (first === undefined) return '';
  return `RBAC: ${missing.length === 1 ? first : `[${[...new Set(missing)].join(', ')}]`}`;
}

function rulesOf(binding: RoleBinding, namespace: string, objects: RbacObjects): PolicyRule[] {
  const { kind, name } = binding.roleRef;
  if (kind === 'Role') return objects.role(namespace, name)?.rules ?? [];
  const role = objects.clusterRole(name);
  return role ? clusterRoleRules(role, objects) : [];
}

/**
 * An aggregated ClusterRole has the rules of every ClusterRole its selectors match, and of those that these aggregate.
 * Upstream's controller writes them into the object; here they are worked out when asked, and `rules` stays empty.
 */
export function clusterRoleRules(
  role: ClusterRole,
  objects: Pick<RbacObjects, 'clusterRoles'>,
  visited = new Set<string>(),
): PolicyRule[] {
  const name = role.metadata.name ?? '';
  const selectors = role.aggregationRule?.clusterRoleSelectors;
  if (!selectors) return role.rules ?? [];
  if (visited.has(name)) return [];
  visited.add(name);
  return [...objects.clusterRoles()]
    .filter((other) => selectors.some((selector) => matchesLabels(selector, other.metadata.labels)))
    .flatMap((member) => clusterRoleRules(member, objects, visited));
}

function matchesLabels(selector: LabelSelector, labels: Record<string, string> = {}): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function matchesSubject(subject: Subject, user: User, bindingNamespace: string): boolean {
  if (subject.kind === 'User') return subject.name === user.name;
  if (subject.kind === 'Group') return user.groups.includes(subject.name);
  return user.name === `system:serviceaccount:${subject.namespace || bindingNamespace}:${subject.name}`;
}

function reasonOf(bindingKind: string, bindingName: string, binding: RoleBinding, subject: Subject): string {
  const who = subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace}` : subject.name;
  return (
    `RBAC: allowed by ${bindingKind} "${bindingName}" of ${binding.roleRef.kind} "${binding.roleRef.name}" ` +
    `to ${subject.kind} "${who}"`
  );
}

/** k8s.io/kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go */
export function allows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!includesOrAll(rule.verbs, request.verb)) return false;
  if (!('resource' in request))
    return (rule.nonResourceURLs ?? []).some((pattern) => matchesPath(pattern, request.path));
  if (!includesOrAll(rule.apiGroups, request.group)) return false;
  if (!matchesResource(rule.resources ?? [], request.resource, request.subresource)) return false;
  const names = rule.resourceNames ?? [];
  return names.length === 0 || names.includes(request.name ?? '');
}

function includesOrAll(list: string[] | undefined, value: string): boolean {
  return (list ?? []).some((item) => item === '*' || item === value);
}

function matchesResource(resources: string[], resource: string, subresource?: string): boolean {
  const asked = subresource ? `${resource}/${subresource}` : resource;
  return resources.some(
    (item) => item === '*' || item === asked || (subresource !== undefined && item === `*/${subresource}`),
  );
}

function matchesPath(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  return pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1));
}
