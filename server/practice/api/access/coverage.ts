import type { PolicyRule } from '../../../../lib/kubernetes/access';

/** One verb on one thing: what a rule is the sum of. */
interface Right {
  verb: string;
  group?: string;
  resource?: string;
  name?: string;
  path?: string;
}

/**
 * Which of the wanted rights the owned rules do not give, those for the same thing in one rule again (component-helpers/auth/rbac/validation
 * policy_comparator.go and pkg/registry/rbac/validation/policy_compact.go).
 */
export function missingRules(owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  const missing = new Map<string, PolicyRule>();
  for (const right of wanted.flatMap(rightsOf)) {
    if (owned.some((rule) => gives(rule, right))) continue;
    const { verb, ...thing } = right;
    const key = JSON.stringify(thing);
    const rule = missing.get(key);
    if (!rule) missing.set(key, ruleOf(right));
    else if (!rule.verbs.includes(verb)) rule.verbs.push(verb);
  }
  return [...missing.values()];
}

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}` */
export function ruleText(rule: PolicyRule): string {
  const list = (values: readonly string[]) => `[${values.map((value) => JSON.stringify(value)).join(' ')}]`;
  const parts: [string, readonly string[] | undefined][] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['ResourceNames', rule.resourceNames],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['Verbs', rule.verbs],
  ];
  const shown = parts.filter(([, values]) => (values ?? []).length > 0);
  return `{${shown.map(([name, values]) => `${name}:${list(values ?? [])}`).join(', ')}}`;
}

function rightsOf(rule: PolicyRule): Right[] {
  const rights: Right[] = [];
  for (const verb of rule.verbs) {
    for (const path of rule.nonResourceURLs ?? []) rights.push({ verb, path });
    for (const group of rule.apiGroups ?? [])
      for (const resource of rule.resources ?? []) {
        const names = rule.resourceNames ?? [];
        if (names.length === 0) rights.push({ verb, group, resource });
        for (const name of names) rights.push({ verb, group, resource, name });
      }
  }
  return rights;
}

function ruleOf({ verb, group, resource, name, path }: Right): PolicyRule {
  if (path !== undefined) return { verbs: [verb], nonResourceURLs: [path] };
  return {
    verbs: [verb],
    apiGroups: [group ?? ''],
    resources: [resource ?? ''],
    ...(name !== undefined ? { resourceNames: [name] } : {}),
  };
}

function gives(rule: PolicyRule, right: Right): boolean {
  if (!holds(rule.verbs, right.verb)) return false;
  const { path } = right;
  if (path !== undefined) return (rule.nonResourceURLs ?? []).some((pattern) => coversPath(pattern, path));
  if (!holds(rule.apiGroups, right.group ?? '') || !coversResource(rule.resources ?? [], right.resource ?? ''))
    return false;
  const names = rule.resourceNames ?? [];
  return names.length === 0 || (right.name !== undefined && names.includes(right.name));
}

function holds(list: readonly string[] | undefined, value: string): boolean {
  return (list ?? []).some((item) => item === '*' || item === value);
}

function coversResource(owned: readonly string[], wanted: string): boolean {
  const [, subresource] = wanted.split('/');
  return owned.some(
    (item) => item === '*' || item === wanted || (subresource !== undefined && item === `*/${subresource}`),
  );
}

function coversPath(owned: string, wanted: string): boolean {
  if (owned === '*' || owned === wanted) return true;
  return owned.endsWith('*') && wanted.startsWith(owned.slice(0, -1));
}
