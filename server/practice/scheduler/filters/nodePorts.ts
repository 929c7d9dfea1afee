import type { Pod } from '../../../../lib/kubernetes/pod';

interface HostPort {
  port: number;
  protocol: string;
  ip: string;
}

/** Every host port a pod claims. With hostNetwork, container ports are host ports (defaulting fills them in as such). */
export function hostPortsOf(pod: Pod): HostPort[] {
  return [
    ...(pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always'),
    ...pod.spec.containers,
  ].flatMap((container) =>
    (container.ports ?? []).flatMap(({ hostPort, protocol = 'TCP', hostIP }) =>
      hostPort ? [{ port: hostPort, protocol, ip: hostIP || '0.0.0.0' }] : [],
    ),
  );
}

/** No other pod of the node holds one of the host ports this pod wants (the NodePorts plugin). */
export function hasFreePorts(pod: Pod, others: readonly Pod[]): boolean {
  const wanted = hostPortsOf(pod);
  if (wanted.length === 0) return true;
  return !others.some((other) => hostPortsOf(other).some((taken) => wanted.some((port) => clashes(port, taken))));
}

function clashes(a: HostPort, b: HostPort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false;
  return a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0';
}
