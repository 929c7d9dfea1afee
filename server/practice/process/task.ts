import type { Clock } from '../clock';
import type { OpenFlags } from '../filesystem/filesystem';
import type { MountedFiles } from '../filesystem/mountedFiles';
import type { PodNetwork } from '../network/network';
import { openStream } from './opening';
import { ownedNetwork } from './ownedNetwork';
import { BrokenPipe, Exit, signalNumbers } from './program';
import type {
  ByteStream,
  ChildProcess,
  ContainerView,
  ExitStatus,
  Process,
  ProcessInfo,
  Program,
  SignalName,
  SpawnOptions,
} from './program';
import type { Pty } from './pty';
import { defaultAction } from './signals';
import { handleOf } from './stream';
import type { Handle } from './stream';
import type { ProcessTable } from './table';
import { taskClock } from './taskClock';
import { TaskStream } from './taskStream';

export interface TaskFacts {
  pid: number;
  parentPid: number;
  group: number;
  argv: readonly string[];
  env: Map<string, string>;
  cwd: string;
  umask: number;
  user: Process['user'];
  handles: Map<number, Handle>;
  terminal?: Pty;
  ignored: readonly SignalName[];
}

const noDescriptors: ReadonlyMap<number, ByteStream> = new Map();

type Disposition = (() => void) | 'ignore';

/**
 * One process. Nothing can stop a JavaScript function that runs, so a process is stopped and ended where it waits: once it is
 * dead, what it awaits of us never resolves again, and it is never heard of more. A program that
 * catches every error can therefore not outlive its death.
 */
export class Task implements Process {
  readonly pid: number;
  parentPid: number;
  group: number;
  argv: readonly string[];
  env: Map<string, string>;
  cwd: string;
  umask: number;
  user: Process['user'];
  files: MountedFiles;
  readonly startedAt: number;
  readonly terminal?: Pty;
  readonly handles: Map<number, Handle>;
  readonly exited: Promise<ExitStatus>;
  descriptors: ReadonlyMap<number, ByteStream> = noDescriptors;
  private streams: [ByteStream, ByteStream, ByteStream];
  /** Made when first asked for: most processes never touch the network, and a cluster has thousands that only wait. */
  private own: { network?: PodNetwork; clock?: Clock; container?: ContainerView } = {};
  isDead = false;
  /** Made when first asked for, as `own`. */
  private end?: AbortController;
  private settleExit: (status: ExitStatus) => void = () => undefined;
  private dispositions = new Map<SignalName, Disposition>();
  private whenRunning: (() => void)[] = [];
  private isStopped = false;
  private waits = 0;
  private stateListeners: readonly ((state: 'stopped' | 'running') => void)[] = [];
  private pendingWhileStopped: SignalName[] = [];

  constructor(
    readonly table: ProcessTable,
    facts: TaskFacts,
  ) {
    this.pid = facts.pid;
    this.parentPid = facts.parentPid;
    this.group = facts.group;
    this.argv = facts.argv;
    this.env = facts.env;
    this.cwd = facts.cwd;
    this.umask = facts.umask;
    this.user = facts.user;
    this.terminal = facts.terminal;
    this.handles = facts.handles;
    for (const signal of facts.ignored) this.dispositions.set(signal, 'ignore');
    this.startedAt = table.surroundings.clock.now();
    this.files = this.filesOf(this.user);
    this.streams = this.wrapHandles();
    this.exited = new Promise((resolve) => (this.settleExit = resolve));
  }

  get network(): PodNetwork {
    return (this.own.network ??= ownedNetwork(this.table.surroundings.network, this.killed));
  }

  get clock(): Clock {
    return (this.own.clock ??= taskClock(this.table.surroundings.clock, this));
  }

  get container(): ContainerView {
    return (this.own.container ??= this.table.viewOf(this));
  }

  get stdin(): ByteStream {
    return this.streams[0];
  }

  get stdout(): ByteStream {
    return this.streams[1];
  }

  get stderr(): ByteStream {
    return this.streams[2];
  }

  get killed(): AbortSignal {
    if (!this.end) {
      this.end = new AbortController();
      if (this.isDead) this.end.abort();
    }
    return this.end.signal;
  }

  /** Runs the program to its end; what it throws becomes its exit. */
  async run(program: Program): Promise<void> {
    await this.yield();
    if (this.isDead) return;
    await this.complete(program);
  }

