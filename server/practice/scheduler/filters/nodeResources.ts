import { allocatableOf, totalRequests, type Requests } from '../resources';
import type { NodeView } from '../snapshot';

const nothing: string[] = [];

/** What the node lacks for a pod that asks for so much, as the NodeResourcesFit plugin words it; none: it fits. */
export function lackingResources(wanted: Requests, { node, pods }: NodeView): string[] {
  const have = allocatableOf(node);
  const used = totalRequests(pods);
  const lacks = (of: keyof Requests) => wanted[of] > 0 && wanted[of] + used[of] > have[of];
  const isFull = pods.length + 1 > have.pods;
  // Every node is asked for every pod, and nearly all have room.
  if (!isFull && !lacks('cpuMillis') && !lacks('memoryBytes') && !lacks('storageBytes')) return nothing;
  return [
    ...(isFull ? ['Too many pods'] : []),
    ...(lacks('cpuMillis') ? ['Insufficient cpu'] : []),
    ...(lacks('memoryBytes') ? ['Insufficient memory'] : []),
    ...(lacks('storageBytes') ? ['Insufficient ephemeral-storage'] : []),
  ];
}

/** Even the empty node would be too small (Insufficient … is then unresolvable). */
export function exceedsNode(wanted: Requests, view: NodeView): boolean {
  return lackingResources(wanted, { ...view, pods: [] }).length > 0;
}
