import { remembered } from './remembered';
import type { Node } from '../../../lib/kubernetes/cluster';
import type { Container, Pod, PodSpec } from '../../../lib/kubernetes/pod';
import { quantityMillis, quantityValue } from '../../../lib/kubernetes/quantity';

/** What is counted of a node: CPU in thousandths of a core, memory and scratch space in bytes. */
export interface Requests {
  cpuMillis: number;
  memoryBytes: number;
  storageBytes: number;
}

const none: Requests = { cpuMillis: 0, memoryBytes: 0, storageBytes: 0 };

/**
 * What a pod asks for: the sum of its containers and sidecars, or the largest init container if that is more, counted
 * with the sidecars started before it (k8s.io/component-helpers/resource PodRequests).
 */
export function requestsOf(pod: Pod): Requests {
  return ofSpec(pod.spec);
}

const ofSpec = remembered((spec: PodSpec): Requests => {
  let sidecars = none;
  let peak = none;
  for (const container of spec.initContainers ?? []) {
    const own = containerRequests(container);
    if (container.restartPolicy === 'Always') peak = larger(peak, (sidecars = sum(sidecars, own)));
    else peak = larger(peak, sum(sidecars, own));
  }
  const running = spec.containers.map(containerRequests).reduce(sum, sidecars);
  return larger(running, peak);
});

export const totalRequests = remembered((pods: readonly Pod[]): Requests => {
  const total = { ...none };
  for (const pod of pods) {
    const own = requestsOf(pod);
    total.cpuMillis += own.cpuMillis;
    total.memoryBytes += own.memoryBytes;
    total.storageBytes += own.storageBytes;
  }
  return total;
});

export interface Allocatable extends Requests {
  pods: number;
}

/** What a node has to give. */
export function allocatableOf(node: Node): Allocatable {
  const allocatable = node.status?.allocatable;
  return allocatable ? parsed(allocatable) : parsed(nothing);
}

const nothing = {};

const parsed = remembered((allocatable: Record<string, string>): Allocatable => ({
  cpuMillis: quantityMillis(allocatable.cpu),
  memoryBytes: quantityValue(allocatable.memory),
  storageBytes: quantityValue(allocatable['ephemeral-storage']),
  pods: quantityValue(allocatable.pods ?? '110'),
}));

function containerRequests({ resources }: Container): Requests {
  const requests = resources?.requests;
  return {
    cpuMillis: quantityMillis(requests?.cpu),
    memoryBytes: quantityValue(requests?.memory),
    storageBytes: quantityValue(requests?.['ephemeral-storage']),
  };
}

function combine(a: Requests, b: Requests, of: (a: number, b: number) => number): Requests {
  return {
    cpuMillis: of(a.cpuMillis, b.cpuMillis),
    memoryBytes: of(a.memoryBytes, b.memoryBytes),
    storageBytes: of(a.storageBytes, b.storageBytes),
  };
}

const sum = (a: Requests, b: Requests) => combine(a, b, (x, y) => x + y);
const larger = (a: Requests, b: Requests) => combine(a, b, Math.max);
