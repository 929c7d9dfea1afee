import type { Clock } from '../clock';
import type { Ids } from '../ids';
import { createPipe } from '../process/pipe';
import { ExecError } from '../process/program';
import type { ExitStatus, Process, SignalName } from '../process/program';
import { Pty } from '../process/pty';
import type { Handle } from '../process/stream';
import type { ProcessTable } from '../process/table';
import type { Task } from '../process/task';
import { createFailed, type ContainerFiles } from './containerFiles';
import { BoundedLog } from './containerLog';
import { closedInput, nothing, pipeStreams, terminalInput, terminalStreams } from './containerStreams';
import type { Attachment, ContainerStreams } from './containerStreams';
import { StartError } from './runtime';
import type { AttachOptions, ContainerExit, ExecOptions, RunningContainer, Session } from './runtime';

export interface ContainerParts {
  clock: Clock;
  ids: Ids;
  table: ProcessTable;
  own: ContainerFiles;
  user: Process['user'];
  env: Map<string, string>;
  cwd: string;
  argv: readonly string[];
  stdin: boolean;
  stdinOnce: boolean;
  tty: boolean;
}

/** A container from the start of its process 1 to its end, and the streams into it. */
export class Container implements RunningContainer {
  readonly id: string;
  readonly startedAt: number;
  readonly log: BoundedLog;
  readonly exited: Promise<ContainerExit>;
  private readonly streams: ContainerStreams;
  private readonly main: Task;
  private hasEnded = false;

  /** Throws `StartError`. */
  constructor(private readonly parts: ContainerParts) {
    const { clock, table, argv, env, cwd, user } = parts;
    this.id = parts.ids.hex(64);
    this.log = new BoundedLog(clock);
    this.streams = parts.tty
      ? terminalStreams(this.log, (group, signal) => table.signalGroup(group, signal))
      : pipeStreams(this.log, parts.stdin);
    const { handles, terminal } = this.streams;
    try {
      this.main = table.enter({ argv, env, cwd, user, handles, terminal });
    } catch (error) {
      throw startError(error, createFailed);
    }
    this.startedAt = clock.now();
    this.exited = this.watch();
  }

  get user() {
    const { uid, gid, groups } = this.parts.user;
    return { uid, gid, supplementalGroups: groups };
  }

  signal(signal: SignalName): void {
    if (signal === 'SIGKILL') this.parts.table.kill();
    else this.main.deliver(signal, true);
  }

  async exec(options: ExecOptions): Promise<Session> {
    if (this.hasEnded) throw new StartError(`container not running (${this.id})`);
    return options.tty ? this.execOnTerminal(options) : this.execOnPipes(options);
  }

  attach(options: AttachOptions): Session {
    const { terminal, attachments, stdin } = this.streams;
    const stdout = createPipe();
    const stderr = createPipe();
    const attachment: Attachment = {
      stdout: options.stdout ? stdout.writer : undefined,
      stderr: options.stderr ? stderr.writer : undefined,
    };
    if (this.hasEnded || !attachment.stdout) stdout.writer.close();
    if (this.hasEnded || !attachment.stderr) stderr.writer.close();
    if (!this.hasEnded) attachments.add(attachment);
    const close = () => {
      attachments.delete(attachment);
      stdout.reader.close();
      stderr.reader.close();
    };
    let letGo = () => {};
    const detached = new Promise<void>((resolve) => (letGo = resolve));
    const endInput = () => {
      if (this.parts.stdinOnce && !terminal) return stdin.close();
      // Else the container's input stays open for the next who attaches, and who has no more to say is let go (Attach of containerd's
      // internal/cri/io/container_io.go): a client that pipes something in would never come back.
      attachments.delete(attachment);
      stdout.writer.close();
      stderr.writer.close();
      letGo();
    };
    const input = { write: (bytes: Uint8Array) => stdin.write(bytes), close: endInput };
    return {
      stdin: options.stdin && stdin !== nothing ? input : nothing,
      stdout: stdout.reader,
      stderr: stderr.reader,
      // An attachment ends well however the container does: its exit code is read from the pod's status, and a client that
      // got it here would believe that attaching had failed.
      exited: Promise.race([this.exited, detached]).then(() => ({ code: 0 })),
      resize: ({ columns, rows }) => terminal?.resize(columns, rows),
      close,
    };
  }

