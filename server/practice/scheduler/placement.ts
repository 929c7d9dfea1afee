import type { Pod } from '../../../lib/kubernetes/pod';
import { filtersFor, type Filter } from './filters/filtersFor';
import { preferenceOf } from './filters/nodeAffinity';
import { podAffinityScore } from './filters/podAffinity';
import { dislikedTaints } from './filters/taints';
import { claimsOf, claimsOnNode, isRefusal, type ClaimDecision, type PodClaims } from './filters/volumes';
import { fitErrorMessage, type Change, type Refusal } from './fitError';
import { remembered } from './remembered';
import { allocatableOf, requestsOf, totalRequests } from './resources';
import type { NodeView, Snapshot } from './snapshot';

export type Placement =
  | { node: string; claims: ClaimDecision[] }
  /** No node fits; `message` is that of the condition and the event, `helpedBy` what is worth another try. */
  | { message: string; helpedBy: ReadonlySet<Change> };

/**
 * Where a pod goes: every node is asked (pkg/scheduler's filters), the best of those that fit is taken. Pure: `fraction` breaks ties.
 */
export function place(pod: Pod, snapshot: Snapshot, fraction: () => number): Placement {
  const total = snapshot.nodes.length;
  if (total === 0) return { message: 'no nodes available to schedule pods', helpedBy: new Set(['node']) };
  const claims = claimsOf(pod, snapshot);
  const ownClaims = claimChanges(pod);
  if (typeof claims === 'string')
    return { message: fitErrorMessage({ total, everyNode: claims }), helpedBy: new Set([...ownClaims, 'class']) };
  const filters = filtersFor(pod, snapshot);
  const refusals: Refusal[] = [];
  let best: { view: NodeView; decisions: ClaimDecision[] }[] = [];
  let bestScore = -Infinity;
  for (const view of snapshot.nodes) {
    const outcome = refusalOf(filters, view) ?? claimsOutcome(claims, view, snapshot, ownClaims);
    if ('reasons' in outcome) {
      refusals.push(outcome);
      continue;
    }
    const own = score(pod, view, snapshot);
    if (own < bestScore) continue;
    if (own > bestScore) best = [];
    bestScore = own;
    best.push({ view, decisions: outcome.decisions });
  }
  const chosen = best[Math.floor(fraction() * best.length)];
  if (chosen) return { node: chosen.view.node.metadata.name ?? '', claims: chosen.decisions };
  const helpedBy = new Set<Change>(['node', ...refusals.flatMap((refusal) => refusal.helpedBy)]);
  return { message: fitErrorMessage({ total, refusals }), helpedBy };
}

function refusalOf(filters: readonly Filter[], view: NodeView): Refusal | undefined {
  for (const filter of filters) {
    const refusal = filter(view);
    if (refusal) return refusal;
  }
  return undefined;
}

function claimChanges(pod: Pod): Change[] {
  return (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim: used }): Change[] =>
    used ? [`claim:${pod.metadata.namespace}/${used.claimName}`] : [],
  );
}

function claimsOutcome(
  claims: PodClaims,
  { node }: NodeView,
  snapshot: Snapshot,
  ownClaims: Change[],
): Refusal | { decisions: ClaimDecision[] } {
  const outcome = claimsOnNode(claims, node, snapshot);
  if (!isRefusal(outcome)) return { decisions: outcome };
  return { reasons: outcome, isFinal: true, helpedBy: [...ownClaims, 'volume', 'class'] };
}

/**
 * Emptier nodes are better, by what is requested and by how many pods there are (upstream spreads pods of one owner in a
 * similar way), corrected by what the pod prefers.
 */
function score(pod: Pod, view: NodeView, snapshot: Snapshot): number {
  const { node, pods } = view;
  const have = allocatableOf(node);
  const used = totalRequests(pods);
  const own = requestsOf(pod);
  const share = (of: 'cpuMillis' | 'memoryBytes') => (have[of] > 0 ? (used[of] + own[of]) / have[of] : 0);
  const owner = pod.metadata.ownerReferences?.[0]?.uid;
  const siblings = owner === undefined ? 0 : (podsByOwner(pods).get(owner) ?? 0);
  return (
    preferenceOf(pod, node) +
    podAffinityScore(pod, view, snapshot) -
    3 * dislikedTaints(pod, node) -
    2 * siblings -
    pods.length / have.pods -
    share('cpuMillis') -
    share('memoryBytes')
  );
}

const podsByOwner = remembered((pods: readonly Pod[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { metadata } of pods) {
    const owner = metadata.ownerReferences?.[0]?.uid;
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
});
