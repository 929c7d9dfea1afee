import type { Node } from '../../../../lib/kubernetes/cluster';
import { isPodReady } from '../../../../lib/kubernetes/pod';
import type { DaemonSet, DaemonSetStatus } from '../../../../lib/kubernetes/workloads';
import { isAvailable } from '../statefulset/podState';
import { isUpdated, oldestFirst, type PodsByNode } from './daemonPods';
import { wishFor } from './placement';

/** How many nodes are as they should be (updateDaemonSetStatus). The generation is the caller's to tell. */
export function statusOf(
  set: DaemonSet,
  nodes: readonly Node[],
  pods: PodsByNode,
  { hash, now }: { hash: string; now: number },
): DaemonSetStatus {
  const [wanted, others] = [true, false].map((is) => nodes.filter((node) => wishFor(set, node).isWanted === is));
  const on = (node: Node) => pods.get(node.metadata.name ?? '') ?? [];
  const oldest = (wanted ?? []).flatMap((node) => oldestFirst(on(node)).slice(0, 1));
  const ready = oldest.filter(isPodReady);
  const available = ready.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, now));
  return {
    ...(set.status.collisionCount ? { collisionCount: set.status.collisionCount } : {}),
    desiredNumberScheduled: wanted?.length ?? 0,
    currentNumberScheduled: oldest.length,
    numberMisscheduled: (others ?? []).filter((node) => on(node).length > 0).length,
    numberReady: ready.length,
    ...some('updatedNumberScheduled', oldest.filter((pod) => isUpdated(pod, set, hash)).length),
    ...some('numberAvailable', available.length),
    ...some('numberUnavailable', (wanted?.length ?? 0) - available.length),
  };
}

/** Numbers that Go leaves out when they are zero. */
function some(name: keyof DaemonSetStatus, count: number): DaemonSetStatus {
  return count === 0 ? {} : { [name]: count };
}
