import type { Clock } from '../clock';
import type { MountedFiles } from '../filesystem/mountedFiles';
import type { PodNetwork } from '../network/network';
import type { CpuAccount, CpuScheduler } from './cpu';
import { grantedUser } from './grantedUser';
import { load } from './loader';
import type { Loaded, ProgramSource } from './loader';
import { ProcessError } from './program';
import type { ChildProcess, ContainerView, ExitStatus, Process, Program, SignalName, SpawnOptions } from './program';
import type { Pty } from './pty';
import type { Handle } from './stream';
import { Task, childHandles } from './task';

/** What all processes of a container share. */
export interface Surroundings {
  hostname: string;
  clock: Clock;
  scheduler: CpuScheduler;
  network: PodNetwork;
  /** As root sees them; each process gets a view of its own. */
  files: MountedFiles;
  programs: ProgramSource;
  memoryLimitBytes?: number;
  cpuLimitMillis?: number;
  noNewPrivileges?: boolean;
}

export interface FirstProcess {
  argv: readonly string[];
  env: Map<string, string>;
  cwd: string;
  user: Process['user'];
  handles: Map<number, Handle>;
  terminal?: Pty;
}

/** As many as a container may have at a time: a fork bomb must stay in its pod. */
const mostProcesses = 512;

/** The processes of one container. The first is its process 1; when that ends, all end. */
export class ProcessTable {
  private readonly tasks = new Map<number, Task>();
  private readonly account: CpuAccount;
  private nextPid = 1;
  private isOver = false;

  constructor(readonly surroundings: Surroundings) {
    this.account = surroundings.scheduler.account();
  }

  /** Starts process 1, or one that comes from outside (exec) and has no parent here. Throws `ExecError`. */
  enter(first: FirstProcess): Task {
    const files = this.surroundings.files.viewedBy(first.user);
    const options = { files, argv: first.argv, cwd: first.cwd, searchPath: first.env.get('PATH') };
    const loaded = load({ ...options, source: this.surroundings.programs, runsPlainScripts: false });
    const pid = this.nextPid++;
    const user = this.grantedTo(first.user, loaded);
    const facts = { ...first, user, pid, parentPid: 0, group: pid, argv: loaded.argv, umask: 0o022, ignored: [] };
    if (first.terminal) first.terminal.foregroundGroup = pid;
    return this.launch(new Task(this, facts), loaded.program);
  }

  start(
    parent: Task,
    program: Program,
    options: SpawnOptions,
    argv: readonly string[],
    user: Process['user'] = parent.user,
  ): ChildProcess {
    if (this.tasks.size >= mostProcesses) throw new ForkError();
    const pid = this.nextPid++;
    const task = new Task(this, {
      pid,
      parentPid: parent.pid,
      group: options.group === 0 ? pid : (options.group ?? parent.group),
      argv,
      env: new Map(options.env ?? parent.env),
      cwd: options.cwd ?? parent.cwd,
      umask: parent.umask,
      user,
      handles: childHandles(parent.handles, options),
      terminal: parent.terminal,
      ignored: [...parent.ignoredSignals(), ...(options.ignoredSignals ?? [])],
    });
    return this.launch(task, program).asChild;
  }

  load(files: MountedFiles, argv: readonly string[], cwd: string, searchPath: string | undefined): Loaded {
    return load({ files, argv, cwd, searchPath, source: this.surroundings.programs, runsPlainScripts: true });
  }

  grantedTo(user: Process['user'], loaded: Loaded): Process['user'] {
    return grantedUser(user, loaded, this.surroundings.noNewPrivileges);
  }

  step(): Promise<void> | undefined {
    return this.surroundings.scheduler.step(this.account);
  }

  all(): Task[] {
    return [...this.tasks.values()].sort((a, b) => a.pid - b.pid);
  }

  get(pid: number): Task | undefined {
    return this.tasks.get(pid);
  }

  signalGroup(group: number, signal: SignalName): void {
    for (const task of this.all()) if (task.group === group) task.deliver(signal);
  }

  /** No member has a parent in another group that could bring it to the foreground. */
  isOrphaned(group: number): boolean {
    return !this.all().some((task) => {
      const parent = task.group === group ? this.tasks.get(task.parentPid) : undefined;
      return parent !== undefined && parent.group !== group;
    });
  }

  /** Ends everything at once, as when a container is killed. */
  kill(status: ExitStatus = { code: 137, signal: 'SIGKILL' }): void {
    this.isOver = true;
    for (const task of this.all().reverse()) task.finish(status);
  }

  viewOf(viewer: Task): ContainerView {
    const { hostname, memoryLimitBytes, cpuLimitMillis } = this.surroundings;
    return {
      hostname,
      memoryLimitBytes,
      cpuLimitMillis,
      processes: () => this.all().map((task) => task.info),
      kill: (pid, signal) => this.signal(viewer, pid, signal),
    };
  }

  /** A parent gets SIGCHLD; orphans become children of process 1; with process 1 all go. */
  ended(task: Task, status: ExitStatus): void {
    this.tasks.delete(task.pid);
    if (this.isOver) return;
    if (task.pid === 1) return this.kill({ code: 137, signal: 'SIGKILL' });
    for (const child of this.tasks.values()) if (child.parentPid === task.pid) child.parentPid = 1;
    this.changed(task);
    void status;
  }

  changed(task: Task): void {
    this.tasks.get(task.parentPid)?.deliver('SIGCHLD');
  }

  private launch(task: Task, program: Program): Task {
    this.tasks.set(task.pid, task);
    void task.run(program);
    return task;
  }

  /** kill(2): a pid, 0 for one's own group, -1 for all but oneself and process 1, -N for group N. */
  private signal(viewer: Task, pid: number, signal: SignalName | 0): void {
    const targets = this.targetsOf(viewer, pid);
    if (targets.length === 0) throw new ProcessError('ESRCH');
    const allowed = targets.filter((task) => viewer.user.uid === 0 || task.user.uid === viewer.user.uid);
    if (allowed.length === 0) throw new ProcessError('EPERM');
    if (signal !== 0) for (const task of allowed) task.deliver(signal);
  }

  private targetsOf(viewer: Task, pid: number): Task[] {
    if (pid > 0) return this.all().filter((task) => task.pid === pid);
    if (pid === -1) return this.all().filter((task) => task.pid !== 1 && task !== viewer);
    const group = pid === 0 ? viewer.group : -pid;
    return this.all().filter((task) => task.group === group);
  }
}

/** EAGAIN of fork(2). */
export class ForkError extends Error {
  override name = 'ForkError';
  override message = 'Resource temporarily unavailable';
}
