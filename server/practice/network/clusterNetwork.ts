import type { Duplex } from 'node:stream';
import type { Clock } from '../clock';
import type { Ids } from '../ids';
import { NetworkError } from './network';
import type { ClusterNetwork, PodAddress, PodNetwork } from './network';
import { PodAttachment } from './podAttachment';
import type { Protocol, ServiceRouting } from './serviceRouting';
import { VirtualSocket } from './virtualSocket';

/**
 * The cluster's network: TCP as pairs of streams, UDP as question and answer, ICMP as a yes or no.
 * Not simulated: packets, loss, latency, NetworkPolicy, IPv6, and any way out of the cluster: an address nobody has is
 * unreachable (as behind a router that says so), never a host's.
 */
export interface NetworkDeps {
  clock: Clock;
  ids: Ids;
  /** Asked at each connection, so that the informers may be made after the network. */
  services: () => ServiceRouting;
}

/** How long the kernel asks for a neighbour's address before it gives up with EHOSTUNREACH. */
const neighbourTimeoutMs = 3000;
/** Linux gives up a connection nobody answers after six retries: 127 s. */
const connectTimeoutMs = 127_000;

export function createClusterNetwork(deps: NetworkDeps): ClusterNetwork {
  return new VirtualNetwork(deps);
}

/** Where a connection goes: to a pod's port, or nowhere, in one of three ways. */
type Way =
  | { kind: 'pod'; pod: PodAttachment; port: number }
  | { kind: 'served'; accept: (socket: Duplex) => void }
  | { kind: 'refused' | 'silent' | 'unreachable' };

export class VirtualNetwork implements ClusterNetwork {
  /** By address: pods on their node's network share its. */
  private readonly pods = new Map<string, readonly PodAttachment[]>();
  private readonly served = new Map<string, (socket: Duplex) => void>();
  private ephemeral = 32_768;

  constructor(private readonly deps: NetworkDeps) {}

  attach(address: PodAddress): PodNetwork {
    const pod = new PodAttachment(this, address);
    this.pods.set(address.ip, [...this.at(address.ip), pod]);
    return pod;
  }

  serve(ip: string, port: number, accept: (socket: Duplex) => void): void {
    this.served.set(`${ip}:${port}`, accept);
  }

  release(pod: PodAttachment): void {
    const others = this.at(pod.ip).filter((other) => other !== pod);
    if (others.length > 0) this.pods.set(pod.ip, others);
    else this.pods.delete(pod.ip);
  }

  /** Everyone that an address belongs to. */
  at(ip: string): readonly PodAttachment[] {
    return this.pods.get(ip) ?? [];
  }

  connect(ip: string, port: number, options: { timeoutMs?: number; from?: string } = {}): Promise<Duplex> {
    return this.open({ ip: options.from ?? 'node' }, ip, port, options);
  }

