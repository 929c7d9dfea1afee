import type { EndpointSlice, Service, ServicePort } from '../../../lib/kubernetes/network';
import type { Clock } from '../clock';
import type { Informers } from '../controllers/runtime/informer';
import type { Ids } from '../ids';
import { createNodeAddresses } from './nodeAddresses';
import { targetsOf, type Target } from './serviceTargets';

/**
 * What kube-proxy does on every node: a Service's cluster IP, one of its external IPs, or a node port becomes one of its endpoints,
 * picked at random for each connection. Not simulated: load balancers, topology hints, and that a client from outside the node is seen
 * under the node's address.
 * Rules: kubernetes pkg/proxy/topology.go (which endpoints) and pkg/proxy/iptables/proxier.go (what is refused).
 */
export interface ServiceRouting {
  route(ip: string, port: number, protocol: Protocol, client: Client): Route;
}

export interface Client {
  ip: string;
  nodeName?: string;
}

export type Protocol = 'TCP' | 'UDP';

export type Route =
  /** No Service has this address. */
  | { kind: 'none' }
  /** A node's own address: whoever listens on its network. */
  | { kind: 'node' }
  /** A Service has it, but not this port: nothing answers, not even with a refusal. */
  | { kind: 'silent' }
  /** The Service has no endpoint to send this to. */
  | { kind: 'refused' }
  | { kind: 'endpoint'; ip: string; port: number };

export function createServiceRouting(deps: { informers: Informers; ids: Ids; clock: Clock }): ServiceRouting {
  const services = deps.informers.for('services');
  const slices = deps.informers.for('endpointslices');
  services.addIndex('address', (service) => (isProxied(service) ? addressesOf(service) : []));
  services.addIndex('nodePort', (service) => (isProxied(service) ? nodePortsOf(service) : []));
  // A name of its own: others look slices up by their Service, too, and see all of them.
  slices.addIndex('proxied', (slice) => (isLeftAlone(slice) ? [] : [serviceKeyOf(slice)]));
  const nodes = createNodeAddresses(deps.informers);
  const affinity = new Affinity(deps.clock);

  const toService = (service: Service, port: ServicePort, client: Client, onNode?: string | null): Route => {
    const key = `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
    const protocol = port.protocol === 'UDP' ? 'UDP' : 'TCP';
    const targets = targetsOf(slices.by('proxied', key), port.name ?? '', protocol, onNode);
    if (targets === 'nowhereHere') return { kind: 'silent' };
    const picked = affinity.pick(service, `${key}:${port.port}/${client.ip}`, targets, deps.ids);
    return picked ? { kind: 'endpoint', ...picked } : { kind: 'refused' };
  };

  const toNode = (node: string, ip: string, port: number, protocol: Protocol, client: Client): Route => {
    const service = services.by('nodePort', `${protocol}:${port}`)[0];
    const servicePort = service?.spec.ports?.find((p) => p.nodePort === port && (p.protocol ?? 'TCP') === protocol);
    if (service && servicePort)
      return toService(service, servicePort, client, service.spec.externalTrafficPolicy === 'Local' ? node : undefined);
    const target = nodes.hostPort(node, ip, port, protocol);
    return target ? { kind: 'endpoint', ...target } : { kind: 'node' };
  };

  return {
    route(ip, port, protocol, client) {
      const [service] = services.by('address', ip);
      if (!service) {
        // What a pod on its node's network asks of itself.
        const node = nodes.nodeAt(ip) ?? (ip.startsWith('127.') ? nodes.nodeAt(client.ip) : undefined);
        return node === undefined ? { kind: 'none' } : toNode(node, ip, port, protocol, client);
      }
      const servicePort = service.spec.ports?.find((p) => p.port === port && (p.protocol ?? 'TCP') === protocol);
      if (!servicePort) return { kind: 'silent' };
      const isLocal = service.spec.internalTrafficPolicy === 'Local';
      return toService(service, servicePort, client, isLocal ? (client.nodeName ?? null) : undefined);
    },
  };
}

/** `namespace/name` of the Service a slice belongs to; empty for a slice without one. */
export function serviceKeyOf(slice: EndpointSlice): string {
  const name = slice.metadata.labels?.['kubernetes.io/service-name'];
  return name === undefined ? '' : `${slice.metadata.namespace ?? ''}/${name}`;
}

/** What has one of these labels, a Service or a slice of one, is left to somebody else, or to nobody (cmd/kube-proxy: its informers). */
const foreign = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

function isLeftAlone({ metadata }: Service | EndpointSlice): boolean {
  return foreign.some((label) => metadata.labels?.[label] !== undefined);
}

function isProxied(service: Service): boolean {
  const { spec } = service;
  if (isLeftAlone(service)) return false;
  return spec.clusterIP !== undefined && !['', 'None'].includes(spec.clusterIP) && spec.type !== 'ExternalName';
}

function addressesOf({ spec }: Service): string[] {
  return [spec.clusterIP ?? '', ...(spec.externalIPs ?? [])];
}

function nodePortsOf({ spec }: Service): string[] {
  return (spec.ports ?? []).flatMap(({ nodePort, protocol = 'TCP' }) => (nodePort ? [`${protocol}:${nodePort}`] : []));
}

/** `sessionAffinity: ClientIP`: the same client comes back to the same endpoint while it is there. */
class Affinity {
  private readonly held = new Map<string, { target: Target; until: number }>();

  constructor(private readonly clock: Clock) {}

  pick(service: Service, key: string, targets: Target[], ids: Ids): Target | undefined {
    if (targets.length === 0) return undefined;
    const chosen = targets[Math.min(targets.length - 1, Math.floor(ids.fraction() * targets.length))];
    if (service.spec.sessionAffinity !== 'ClientIP' || !chosen) return chosen;
    const now = this.clock.now();
    const held = this.held.get(key);
    const stays =
      held && held.until > now && targets.find((t) => t.ip === held.target.ip && t.port === held.target.port);
    const target = stays || chosen;
    this.forgetOld(now);
    this.held.set(key, { target, until: now + timeoutSecondsOf(service) * 1000 });
    return target;
  }

  private forgetOld(now: number): void {
    if (this.held.size < 10_000) return;
    for (const [key, entry] of this.held) if (entry.until <= now) this.held.delete(key);
  }
}

function timeoutSecondsOf(service: Service): number {
  const clientIP = service.spec.sessionAffinityConfig?.clientIP;
  const seconds =
    typeof clientIP === 'object' && clientIP !== null && 'timeoutSeconds' in clientIP
      ? clientIP.timeoutSeconds
      : undefined;
  return typeof seconds === 'number' ? seconds : 10_800;
}
