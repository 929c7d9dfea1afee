import type { Pod } from '../../../../lib/kubernetes/pod';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import type { NodeView, Snapshot } from '../snapshot';
import { matchesNodeSelection } from './nodeAffinity';
import { selectorAt } from './podAffinity';

const refusal = "node(s) didn't match pod topology spread constraints";

/** Why the PodTopologySpread plugin refuses a node (hard constraints only; `minDomains` is not simulated). */
export function topologySpreadRefusal(pod: Pod, view: NodeView, snapshot: Snapshot): string | undefined {
  for (const constraint of pod.spec.topologySpreadConstraints ?? []) {
    const { topologyKey, maxSkew, whenUnsatisfiable } = constraint;
    if (typeof topologyKey !== 'string' || whenUnsatisfiable === 'ScheduleAnyway') continue;
    const domain = view.node.metadata.labels?.[topologyKey];
    if (domain === undefined) return `${refusal} (missing required label)`;
    const selector = selectorAt(constraint, 'labelSelector');
    const isCounted = (other: Pod) =>
      other.metadata.namespace === pod.metadata.namespace &&
      !other.metadata.deletionTimestamp &&
      matchesSelector(selector, other.metadata.labels ?? {});
    const counts = new Map<string, number>();
    for (const { node, pods } of snapshot.nodes) {
      const of = node.metadata.labels?.[topologyKey];
      if (of === undefined || !matchesNodeSelection(pod, node)) continue;
      counts.set(of, (counts.get(of) ?? 0) + pods.filter(isCounted).length);
    }
    const own = isCounted(pod) ? 1 : 0;
    const skew = (counts.get(domain) ?? 0) + own - Math.min(...counts.values());
    if (skew > (typeof maxSkew === 'number' ? maxSkew : 1)) return refusal;
  }
  return undefined;
}
