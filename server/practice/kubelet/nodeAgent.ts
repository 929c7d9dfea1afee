import type { Duplex } from 'node:stream';
import type { Session, TerminalSize } from '../containers/runtime';

/**
 * The side of the kubelets that the API server calls: what behind `exec`, `attach`, `logs`, `port-forward` and `proxy` only
 * the node can do. Failures are `StatusError`s with the words a real API server passes on.
 */
export interface NodeAgent {
  exec(
    pod: PodRef,
    options: { container: string; argv: string[]; stdin: boolean; tty: boolean; size?: TerminalSize },
  ): Promise<Session>;
  attach(
    pod: PodRef,
    options: { container: string; stdin: boolean; stdout: boolean; stderr: boolean; tty: boolean },
  ): Promise<Session>;
  /** Chunks of the log as `kubectl logs` prints them; ends when it has all, or with `follow` when the container ends. */
  logs(pod: PodRef, options: LogOptions): AsyncIterable<Uint8Array>;
  /** A byte stream to a port of the pod (port-forward, proxy). */
  connect(pod: PodRef, port: number): Promise<Duplex>;
}

export interface PodRef {
  namespace: string;
  name: string;
  uid: string;
}

export interface LogOptions {
  container: string;
  follow?: boolean;
  previous?: boolean;
  timestamps?: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  limitBytes?: number;
  stream?: 'All' | 'Stdout' | 'Stderr';
}
