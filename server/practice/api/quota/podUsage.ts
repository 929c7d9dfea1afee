import type { Container, Pod } from '../../../../lib/kubernetes/pod';
import { parseQuantity } from '../quantity';

type Usage = Record<string, bigint>;

const counted = ['cpu', 'memory', 'ephemeral-storage'];

/** What a pod takes of CPU, memory and scratch space, under every name that a quota may use. */
export function podRequests(pod: Pod): Usage {
  const usage: Usage = {};
  for (const name of counted) {
    const requests = podTotal(pod, 'requests', name);
    const limits = podTotal(pod, 'limits', name);
    if (requests !== undefined) usage[name] = usage[`requests.${name}`] = requests;
    if (limits !== undefined) usage[`limits.${name}`] = limits;
  }
  // What a node may be given beyond those, such as `nvidia.com/gpu`, is counted by its requests only.
  for (const name of extendedResources(pod)) {
    const requests = podTotal(pod, 'requests', name);
    if (requests !== undefined) usage[`requests.${name}`] = requests;
  }
  return usage;
}

function extendedResources({ spec }: Pod): string[] {
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const names = all.flatMap(({ resources }) => Object.keys(resources?.requests ?? {}));
  return [...new Set(names)].filter((name) => name.includes('/') || name.startsWith('hugepages-'));
}

/** The containers and sidecars together, or the largest init container with the sidecars before it, if that is more. */
export function podTotal({ spec }: Pod, list: 'requests' | 'limits', name: string): bigint | undefined {
  const amount = ({ resources }: Container) => parseQuantity(resources?.[list]?.[name])?.nanos;
  const all = [...spec.containers, ...(spec.initContainers ?? [])].map(amount);
  if (all.every((one) => one === undefined)) return undefined;
  let sidecars = 0n;
  let peak = 0n;
  for (const container of spec.initContainers ?? []) {
    const own = amount(container) ?? 0n;
    const now = sidecars + own;
    if (container.restartPolicy === 'Always') sidecars = now;
    if (now > peak) peak = now;
  }
  const running = spec.containers.reduce((sum, container) => sum + (amount(container) ?? 0n), sidecars);
  return running > peak ? running : peak;
}