  onSignal(signal: SignalName, handler: (() => void) | 'ignore' | 'default'): void {
    if (signal === 'SIGKILL' || signal === 'SIGSTOP') return;
    if (handler === 'default') this.dispositions.delete(signal);
    else this.dispositions.set(signal, handler);
  }

  /** The signals that were ignored when it started: a shell may not trap them. */
  ignoredSignals(): SignalName[] {
    return [...this.dispositions].filter(([, disposition]) => disposition === 'ignore').map(([signal]) => signal);
  }

  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<ChildProcess> {
    await this.yield();
    if (this.isDead) return this.never();
    const env = new Map(options.env ?? this.env);
    const loaded = this.table.load(this.files, argv, options.cwd ?? this.cwd, env.get('PATH'));
    const user = this.table.grantedTo(this.user, loaded);
    return this.table.start(this, loaded.program, { ...options, env }, loaded.argv, user);
  }

  fork(program: Program, options: SpawnOptions = {}): ChildProcess {
    this.mustLive();
    const ignoredSignals = [...this.ignoredSignals(), ...(options.ignoredSignals ?? [])];
    return this.table.start(this, program, { ...options, ignoredSignals }, this.argv);
  }

  async exec(argv: readonly string[], options: SpawnOptions = {}): Promise<number> {
    await this.yield();
    if (this.isDead) return this.never();
    const env = new Map(options.env ?? this.env);
    const loaded = this.table.load(this.files, argv, options.cwd ?? this.cwd, env.get('PATH'));
    this.env = env;
    this.cwd = options.cwd ?? this.cwd;
    this.argv = loaded.argv;
    this.become(this.table.grantedTo(this.user, loaded));
    this.replaceHandles(options);
    for (const [signal, disposition] of this.dispositions) {
      if (disposition !== 'ignore') this.dispositions.delete(signal);
    }
    await this.complete(loaded.program);
    return this.never();
  }

  open(path: string, flags: OpenFlags): ByteStream {
    this.mustLive();
    return new TaskStream(openStream(this.files, path, flags, this.terminal), this);
  }

  /** A signal may come after this has resolved and before who waited goes on: what makes handles then looks again. */
  async yield(): Promise<void> {
    if (this.isDead) return this.never();
    const turn = this.table.step();
    if (turn) await turn;
    if (this.isDead || this.isStopped) await this.awake();
  }

  /** Waits for `operation` as a process in state S: comes back only while the process lives and is not stopped. */
  async blocked<T>(operation: Promise<T>): Promise<T> {
    this.waits++;
    try {
      return await operation;
    } finally {
      this.waits--;
      if (this.isDead || this.isStopped) await this.awake();
    }
  }

  /** A terminal is read by its foreground group only: others rest until they are brought there (SIGTTIN). */
  async foreground(signal?: AbortSignal): Promise<void> {
    while (this.terminal && this.terminal.foregroundGroup !== 0 && this.terminal.foregroundGroup !== this.group) {
      if (signal?.aborted) return;
      if (!this.table.isOrphaned(this.group)) this.deliver('SIGTTIN');
      // An orphaned group cannot be brought back by anyone, and SIGTTIN may be ignored: those look again now and then.
      if (this.isStopped) await this.awake();
      else await this.clock.sleep(200, signal);
    }
  }

  /** What the kernel does with a signal for this process. `forced`: from outside the container, SIGKILL ends process 1. */
  deliver(signal: SignalName, forced = false): void {
    if (this.isDead) return;
    if (signal === 'SIGKILL') return this.pid === 1 && !forced ? undefined : this.finish({ code: 137, signal });
    if (signal === 'SIGCONT') this.go();
    const disposition = this.dispositions.get(signal);
    if (disposition === 'ignore') return;
    if (this.isStopped && signal !== 'SIGCONT') return void this.pendingWhileStopped.push(signal);
    if (disposition) return disposition();
    const action = defaultAction(signal);
    // Process 1 of a container gets only the signals it handles (kernel/signal.c, SIGNAL_UNKILLABLE).
    if (this.pid === 1) return;
    if (action === 'end') this.finish({ code: 128 + signalNumbers[signal], signal });
    if (action === 'stop') this.stop();
  }

  onStateChange(listener: (state: 'stopped' | 'running') => void): () => void {
    this.stateListeners = this.stateListeners.concat(listener);
    return () => void (this.stateListeners = this.stateListeners.filter((other) => other !== listener));
  }

