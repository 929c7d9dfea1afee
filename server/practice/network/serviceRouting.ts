import type { EndpointSlice, Service } from '../../../lib/kubernetes/network';
import type { Clock } from '../clock';
import type { Informers } from '../controllers/runtime/informer';
import type { Ids } from '../ids';

/**
 * What kube-proxy does on every node: a Service's cluster IP becomes one of its endpoints, picked at random for each
 * connection. Not simulated: node ports, external IPs, traffic policies and topology hints.
 * Rules: kubernetes pkg/proxy/topology.go (which endpoints) and pkg/proxy/iptables/proxier.go (what is refused).
 */
export interface ServiceRouting {
  route(ip: string, port: number, protocol: Protocol, clientIp: string): Route;
}

export type Protocol = 'TCP' | 'UDP';

export type Route =
  /** No Service has this address. */
  | { kind: 'none' }
  /** A Service has it, but not this port: nothing answers, not even with a refusal. */
  | { kind: 'silent' }
  /** The Service has no endpoint to send this to. */
  | { kind: 'refused' }
  | { kind: 'endpoint'; ip: string; port: number };

interface Target {
  ip: string;
  port: number;
}

export function createServiceRouting(deps: { informers: Informers; ids: Ids; clock: Clock }): ServiceRouting {
  const services = deps.informers.for('services');
  const slices = deps.informers.for('endpointslices');
  services.addIndex('clusterIP', (service) => (hasClusterIP(service) ? [service.spec.clusterIP ?? ''] : []));
  slices.addIndex('service', (slice) => [serviceKeyOf(slice)]);
  const affinity = new Affinity(deps.clock);
  return {
    route(ip, port, protocol, clientIp) {
      const service = services.by('clusterIP', ip)[0];
      if (!service) return { kind: 'none' };
      const servicePort = service.spec.ports?.find((p) => p.port === port && (p.protocol ?? 'TCP') === protocol);
      if (!servicePort) return { kind: 'silent' };
      const key = `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
      const targets = targetsOf(slices.by('service', key), servicePort.name ?? '', protocol);
      const picked = affinity.pick(service, `${key}:${port}/${clientIp}`, targets, deps.ids);
      return picked ? { kind: 'endpoint', ...picked } : { kind: 'refused' };
    },
  };
}

/** `namespace/name` of the Service a slice belongs to; empty for a slice without one. */
export function serviceKeyOf(slice: EndpointSlice): string {
  const name = slice.metadata.labels?.['kubernetes.io/service-name'];
  return name === undefined ? '' : `${slice.metadata.namespace ?? ''}/${name}`;
}

function hasClusterIP(service: Service): boolean {
  const ip = service.spec.clusterIP;
  return ip !== undefined && ip !== '' && ip !== 'None' && service.spec.type !== 'ExternalName';
}

/** Ready endpoints; when there are none, those that end but still serve. */
function targetsOf(slices: EndpointSlice[], portName: string, protocol: Protocol): Target[] {
  const ready: Target[] = [];
  const leaving: Target[] = [];
  for (const slice of slices) {
    const port = (slice.ports ?? []).find((p) => (p.name ?? '') === portName && (p.protocol ?? 'TCP') === protocol);
    if (port?.port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const ip = endpoint.addresses[0];
      if (ip === undefined) continue;
      const conditions = endpoint.conditions ?? {};
      if (conditions.ready !== false) ready.push({ ip, port: port.port });
      else if (conditions.serving && conditions.terminating) leaving.push({ ip, port: port.port });
    }
  }
  return ready.length > 0 ? ready : leaving;
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
