import type { Pod } from '../../../../lib/kubernetes/pod';
import { quantityMillis, quantityValue } from '../../../../lib/kubernetes/quantity';
import { requestsOf, totalRequests } from '../resources';
import type { NodeView } from '../snapshot';

/** What the node lacks for this pod, as the NodeResourcesFit plugin words it; none: it fits. */
export function lackingResources(pod: Pod, { node, pods }: NodeView): string[] {
  const allocatable = node.status?.allocatable ?? {};
  const used = totalRequests(pods);
  const wanted = requestsOf(pod);
  const lacks = (want: number, taken: number, have: number) => want > 0 && want + taken > have;
  return [
    ...(pods.length + 1 > quantityValue(allocatable.pods ?? '110') ? ['Too many pods'] : []),
    ...(lacks(wanted.cpuMillis, used.cpuMillis, quantityMillis(allocatable.cpu)) ? ['Insufficient cpu'] : []),
    ...(lacks(wanted.memoryBytes, used.memoryBytes, quantityValue(allocatable.memory)) ? ['Insufficient memory'] : []),
    ...(lacks(wanted.storageBytes, used.storageBytes, quantityValue(allocatable['ephemeral-storage']))
      ? ['Insufficient ephemeral-storage']
      : []),
  ];
}
