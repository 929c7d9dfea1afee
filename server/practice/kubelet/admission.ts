import type { Pod } from '../../../lib/kubernetes/pod';
import { isPodTerminal } from '../../../lib/kubernetes/pod';
import type { Node } from '../../../lib/kubernetes/cluster';
import { matchesNodeSelection } from '../scheduler/filters/nodeAffinity';
import { hasFreePorts } from '../scheduler/filters/nodePorts';
import { requestsOf, totalRequests } from '../scheduler/resources';
import { quantityMillis, quantityValue } from '../../../lib/kubernetes/quantity';

export interface Rejection {
  reason: string;
  message: string;
}

/**
 * Whether the node takes a pod that was bound to it, past the scheduler perhaps (pkg/kubelet/lifecycle/predicate.go).
 * `others` are the pods the kubelet has admitted already; finished ones use nothing.
 */
export function rejectionOf(pod: Pod, node: Node, others: readonly Pod[]): Rejection | undefined {
  const os = pod.spec.os?.name;
  if (os !== undefined && os !== 'linux')
    return {
      reason: 'PodOSNotSupported',
      message: "Failed to admit pod as the OS field doesn't match node OS",
    };
  const active = others.filter((other) => !isPodTerminal(other));
  const allocatable = node.status?.allocatable ?? {};
  const capacity = quantityValue(allocatable.pods ?? '110');
  if (active.length + 1 > capacity) return outOf('pods', 1, active.length, capacity);
  const used = totalRequests(active);
  const wanted = requestsOf(pod);
  const cpu = quantityMillis(allocatable.cpu);
  if (wanted.cpuMillis > 0 && used.cpuMillis + wanted.cpuMillis > cpu)
    return outOf('cpu', wanted.cpuMillis, used.cpuMillis, cpu);
  const memory = quantityValue(allocatable.memory);
  if (wanted.memoryBytes > 0 && used.memoryBytes + wanted.memoryBytes > memory)
    return outOf('memory', wanted.memoryBytes, used.memoryBytes, memory);
  if (!matchesNodeSelection(pod, node))
    return {
      reason: 'NodeAffinity',
      message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    };
  if (!hasFreePorts(pod, active))
    return {
      reason: 'NodePorts',
      message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    };
  return undefined;
}

function outOf(resource: string, requested: number, used: number, capacity: number): Rejection {
  return {
    reason: `OutOf${resource}`,
    message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  };
}