  /** `from.pod` is the pod that connects; a node has none. */
  async open(
    from: { ip: string; pod?: PodAttachment },
    ip: string,
    port: number,
    options: { timeoutMs?: number; signal?: AbortSignal },
  ): Promise<Duplex> {
    const way = this.find(from, ip, port, 'TCP');
    // Never at once: a real connection takes a round trip, and callers attach their handlers meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    if (way.kind === 'pod') {
      const accept = way.pod.tcp(way.port);
      if (accept) {
        const peer = { ip: from.ip === 'node' ? gatewayOf(way.pod.ip) : from.ip, port: this.freePort() };
        const [near, far] = VirtualSocket.pair(peer, { ip, port });
        from.pod?.hold(near);
        way.pod.hold(far);
        accept(far, peer);
        return near;
      }
    }
    if (way.kind === 'served') {
      const [near, far] = VirtualSocket.pair({ ip: from.ip, port: this.freePort() }, { ip, port });
      from.pod?.hold(near);
      way.accept(far);
      return near;
    }
    await this.fail(way.kind, ip, port, options);
    throw new NetworkError('ECONNREFUSED', `connect ECONNREFUSED ${ip}:${port}`);
  }

  async ask(
    from: PodAttachment,
    ip: string,
    port: number,
    payload: Uint8Array,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    const way = this.find({ ip: from.ip, pod: from }, ip, port, 'UDP');
    await new Promise((resolve) => setImmediate(resolve));
    const answer = way.kind === 'pod' ? way.pod.udp(way.port) : undefined;
    if (way.kind === 'refused' || (way.kind === 'pod' && !answer))
      throw new NetworkError('ECONNREFUSED', `read ECONNREFUSED ${ip}:${port}`);
    const waiting = new AbortController();
    const timeout = this.deps.clock.sleep(timeoutMs, waiting.signal).then(() => null);
    // A copy: the two sides never share bytes.
    const reply = answer ? answer(Uint8Array.from(payload), from.ip).then((bytes) => bytes ?? timeout) : timeout;
    const got = await Promise.race([reply.catch(() => timeout), timeout]);
    waiting.abort();
    if (!got) throw new NetworkError('ETIMEDOUT', `${ip}:${port}: timed out`);
    return got;
  }

  async echo(from: PodAttachment, ip: string, timeoutMs: number): Promise<boolean> {
    if (isLoopback(ip) || this.pods.has(ip)) return true;
    await this.deps.clock.sleep(timeoutMs);
    return this.pods.has(ip) && !from.gone;
  }

  private find(from: { ip: string; pod?: PodAttachment }, ip: string, port: number, protocol: Protocol): Way {
    const own = isLoopback(ip) ? (from.pod?.ip ?? '') : undefined;
    const listening = own === undefined ? undefined : this.listening(own, port, protocol);
    if (listening) return { kind: 'pod', pod: listening, port };
    const client = { ip: from.ip, nodeName: from.pod?.address.nodeName };
    const route = this.deps.services().route(ip, port, protocol, client);
    if (route.kind === 'refused' || route.kind === 'silent') return { kind: route.kind };
    if (own !== undefined && route.kind !== 'endpoint') return { kind: 'refused' };
    const target = route.kind === 'endpoint' ? route : { ip, port };
    const accept = protocol === 'TCP' ? this.served.get(`${target.ip}:${target.port}`) : undefined;
    if (accept) return { kind: 'served', accept };
    const pod = this.listening(target.ip, target.port, protocol) ?? this.at(target.ip)[0];
    if (pod) return { kind: 'pod', pod, port: target.port };
    return { kind: route.kind === 'node' ? 'refused' : 'unreachable' };
  }

  private listening(ip: string, port: number, protocol: Protocol): PodAttachment | undefined {
    return this.at(ip).find((pod) => (protocol === 'TCP' ? pod.tcp(port) : pod.udp(port)) !== undefined);
  }

  /** Waits as long as a kernel would, then rejects; returns only when the connection was refused. */
  private async fail(
    kind: Way['kind'],
    ip: string,
    port: number,
    options: { timeoutMs?: number; signal?: AbortSignal },
  ): Promise<void> {
    if (kind === 'pod' || kind === 'refused') return;
    const own = kind === 'silent' ? connectTimeoutMs : neighbourTimeoutMs;
    const limit = options.timeoutMs ?? connectTimeoutMs;
    await this.deps.clock.sleep(Math.min(own, limit), options.signal);
    if (kind === 'silent' || limit < own || options.signal?.aborted)
      throw new NetworkError('ETIMEDOUT', `connect ETIMEDOUT ${ip}:${port}`);
    throw new NetworkError('EHOSTUNREACH', `connect EHOSTUNREACH ${ip}:${port}`);
  }

  private freePort(): number {
    this.ephemeral = this.ephemeral >= 60_999 ? 32_768 : this.ephemeral + 1;
    return this.ephemeral;
  }
}

/** The node's own address on the pods' bridge: what a probe or a port-forward comes from. */
function gatewayOf(ip: string): string {
  return ip.replace(/\d+$/, '1');
}

export function isLoopback(ip: string): boolean {
  return ip.startsWith('127.') || ip === 'localhost' || ip === '::1' || ip === '0.0.0.0';
}
