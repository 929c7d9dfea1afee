import type { Pod } from '../../../../lib/kubernetes/pod';
import { allocatableOf, requestsOf, totalRequests } from '../resources';
import type { NodeView } from '../snapshot';

/** What the node lacks for this pod, as the NodeResourcesFit plugin words it; none: it fits. */
export function lackingResources(pod: Pod, { node, pods }: NodeView): string[] {
  const have = allocatableOf(node);
  const used = totalRequests(pods);
  const wanted = requestsOf(pod);
  const lacks = (want: number, taken: number, all: number) => want > 0 && want + taken > all;
  return [
    ...(pods.length + 1 > have.pods ? ['Too many pods'] : []),
    ...(lacks(wanted.cpuMillis, used.cpuMillis, have.cpuMillis) ? ['Insufficient cpu'] : []),
    ...(lacks(wanted.memoryBytes, used.memoryBytes, have.memoryBytes) ? ['Insufficient memory'] : []),
    ...(lacks(wanted.storageBytes, used.storageBytes, have.storageBytes) ? ['Insufficient ephemeral-storage'] : []),
  ];
}