  finish(status: ExitStatus): void {
    if (this.isDead) return;
    this.isDead = true;
    this.end?.abort();
    for (const handle of this.handles.values()) handle.close();
    this.table.ended(this, status);
    this.settleExit(status);
  }

  /** Resolves when the process runs; never when it is dead. */
  async awake(): Promise<void> {
    while (this.isStopped && !this.isDead) await new Promise<void>((resolve) => this.whenRunning.push(resolve));
    if (this.isDead) return this.never();
  }

  get info(): ProcessInfo {
    const { pid, parentPid, group, argv, startedAt } = this;
    const state = this.isStopped ? 'T' : this.waits > 0 ? 'S' : 'R';
    const terminal = this.terminal ? 'pts/0' : undefined;
    return { pid, parentPid, group, user: this.user.name, uid: this.user.uid, argv, startedAt, state, terminal };
  }

  /** As its parent holds it. */
  get asChild(): ChildProcess {
    const { pid, group, exited } = this;
    const signal = (name: SignalName) => this.deliver(name);
    return { pid, group, exited, signal, onStateChange: (listener) => this.onStateChange(listener) };
  }

  /** What a process opens or forks after its end nobody would close or wait for: the other end of a pipe would never see its end. */
  private mustLive(): void {
    if (this.isDead) throw new Exit(137);
  }

  private become(user: Process['user']): void {
    if (user === this.user) return;
    this.user = user;
    this.files = this.filesOf(user);
  }

  private filesOf(user: Process['user']): MountedFiles {
    const { umask, cwd } = { umask: () => this.umask, cwd: () => this.cwd };
    return this.table.surroundings.files.viewedBy(user, { umask, cwd, pid: this.pid });
  }

  private async complete(program: Program): Promise<void> {
    try {
      this.finish({ code: (await program(this)) & 255 });
    } catch (error) {
      if (error instanceof Exit) return this.finish({ code: error.code & 255 });
      if (error instanceof BrokenPipe) return this.finish({ code: 141, signal: 'SIGPIPE' });
      const text = `${this.argv[0] ?? ''}: internal error: ${error instanceof Error ? error.message : String(error)}\n`;
      const stderr = this.handles.get(2);
      await stderr?.write(Buffer.from(text), this.killed).catch(() => undefined);
      this.finish({ code: 134, signal: 'SIGABRT' });
    }
  }

  /** A new promise each time: one that all the dead wait for would remember every one of them. */
  private never<T>(): Promise<T> {
    return new Promise<T>(() => undefined);
  }

  private stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    for (const listener of this.stateListeners) listener('stopped');
    this.table.changed(this);
  }

  private go(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    for (const resolve of this.whenRunning.splice(0)) resolve();
    for (const listener of this.stateListeners) listener('running');
    for (const signal of this.pendingWhileStopped.splice(0)) this.deliver(signal);
  }

  private replaceHandles(options: SpawnOptions): void {
    const next = childHandles(this.handles, options);
    for (const handle of this.handles.values()) handle.close();
    this.handles.clear();
    for (const [fd, handle] of next) this.handles.set(fd, handle);
    this.streams = this.wrapHandles();
  }

  private wrapHandles(): [ByteStream, ByteStream, ByteStream] {
    const further = [...this.handles].filter(([fd]) => fd > 2);
    this.descriptors =
      further.length === 0 ? noDescriptors : new Map(further.map(([fd, handle]) => [fd, new TaskStream(handle, this)]));
    return [this.streamOf(0), this.streamOf(1), this.streamOf(2)];
  }

  private streamOf(fd: number): ByteStream {
    const handle = this.handles.get(fd);
    if (!handle) throw new TypeError(`process ${this.pid} has no descriptor ${fd}`);
    return new TaskStream(handle, this);
  }
}

/** The descriptors a child gets: duplicates, each with a life of its own. */
export function childHandles(own: ReadonlyMap<number, Handle>, options: SpawnOptions): Map<number, Handle> {
  const handles = new Map<number, Handle>();
  for (const [fd, handle] of own) if (fd < 3 || !options.descriptors) handles.set(fd, handle);
  for (const [fd, stream] of options.descriptors ?? []) if (fd > 2) handles.set(fd, handleOf(stream));
  const given = [options.stdin, options.stdout, options.stderr];
  given.forEach((stream, fd) => stream && handles.set(fd, handleOf(stream)));
  for (const [fd, handle] of handles) if (own.get(fd) === handle) handles.set(fd, handle.duplicate());
  return handles;
}
