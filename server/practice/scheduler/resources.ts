import type { Container, Pod } from '../../../lib/kubernetes/pod';
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
  let sidecars = none;
  let peak = none;
  for (const container of pod.spec.initContainers ?? []) {
    const own = containerRequests(container);
    if (container.restartPolicy === 'Always') peak = larger(peak, (sidecars = sum(sidecars, own)));
    else peak = larger(peak, sum(sidecars, own));
  }
  const running = pod.spec.containers.map(containerRequests).reduce(sum, sidecars);
  return larger(running, peak);
}

export function totalRequests(pods: readonly Pod[]): Requests {
  return pods.map(requestsOf).reduce(sum, none);
}

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
