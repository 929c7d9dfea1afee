import type { LabelSelector } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { remembered } from '../remembered';
import type { NodeView, Snapshot } from '../snapshot';
import { arrayAt, isRecord, recordAt } from './nodeAffinity';

interface Term {
  selector: LabelSelector | undefined;
  namespaces: string[];
  namespaceSelector: LabelSelector | undefined;
  topologyKey: string;
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/**
 * The InterPodAffinity plugin: says why it refuses a node for the pod, or undefined. There is nothing to ask the nodes when neither the
 * pod nor one that is placed says anything about the others.
 */
export function podAffinityFilter(pod: Pod, snapshot: Snapshot): ((view: NodeView) => string | undefined) | undefined {
  const attracting = termsOf(pod, 'podAffinity', required);
  const repelling = termsOf(pod, 'podAntiAffinity', required);
  const repellers = repellersIn(snapshot.nodes);
  if (attracting.length + repelling.length + repellers.length === 0) return undefined;
  return (view) => {
    if (!attracting.every((term) => isAttracted(term, attracting, pod, view, snapshot)))
      return "node(s) didn't match pod affinity rules";
    if (repelling.some((term) => hasMatchInDomain(term, pod, view, snapshot)))
      return "node(s) didn't match pod anti-affinity rules";
    if (isRepelled(pod, view, repellers, snapshot)) return "node(s) didn't satisfy existing pods anti-affinity rules";
    return undefined;
  };
}

/** How much the pod's preferred affinity likes the node, less how much its anti-affinity dislikes it. */
export function podAffinityScore(pod: Pod, view: NodeView, snapshot: Snapshot): number {
  if (!pod.spec.affinity) return 0;
  const weigh = (kind: 'podAffinity' | 'podAntiAffinity') =>
    arrayAt(recordAt(pod.spec.affinity, kind), preferred).reduce<number>((total, item) => {
      const term = parseTerm(recordAt(item, 'podAffinityTerm'), pod);
      const weight = isRecord(item) && typeof item.weight === 'number' ? item.weight : 0;
      return total + (term && hasMatchInDomain(term, pod, view, snapshot) ? weight : 0);
    }, 0);
  return weigh('podAffinity') - weigh('podAntiAffinity');
}

function isAttracted(term: Term, all: Term[], pod: Pod, view: NodeView, snapshot: Snapshot): boolean {
  if (view.node.metadata.labels?.[term.topologyKey] === undefined) return false;
  if (hasMatchInDomain(term, pod, view, snapshot)) return true;
  // The first of a group that wants to be near its own kind may go anywhere: else it could never start.
  const matchesNobody = !all.some((t) =>
    snapshot.nodes.some(({ pods }) => pods.some((p) => matches(t, p, pod, snapshot))),
  );
  return matchesNobody && all.every((t) => matches(t, pod, pod, snapshot));
}

function isRepelled(pod: Pod, view: NodeView, repellers: readonly NodeView[], snapshot: Snapshot): boolean {
  return repellers.some(({ node, pods }) =>
    pods.some((other) =>
      termsOf(other, 'podAntiAffinity', required).some((term) => {
        const domain = node.metadata.labels?.[term.topologyKey];
        const isSameDomain = domain !== undefined && domain === view.node.metadata.labels?.[term.topologyKey];
        return isSameDomain && matches(term, pod, other, snapshot);
      }),
    ),
  );
}

/** Nodes with the few of their pods that want others away: most have none. */
function repellersIn(nodes: readonly NodeView[]): NodeView[] {
  const found: NodeView[] = [];
  for (const { node, pods } of nodes) {
    const repellers = repellersOf(pods);
    if (repellers.length > 0) found.push({ node, pods: repellers });
  }
  return found;
}

const repellersOf = remembered((pods: readonly Pod[]) =>
  pods.filter((pod) => termsOf(pod, 'podAntiAffinity', required).length > 0),
);

function hasMatchInDomain(term: Term, pod: Pod, view: NodeView, snapshot: Snapshot): boolean {
  const domain = view.node.metadata.labels?.[term.topologyKey];
  if (domain === undefined) return false;
  return snapshot.nodes.some(
    ({ node, pods }) =>
      node.metadata.labels?.[term.topologyKey] === domain && pods.some((other) => matches(term, other, pod, snapshot)),
  );
}

function matches(term: Term, candidate: Pod, owner: Pod, snapshot: Snapshot): boolean {
  const namespace = candidate.metadata.namespace ?? '';
  const own = term.namespaces.length === 0 && !term.namespaceSelector;
  const isInNamespace =
    (own && namespace === owner.metadata.namespace) ||
    term.namespaces.includes(namespace) ||
    (term.namespaceSelector !== undefined &&
      matchesSelector(term.namespaceSelector, snapshot.namespaceLabels(namespace)));
  return isInNamespace && matchesSelector(term.selector, candidate.metadata.labels ?? {});
}

function termsOf(pod: Pod, kind: 'podAffinity' | 'podAntiAffinity', when: string): Term[] {
  return arrayAt(recordAt(pod.spec.affinity, kind), when).flatMap((item) => parseTerm(item, pod) ?? []);
}

function parseTerm(item: unknown, pod: Pod): Term | undefined {
  if (!isRecord(item) || typeof item.topologyKey !== 'string') return undefined;
  const selector = selectorAt(item, 'labelSelector');
  const byKeys = (keys: unknown[], operator: 'In' | 'NotIn') =>
    keys.flatMap((key) => {
      const value = pod.metadata.labels?.[String(key)];
      return value === undefined ? [] : [{ key: String(key), operator, values: [value] }];
    });
  const extra = [
    ...byKeys(arrayAt(item, 'matchLabelKeys'), 'In'),
    ...byKeys(arrayAt(item, 'mismatchLabelKeys'), 'NotIn'),
  ];
  const matchExpressions = [...(selector?.matchExpressions ?? []), ...extra];
  return {
    selector: selector && { ...selector, ...(matchExpressions.length > 0 ? { matchExpressions } : {}) },
    namespaces: arrayAt(item, 'namespaces').map(String),
    namespaceSelector: selectorAt(item, 'namespaceSelector'),
    topologyKey: item.topologyKey,
  };
}

/** A label selector out of a part of the pod's spec that has no type of its own here. The API has validated it. */
export function selectorAt(item: unknown, key: string): LabelSelector | undefined {
  const found = recordAt(item, key);
  if (!found) return undefined;
  const labels = Object.entries(recordAt(found, 'matchLabels') ?? {}).map(([k, v]): [string, string] => [k, String(v)]);
  const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
  const matchExpressions = arrayAt(found, 'matchExpressions').flatMap((expression) => {
    const operator = isRecord(expression) ? operators.find((o) => o === expression.operator) : undefined;
    if (!isRecord(expression) || !operator) return [];
    return [{ key: String(expression.key), operator, values: arrayAt(expression, 'values').map(String) }];
  });
  return { matchLabels: Object.fromEntries(labels), matchExpressions };
}
