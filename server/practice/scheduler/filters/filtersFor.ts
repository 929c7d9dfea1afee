import type { Pod } from '../../../../lib/kubernetes/pod';
import type { Change, Refusal } from '../fitError';
import { requestsOf } from '../resources';
import type { NodeView, Snapshot } from '../snapshot';
import { matchesNodeSelection } from './nodeAffinity';
import { hasFreePorts, hostPortsOf } from './nodePorts';
import { exceedsNode, lackingResources } from './nodeResources';
import { podAffinityFilter } from './podAffinity';
import { hasNoUntoleratedTaint, isSchedulable } from './taints';
import { topologySpreadRefusal } from './topologySpread';
import { isClaimFree } from './volumes';

export type Filter = (view: NodeView) => Refusal | undefined;

/**
 * What every node is asked for this pod, in upstream's order: the first that refuses speaks for the node. As in upstream's PreFilter,
 * what does not depend on the node is found out once, and a filter that the pod gives nothing to do is left out.
 */
export function filtersFor(pod: Pod, snapshot: Snapshot): Filter[] {
  return [
    ({ node }) => refusedUnless(isSchedulable(pod, node), 'node(s) were unschedulable'),
    ({ node }) => refusedUnless(hasNoUntoleratedTaint(pod, node), 'node(s) had untolerated taint(s)'),
    ...nodeAffinity(pod),
    ...nodePorts(pod),
    nodeResources(pod),
    ...claims(pod, snapshot),
    ...topologySpread(pod, snapshot),
    ...podAffinity(pod, snapshot),
  ];
}

function refusedUnless(holds: boolean, reason: string): Refusal | undefined {
  return holds ? undefined : { reasons: [reason], isFinal: true, helpedBy: [] };
}

function nodeAffinity(pod: Pod): Filter[] {
  if (!pod.spec.nodeSelector && !pod.spec.affinity) return [];
  const reason = "node(s) didn't match Pod's node affinity/selector";
  return [({ node }) => refusedUnless(matchesNodeSelection(pod, node), reason)];
}

function nodePorts(pod: Pod): Filter[] {
  if (hostPortsOf(pod).length === 0) return [];
  const refusal = untilPodGone("node(s) didn't have free ports for the requested pod ports");
  return [({ pods }) => (hasFreePorts(pod, pods) ? undefined : refusal)];
}

function nodeResources(pod: Pod): Filter {
  const wanted = requestsOf(pod);
  return (view) => {
    const reasons = lackingResources(wanted, view);
    if (reasons.length === 0) return undefined;
    return { reasons, isFinal: exceedsNode(wanted, view), helpedBy: ['podGone'] };
  };
}

function claims(pod: Pod, snapshot: Snapshot): Filter[] {
  if (isClaimFree(pod, snapshot)) return [];
  const refusal = untilPodGone(
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  );
  return [() => refusal];
}

const moved: readonly Change[] = ['podGone', 'podPlaced'];

function topologySpread(pod: Pod, snapshot: Snapshot): Filter[] {
  if (!pod.spec.topologySpreadConstraints?.length) return [];
  return [
    (view) => {
      const reason = topologySpreadRefusal(pod, view, snapshot);
      if (reason === undefined) return undefined;
      return { reasons: [reason], isFinal: reason.endsWith('(missing required label)'), helpedBy: moved };
    },
  ];
}

function podAffinity(pod: Pod, snapshot: Snapshot): Filter[] {
  const refusalOf = podAffinityFilter(pod, snapshot);
  if (!refusalOf) return [];
  return [
    (view) => {
      const reason = refusalOf(view);
      if (reason === undefined) return undefined;
      const isFinal = reason === "node(s) didn't match pod affinity rules";
      return { reasons: [reason], isFinal, helpedBy: moved };
    },
  ];
}

function untilPodGone(reason: string): Refusal {
  return { reasons: [reason], isFinal: false, helpedBy: ['podGone'] };
}