  readFile(path: string): Uint8Array {
    const { own } = this.parts;
    if (own.areUntouched()) return new Uint8Array(0);
    try {
      return own.files.readFile(path);
    } catch {
      return new Uint8Array(0);
    }
  }

  private execOnPipes(options: ExecOptions): Session {
    const input = options.stdin ? createPipe() : undefined;
    const stdout = createPipe();
    const stderr = createPipe();
    const handles = new Map<number, Handle>([
      [0, input?.reader ?? closedInput()],
      [1, stdout.writer],
      [2, stderr.writer],
    ]);
    const task = this.enter(options, handles);
    const close = () => {
      input?.writer.close();
      stdout.reader.close();
      stderr.reader.close();
    };
    const { reader } = stdout;
    return {
      stdin: input?.writer ?? nothing,
      stdout: reader,
      stderr: stderr.reader,
      exited: task.exited,
      resize: () => undefined,
      close,
    };
  }

  private execOnTerminal(options: ExecOptions): Session {
    const { table } = this.parts;
    const { columns, rows } = options.size ?? { columns: 80, rows: 24 };
    const terminal = new Pty({ columns, rows, signalGroup: (group, signal) => table.signalGroup(group, signal) });
    const handles = new Map([0, 1, 2].map((fd) => [fd, terminal.open()]));
    const task = this.enter(options, handles, terminal);
    void task.exited.then(() => terminal.finish());
    const close = () => {
      terminal.hangUp();
      table.signalGroup(terminal.foregroundGroup, 'SIGHUP');
      if (terminal.foregroundGroup !== task.group) task.deliver('SIGHUP');
    };
    return {
      stdin: options.stdin ? terminalInput(terminal) : nothing,
      stdout: { read: (max = 65536, signal) => terminal.output(max, signal), close: () => terminal.hangUp() },
      stderr: nothing,
      exited: task.exited,
      resize: (size) => terminal.resize(size.columns, size.rows),
      close,
    };
  }

  private enter(options: ExecOptions, handles: Map<number, Handle>, terminal?: Pty): Task {
    const { table, cwd, user } = this.parts;
    const env = new Map(this.parts.env);
    if (options.tty) env.set('TERM', env.get('TERM') ?? 'xterm');
    try {
      return table.enter({ argv: options.argv, env, cwd, user, handles, terminal });
    } catch (error) {
      throw startError(error, 'OCI runtime exec failed: exec failed: unable to start container process: ');
    }
  }

  private async watch(): Promise<ContainerExit> {
    const status: ExitStatus = await this.main.exited;
    const finishedAt = this.parts.clock.now();
    this.hasEnded = true;
    this.streams.finish();
    await this.streams.drained();
    this.log.finish();
    this.parts.own.discard();
    return { ...status, finishedAt, reason: status.code === 0 ? 'Completed' : 'Error' };
  }
}

function startError(error: unknown, prefix: string): StartError {
  if (error instanceof StartError) return error;
  if (!(error instanceof ExecError)) throw error;
  return new StartError(`${prefix}${execWords(error)}: unknown`);
}

/** As Go's os/exec and runc put it. */
function execWords(error: ExecError): string {
  const name = JSON.stringify(error.argv0);
  if (error.reason === 'Exec format error') return `exec ${error.argv0}: exec format error`;
  if (error.code === 127 && !error.argv0.includes('/')) return `exec: ${name}: executable file not found in $PATH`;
  if (error.reason.includes('bad interpreter')) return `exec ${error.argv0}: no such file or directory`;
  const path = error.argv0.includes('/') && error.code === 127 ? `stat ${error.argv0}: ` : '';
  return `exec: ${name}: ${path}${error.reason.toLowerCase()}`;
}
