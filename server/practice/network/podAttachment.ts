import type { Duplex } from 'node:stream';
import type { VirtualNetwork } from './clusterNetwork';
import { NetworkError } from './network';
import type { Listener, PodAddress, PodNetwork } from './network';
import { lookUp } from './resolver';
import type { VirtualSocket } from './virtualSocket';

type Accept = (socket: Duplex, peer: { ip: string; port: number }) => void;
type Answer = (payload: Uint8Array, peer: string) => Promise<Uint8Array | null>;

/** One pod's network namespace: its listeners and its open connections. */
export class PodAttachment implements PodNetwork {
  private readonly accepting = new Map<number, Accept>();
  private readonly answering = new Map<number, Answer>();
  private readonly open = new Set<VirtualSocket>();
  gone = false;

  constructor(
    private readonly network: VirtualNetwork,
    readonly address: PodAddress,
  ) {}

  get ip(): string {
    return this.address.ip;
  }

  listen(port: number, onConnection: Accept): Listener {
    this.requireFree(port, (other) => other.tcp(port));
    return bind(this.accepting, port, onConnection);
  }

  answer(port: number, onDatagram: Answer): Listener {
    this.requireFree(port, (other) => other.udp(port));
    return bind(this.answering, port, onDatagram);
  }

  connect(ip: string, port: number, options: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<Duplex> {
    return this.network.open({ ip: this.ip, pod: this }, ip, port, options);
  }

  ask(ip: string, port: number, payload: Uint8Array, options: { timeoutMs?: number } = {}): Promise<Uint8Array> {
    return this.network.ask(this, ip, port, payload, options.timeoutMs ?? 5000);
  }

  echo(ip: string, options: { timeoutMs?: number } = {}): Promise<boolean> {
    return this.network.echo(this, ip, options.timeoutMs ?? 1000);
  }

  async lookup(name: string): Promise<string[]> {
    return (await lookUp(this, name)).addresses;
  }

  listeners(): { port: number; protocol: 'tcp' | 'udp' }[] {
    return [
      ...[...this.accepting.keys()].map((port) => ({ port, protocol: 'tcp' as const })),
      ...[...this.answering.keys()].map((port) => ({ port, protocol: 'udp' as const })),
    ];
  }

  detach(): void {
    this.gone = true;
    this.accepting.clear();
    this.answering.clear();
    for (const socket of this.open) socket.destroy(new NetworkError('ECONNRESET', 'read ECONNRESET'));
    this.open.clear();
    this.network.release(this);
  }

  tcp(port: number): Accept | undefined {
    return this.accepting.get(port);
  }

  udp(port: number): Answer | undefined {
    return this.answering.get(port);
  }

  private requireFree(port: number, taken: (other: PodAttachment) => unknown): void {
    if (port !== 0 && this.network.at(this.ip).some((other) => taken(other) !== undefined)) throw inUse(port);
  }

  /** Remembers a connection so that it is cut with the pod. */
  hold(socket: VirtualSocket): void {
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
  }
}

function bind<T>(held: Map<number, T>, wanted: number, handler: T): Listener {
  const port = wanted === 0 ? freePort(held) : wanted;
  if (held.has(port)) throw inUse(port);
  held.set(port, handler);
  return { port, close: () => void (held.get(port) === handler && held.delete(port)) };
}

function inUse(port: number): NetworkError {
  return new NetworkError('EADDRINUSE', `listen EADDRINUSE: address already in use :::${port}`);
}

function freePort(held: Map<number, unknown>): number {
  let port = 32_768;
  while (held.has(port)) port++;
  return port;
}
