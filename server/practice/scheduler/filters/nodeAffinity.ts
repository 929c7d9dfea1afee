import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Pod } from '../../../../lib/kubernetes/pod';

/** The node fits the pod's nodeSelector and its required node affinity (the NodeAffinity plugin). */
export function matchesNodeSelection(pod: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  const affinity = recordAt(pod.spec.affinity, 'nodeAffinity');
  const required = recordAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution');
  return selected && (!required || matchesNodeTerms(required.nodeSelectorTerms, node));
}

/** One of the terms of a node selector fits. A term without requirements fits no node. */
export function matchesNodeTerms(terms: unknown, node: Node): boolean {
  return Array.isArray(terms) && terms.some((term: unknown) => isRecord(term) && matchesTerm(term, node));
}

/** The sum of the weights of the preferred terms that fit. */
export function preferenceOf(pod: Pod, node: Node): number {
  const preferred = recordAt(pod.spec.affinity, 'nodeAffinity')?.preferredDuringSchedulingIgnoredDuringExecution;
  if (!Array.isArray(preferred)) return 0;
  return preferred.reduce<number>((total, item: unknown) => {
    const term = isRecord(item) ? recordAt(item, 'preference') : undefined;
    const weight = isRecord(item) && typeof item.weight === 'number' ? item.weight : 0;
    return total + (term && matchesTerm(term, node) ? weight : 0);
  }, 0);
}

function matchesTerm(term: Record<string, unknown>, node: Node): boolean {
  const expressions = arrayAt(term, 'matchExpressions');
  const fields = arrayAt(term, 'matchFields');
  if (expressions.length + fields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    expressions.every((requirement) => matchesRequirement(requirement, labels)) &&
    fields.every((requirement) => matchesRequirement(requirement, { 'metadata.name': node.metadata.name ?? '' }))
  );
}

function matchesRequirement(requirement: unknown, labels: Record<string, string>): boolean {
  if (!isRecord(requirement)) return false;
  const value = labels[String(requirement.key)];
  const values = arrayAt(requirement, 'values').map(String);
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordAt(value: unknown, key: string): Record<string, unknown> | undefined {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : undefined;
}

export function arrayAt(value: unknown, key: string): unknown[] {
  const inner = isRecord(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
}
