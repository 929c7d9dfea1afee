import type { Node } from '../../../lib/kubernetes/cluster';
import type { Pod } from '../../../lib/kubernetes/pod';
import type { Informers } from '../controllers/runtime/informer';
import type { Protocol } from './serviceRouting';
import type { Target } from './serviceTargets';

/** What a node's own address stands for: the node, and the ports of it that its pods have taken. */
export interface NodeAddresses {
  /** The node that has this address. */
  nodeAt(ip: string): string | undefined;
  /** The pod behind a host port of a node, as the portmap plugin of CNI forwards it; `ip` is the address that was asked. */
  hostPort(node: string, ip: string, port: number, protocol: Protocol): Target | undefined;
}

export function createNodeAddresses(informers: Informers): NodeAddresses {
  const nodes = informers.for('nodes');
  const pods = informers.for('pods');
  nodes.addIndex('address', addressesOf);
  pods.addIndex('hostPort', (pod) => mappings(pod).map(({ hostPort }) => `${pod.spec.nodeName}:${hostPort}`));
  return {
    nodeAt: (ip) => nodes.by('address', ip)[0]?.metadata.name,
    hostPort(node, ip, port, protocol) {
      for (const pod of pods.by('hostPort', `${node}:${port}`)) {
        const found = mappings(pod).find(
          (m) => m.hostPort === port && m.protocol === protocol && (m.hostIP === undefined || m.hostIP === ip),
        );
        if (found && pod.status.podIP) return { ip: pod.status.podIP, port: found.containerPort };
      }
      return undefined;
    },
  };
}

function addressesOf({ status }: Node): string[] {
  return (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
}

/** A pod on its node's network needs none: it listens there itself. */
function mappings({ spec, status }: Pod) {
  if (spec.hostNetwork || status.phase === 'Succeeded' || status.phase === 'Failed') return [];
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, containerPort, protocol = 'TCP', hostIP }) =>
      hostPort
        ? [{ hostPort, containerPort, protocol, hostIP: hostIP === '' || hostIP === '0.0.0.0' ? undefined : hostIP }]
        : [],
    ),
  );
}
