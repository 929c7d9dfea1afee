import type { Pod } from '../../../lib/kubernetes/pod';
import { matchesNodeSelection, preferenceOf } from './filters/nodeAffinity';
import { hasFreePorts } from './filters/nodePorts';
import { lackingResources } from './filters/nodeResources';
import { podAffinityRefusal, podAffinityScore } from './filters/podAffinity';
import { dislikedTaints, hasNoUntoleratedTaint, isSchedulable } from './filters/taints';
import { topologySpreadRefusal } from './filters/topologySpread';
import { claimsOf, claimsOnNode, isClaimFree, isRefusal, type ClaimDecision, type PodClaims } from './filters/volumes';
import { fitErrorMessage, type Change, type Refusal } from './fitError';
import { remembered } from './remembered';
import { allocatableOf, requestsOf, totalRequests } from './resources';
import type { NodeView, Snapshot } from './snapshot';

export type Placement =
  | { node: string; claims: ClaimDecision[] }
  /** No node fits; `message` is that of the condition and the event, `helpedBy` what is worth another try. */
  | { message: string; helpedBy: ReadonlySet<Change> };

/**
 * Where a pod goes: every node is asked (pkg/scheduler's filters, in upstream's order, the first that refuses speaks for
 * the node), the best of those that fit is taken. Pure: `fraction` breaks ties.
 */
export function place(pod: Pod, snapshot: Snapshot, fraction: () => number): Placement {
  const total = snapshot.nodes.length;
  if (total === 0) return { message: 'no nodes available to schedule pods', helpedBy: new Set(['node']) };
  const claims = claimsOf(pod, snapshot);
  const ownClaims = claimChanges(pod);
  if (typeof claims === 'string')
    return { message: fitErrorMessage({ total, everyNode: claims }), helpedBy: new Set([...ownClaims, 'class']) };
  const refusals: Refusal[] = [];
  const fitting: { view: NodeView; decisions: ClaimDecision[] }[] = [];
  for (const view of snapshot.nodes) {
    const refusal = refusalOf(pod, view, snapshot);
    const outcome = refusal ?? claimsOutcome(claims, view, snapshot, ownClaims);
    if ('reasons' in outcome) refusals.push(outcome);
    else fitting.push({ view, decisions: outcome.decisions });
  }
  const misfit = () => {
    const helpedBy = new Set<Change>(['node', ...refusals.flatMap((refusal) => refusal.helpedBy)]);
    return { message: fitErrorMessage({ total, refusals }), helpedBy };
  };
  if (fitting.length === 0) return misfit();
  const scored = fitting.map((entry) => ({ ...entry, score: score(pod, entry.view, snapshot) }));
  const best = Math.max(...scored.map((entry) => entry.score));
  const equal = scored.filter((entry) => entry.score === best);
  const chosen = equal[Math.floor(fraction() * equal.length)];
  if (!chosen) return misfit();
  return { node: chosen.view.node.metadata.name ?? '', claims: chosen.decisions };
}

/** The first filter that refuses the node. `isFinal`: taking other pods away would not help either. */
export function refusalOf(pod: Pod, view: NodeView, snapshot: Snapshot): Refusal | undefined {
  const { node, pods } = view;
  if (!isSchedulable(pod, node)) return final('node(s) were unschedulable');
  if (!hasNoUntoleratedTaint(pod, node)) return final('node(s) had untolerated taint(s)');
  if (!matchesNodeSelection(pod, node)) return final("node(s) didn't match Pod's node affinity/selector");
  if (!hasFreePorts(pod, pods))
    return {
      reasons: ["node(s) didn't have free ports for the requested pod ports"],
      isFinal: false,
      helpedBy: ['podGone'],
    };
  const lacking = lackingResources(pod, view);
  if (lacking.length > 0) return { reasons: lacking, isFinal: exceedsNode(pod, view), helpedBy: ['podGone'] };
  if (!isClaimFree(pod, snapshot))
    return {
      reasons: [
        'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
      ],
      isFinal: false,
      helpedBy: ['podGone'],
    };
  const moved = ['podGone', 'podPlaced'] as const;
  const spread = topologySpreadRefusal(pod, view, snapshot);
  if (spread) return { reasons: [spread], isFinal: spread.endsWith('(missing required label)'), helpedBy: moved };
  const affinity = podAffinityRefusal(pod, view, snapshot);
  if (affinity)
    return { reasons: [affinity], isFinal: affinity === "node(s) didn't match pod affinity rules", helpedBy: moved };
  return undefined;
}

function final(reason: string): Refusal {
  return { reasons: [reason], isFinal: true, helpedBy: [] };
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

/** Even the empty node would be too small (Insufficient … is then unresolvable). */
function exceedsNode(pod: Pod, view: NodeView): boolean {
  return lackingResources(pod, { ...view, pods: [] }).length > 0;
}

/**
 * Emptier nodes are better, by what is requested and by how many pods there are (upstream spreads pods of one owner in a
 * similar way), corrected by what the pod prefers.
 */
function score(pod: Pod, view: NodeView, snapshot: Snapshot): number {
  const { node, pods } = view;
  const have = allocatableOf(node);
  const [used, own] = [totalRequests(pods), requestsOf(pod)];
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
