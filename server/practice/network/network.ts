import type { Duplex } from 'node:stream';

/**
 * The cluster's network: byte streams and datagrams between addresses inside the practice cluster. No packet leaves the
 * process: an address that is not in the cluster cannot be reached.
 */
export interface ClusterNetwork {
  /** The network as one pod sees it, under its own address. */
  attach(pod: PodAddress): PodNetwork;
  /** Connects as the node does (probes, port-forward, the API's proxy): straight to an address, no name look-up. */
  connect(ip: string, port: number, options?: { timeoutMs?: number; from?: string }): Promise<Duplex>;
  /** What answers at an address that is no pod's: the API server, beside the cluster's nodes. */
  serve(ip: string, port: number, accept: (socket: Duplex) => void): void;
}

export interface PodAddress {
  readonly ip: string;
  readonly hostname: string;
  /** The node it is on. */
  readonly nodeName?: string;
  /** Lines of /etc/resolv.conf, parsed: where names are asked. */
  readonly resolver: { nameservers: string[]; searches: string[]; ndots: number };
  /** Lines of /etc/hosts, parsed: name → addresses. */
  readonly hosts: Map<string, string[]>;
}

export interface PodNetwork {
  readonly ip: string;
  readonly address: PodAddress;
  /** Throws `NetworkError` EADDRINUSE. Port 0 takes a free one. Streams are handed over as Node duplexes. */
  listen(port: number, onConnection: (socket: Duplex, peer: { ip: string; port: number }) => void): Listener;
  /** A UDP service: one answer (or none) for each question. */
  answer(port: number, onDatagram: (payload: Uint8Array, peer: string) => Promise<Uint8Array | null>): Listener;
  /**
   * Connects to an IP address: a pod's, or a Service's cluster IP, which is spread over its ready endpoints. `localhost`
   * addresses reach the pod itself. Rejects with `NetworkError`.
   */
  connect(ip: string, port: number, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<Duplex>;
  /** Asks by UDP and waits for one answer; rejects with ETIMEDOUT. */
  ask(ip: string, port: number, payload: Uint8Array, options?: { timeoutMs?: number }): Promise<Uint8Array>;
  /** An ICMP echo, as `ping` sends it: whether that address answers, within `timeoutMs` (default 1000). */
  echo(ip: string, options?: { timeoutMs?: number }): Promise<boolean>;
  /** getaddrinfo: /etc/hosts, then DNS with the search list. Rejects with ENOTFOUND or EAI_AGAIN. IPv4 only. */
  lookup(name: string): Promise<string[]>;
  listeners(): { port: number; protocol: 'tcp' | 'udp' }[];
  /** Cuts every connection and listener: the pod is gone. */
  detach(): void;
}

export interface Listener {
  readonly port: number;
  close(): void;
}

export type NetworkErrno =
  'EADDRINUSE' | 'EACCES' | 'ECONNREFUSED' | 'ECONNRESET' | 'EHOSTUNREACH' | 'ETIMEDOUT' | 'ENOTFOUND' | 'EAI_AGAIN';

export class NetworkError extends Error {
  constructor(
    readonly code: NetworkErrno,
    message: string,
  ) {
    super(message);
    this.name = 'NetworkError';
  }
}
