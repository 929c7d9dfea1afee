import { Duplex } from 'node:stream';
import type { Clock } from '../../clock';
import {
  ImageError,
  StartError,
  type ContainerExit,
  type ContainerOptions,
  type ContainerRuntime,
  type ImageFacts,
  type LogEntry,
  type RunningContainer,
  type Sandbox,
  type SandboxOptions,
  type Session,
} from '../../containers/runtime';
import type { Ids } from '../../ids';
import { NetworkError } from '../../network/network';
import type { SignalName } from '../../process/program';

/** How a fake container behaves, by image. All of it in the test's hands. */
export interface Behaviour {
  sizeBytes?: number;
  /** Ends by itself after so long with this code. */
  exits?: { afterMs: number; code: number };
  /** What SIGTERM does: end with a code at once, or nothing. */
  onTerm?: number | 'ignored';
  /** The start fails with this message. */
  startError?: string;
  /** The pull fails with this message. */
  pullError?: string;
  /** What the port answers to a GET; undefined refuses the connection. */
  http?: () => number | undefined;
  /** The exit code of every exec, by its first word; 0 where not given. */
  exec?: Record<string, number>;
  terminationMessage?: string;
}

export class FakeContainer implements RunningContainer {
  readonly id: string;
  readonly startedAt: number;
  readonly signals: SignalName[] = [];
  readonly execs: string[][] = [];
  readonly user = { uid: 0, gid: 0, supplementalGroups: [0] };
  readonly exited: Promise<ContainerExit>;
  readonly log: { entries(): LogEntry[]; follow(listener: (entry: LogEntry) => void): () => void };
  private readonly lines: LogEntry[] = [];
  private readonly listeners = new Set<(entry: LogEntry) => void>();
  private resolve: (exit: ContainerExit) => void = () => {};
  isRunning = true;

  constructor(
    readonly options: ContainerOptions,
    readonly behaviour: Behaviour,
    private readonly clock: Clock,
    ids: Ids,
  ) {
    this.id = ids.hex(64);
    this.startedAt = clock.now();
    this.exited = new Promise((resolve) => (this.resolve = resolve));
    this.log = {
      entries: () => [...this.lines],
      follow: (listener) => {
        this.listeners.add(listener);
        return () => void this.listeners.delete(listener);
      },
    };
    const { exits } = behaviour;
    if (exits) clock.after(exits.afterMs, () => this.exit(exits.code));
  }

  print(line: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
    const entry = { at: this.clock.now(), stream, line: Buffer.from(line) };
    this.lines.push(entry);
    for (const listener of this.listeners) listener(entry);
  }

  exit(code: number, signal?: SignalName): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    const reason = code === 0 && !signal ? 'Completed' : 'Error';
    this.resolve({ code, ...(signal ? { signal } : {}), finishedAt: this.clock.now(), reason });
  }

  signal(signal: SignalName): void {
    this.signals.push(signal);
    if (signal === 'SIGKILL') this.exit(0, 'SIGKILL');
    const { onTerm = 0 } = this.behaviour;
    if (signal === 'SIGTERM' && onTerm !== 'ignored') this.exit(onTerm);
  }

  async exec({ argv }: { argv: string[] }): Promise<Session> {
    this.execs.push(argv);
    const code = this.behaviour.exec?.[argv[0] ?? ''] ?? 0;
    const nothing = { read: async () => null, close: () => {} };
    return {
      stdin: { write: async () => {}, close: () => {} },
      stdout: nothing,
      stderr: nothing,
      exited: Promise.resolve({ code }),
      resize: () => {},
      close: () => {},
    };
  }

  attach(): Session {
    throw new Error('not part of the fake');
  }

  readFile(): Uint8Array {
    return Buffer.from(this.behaviour.terminationMessage ?? '');
  }
}

/** A runtime for tests of the kubelet: images behave as `behaviours` says, everything that was started is kept. */
export class FakeRuntime implements ContainerRuntime {
  readonly behaviours: Record<string, Behaviour> = {};
  readonly sandboxes: (SandboxOptions & { isRemoved: boolean })[] = [];
  readonly containers: FakeContainer[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The running containers of this name. */
  running(name: string): FakeContainer[] {
    return this.containers.filter((c) => c.options.name === name && c.isRunning);
  }

  inspect(image: string): ImageFacts {
    if (/[A-Z ]/.test(image))
      throw new ImageError('InvalidImageName', `couldn't parse image name "${image}": invalid reference format`);
    const { pullError, sizeBytes = 1_000_000 } = this.behaviours[image] ?? {};
    if (pullError) throw new ImageError('ErrImagePull', pullError);
    return { reference: image, id: `${image}@sha256:0`, sizeBytes };
  }

  createSandbox(options: SandboxOptions): Sandbox {
    const sandbox = { ...options, isRemoved: false };
    this.sandboxes.push(sandbox);
    const own: FakeContainer[] = [];
    return {
      ip: options.ip,
      start: async (container) => {
        const behaviour = this.behaviours[container.image] ?? {};
        if (behaviour.startError) throw new StartError(behaviour.startError);
        const started = new FakeContainer(container, behaviour, this.clock, this.ids);
        this.containers.push(started);
        own.push(started);
        return started;
      },
      connect: async () => {
        const status = own.find((c) => c.isRunning && c.behaviour.http)?.behaviour.http?.();
        if (status === undefined) throw new NetworkError('ECONNREFUSED', 'connection refused');
        return answering(status);
      },
      remove: () => {
        sandbox.isRemoved = true;
        for (const container of own) container.exit(0, 'SIGKILL');
      },
    };
  }
}

function answering(status: number): Duplex {
  const socket = new Duplex({
    read: () => {},
    write: (_chunk, _encoding, done) => {
      socket.push(`HTTP/1.1 ${status} X\r\n\r\n`);
      socket.push(null);
      done();
    },
  });
  return socket;
}
