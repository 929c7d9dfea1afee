import type { Node } from '../../../../lib/kubernetes/cluster';
import type { ImageFacts } from '../../containers/runtime';
import { timestamp } from '../../clock';
import { nodeMemoryKiB } from '../../nodeMemory';

export interface NodeFacts {
  name: string;
  ip: string;
  podCIDR: string;
  /** 32 hex digits each. */
  machineId: string;
  bootId: string;
}

const kib = 1024;
const capacity = { cpu: '4', memory: `${nodeMemoryKiB}Ki`, pods: '110', 'ephemeral-storage': '65227604Ki' };

/** What a node of the practice cluster offers to pods: a small machine's worth, less what the kubelet keeps (100Mi). */
export const allocatable: Record<string, string> = {
  cpu: capacity.cpu,
  'ephemeral-storage': String(Math.floor(65227604 * kib * 0.9)),
  'hugepages-1Gi': '0',
  'hugepages-2Mi': '0',
  memory: '8025044Ki',
  pods: capacity.pods,
};

/** The Node object that a kubelet registers. It has no control plane role: pods land on every node. */
export function nodeObject({ name, podCIDR }: NodeFacts): Omit<Node, 'status'> {
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  };
  const annotations = {
    'node.alpha.kubernetes.io/ttl': '0',
    'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations },
    spec: { podCIDR, podCIDRs: [podCIDR] },
  };
}

/** The node's status at `now`. Conditions keep their transition times from `old`. */
export function nodeStatus(
  facts: NodeFacts,
  images: readonly ImageFacts[],
  old: Node['status'],
  now: number,
): NonNullable<Node['status']> {
  // A machine stays the same when it is started again; its boot does not.
  const machineId = old?.nodeInfo?.machineID ?? facts.machineId;
  return {
    capacity: { ...capacity, 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' },
    allocatable,
    conditions: conditionsAt(old, now),
    addresses: [
      { type: 'InternalIP', address: facts.ip },
      { type: 'Hostname', address: facts.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      machineID: machineId,
      systemUUID: withDashes(machineId),
      bootID: withDashes(facts.bootId),
      kernelVersion: '6.18.44',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      containerRuntimeVersion: 'containerd://2.2.1',
      kubeletVersion: 'v1.36.3',
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
    images: [...images]
      .sort((a, b) => b.sizeBytes - a.sizeBytes)
      .map(({ id, reference, sizeBytes }) => ({ names: [id, reference], sizeBytes })),
  };
}

function withDashes(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const conditions = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

function conditionsAt(old: Node['status'], now: number) {
  return conditions.map(([type, status, reason, message]) => {
    const before = old?.conditions?.find((condition) => condition.type === type);
    return {
      type,
      status,
      lastHeartbeatTime: timestamp(now),
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : timestamp(now),
      reason,
      message,
    };
  });
}
