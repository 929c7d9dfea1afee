import type { Clock } from '../clock';
import type { Credentials, FileSystem, OpenFlags } from '../filesystem/filesystem';
import type { PodNetwork } from '../network/network';

/**
 * A program a container can run: `ls`, `sh`, `nginx`. It works on bytes, may run for ever, and ends with its exit code.
 * A program that throws `Exit` ends with that code; any other error is a bug and ends it with 134 and a line on stderr.
 */
export type Program = (process: Process) => number | Promise<number>;

/** What a running program may touch, and nothing else: there is no way from here to the host. */
export interface Process {
  readonly pid: number;
  readonly parentPid: number;
  /** argv[0] included. */
  readonly argv: readonly string[];
  readonly env: Map<string, string>;
  cwd: string;
  readonly user: Credentials & { name: string };
  readonly stdin: ByteReader;
  readonly stdout: ByteWriter;
  readonly stderr: ByteWriter;
  /** Further open descriptors (3 and up), inherited from the shell. */
  readonly descriptors: ReadonlyMap<number, ByteReader | ByteWriter>;
  readonly files: FileSystem;
  readonly network: PodNetwork;
  readonly clock: Clock;
  /** The controlling terminal, when there is one. */
  readonly terminal?: Terminal;
  readonly container: ContainerView;
  /** Aborts when the process is killed. Every await in a program should end with it. */
  readonly killed: AbortSignal;
  /**
   * Handles a signal instead of its default action. As process 1, an unhandled SIGTERM or SIGINT is ignored, as Linux
   * does. SIGKILL and SIGSTOP cannot be handled.
   */
  onSignal(signal: SignalName, handler: (() => void) | 'ignore' | 'default'): void;
  /**
   * Starts a child. It gets duplicates of the streams given (or of this process' own): close yours when you are done
   * with them. Rejects with `ExecError` when there is no such program (127) or it may not be run (126).
   */
  spawn(argv: readonly string[], options?: SpawnOptions): Promise<ChildProcess>;
  /** Permission bits that files made by this process lack; children inherit it. */
  umask: number;
  /**
   * Opens a path as a stream, as a redirection does: files, devices, FIFOs, terminals and /dev/stdin, /proc/PID/fd/N,
   * which `files` cannot wait for. Throws `FileSystemError`. Close it when done.
   */
  open(path: string, flags: OpenFlags): ByteStream;
  /** Starts a child that runs `program` rather than a file, with this process' argv: a shell's subshell. */
  fork(program: Program, options?: SpawnOptions): ChildProcess;
  /**
   * execve: this process becomes another program and keeps its pid, environment, folder and descriptors unless
   * `options` change them. The caller must return the code at once. Rejects with `ExecError` and is then unchanged.
   */
  exec(argv: readonly string[], options?: SpawnOptions): Promise<number>;
  /** A cooperative turn: a program that computes for long must await this now and then; it throttles greedy pods. */
  yield(): Promise<void>;
}

export interface SpawnOptions {
  env?: Map<string, string>;
  cwd?: string;
  stdin?: ByteReader;
  stdout?: ByteWriter;
  stderr?: ByteWriter;
  descriptors?: Map<number, ByteReader | ByteWriter>;
  /** Joins this process group instead of the parent's; 0 opens a new one. */
  group?: number;
  /** Signals the child ignores from its start, as a shell's background jobs do with SIGINT. */
  ignoredSignals?: readonly SignalName[];
}

export interface ChildProcess {
  readonly pid: number;
  readonly group: number;
  /** Never rejects. `signal` is set when a signal ended it; the shell then reports 128 + its number. */
  readonly exited: Promise<ExitStatus>;
  signal(signal: SignalName): void;
  /** Calls back when it is stopped (SIGTSTP, SIGSTOP) or goes on, until the returned function is called. */
  onStateChange(listener: (state: 'stopped' | 'running') => void): () => void;
}

export interface ExitStatus {
  code: number;
  signal?: SignalName;
  /** It never ran: why, in the words of whoever could not start it. */
  failure?: string;
}

/** The container around the process: what `ps`, `kill`, `hostname` and `mount` need. */
export interface ContainerView {
  readonly hostname: string;
  processes(): ProcessInfo[];
  /** Throws ESRCH-like `ProcessError` for a pid that is not there, EPERM for one of another user. */
  kill(pid: number, signal: SignalName | 0): void;
  readonly memoryLimitBytes?: number;
  readonly cpuLimitMillis?: number;
}

export interface ProcessInfo {
  pid: number;
  parentPid: number;
  group: number;
  user: string;
  uid: number;
  argv: readonly string[];
  startedAt: number;
  state: 'R' | 'S' | 'T' | 'Z';
  terminal?: string;
}

export interface ByteReader {
  /**
   * The next bytes, at most `max`; null at the end. Resolves with null as well when the reader is closed or `signal`
   * aborts, without having taken anything.
   */
  read(max?: number, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** Whether it is a terminal (isatty). */
  readonly isTerminal?: boolean;
  /** Tells the writer that nobody will read on (EPIPE for it). */
  close(): void;
}

export interface ByteWriter {
  /** Resolves when there is room for more; rejects with `BrokenPipe` when the reader has gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** The end of the stream. Writing after it is an error. */
  close(): void;
  /** Whether it is a terminal (isatty). */
  readonly isTerminal?: boolean;
}

export type ByteStream = ByteReader & ByteWriter;

export class BrokenPipe extends Error {
  override name = 'BrokenPipe';
}

/** Thrown by a program to end with a code from anywhere in it. */
export class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
    this.name = 'Exit';
  }
}

export class ExecError extends Error {
  constructor(
    readonly code: 126 | 127,
    readonly argv0: string,
    /** As the kernel or runc would put it: `No such file or directory`, `Permission denied`. */
    readonly reason: string,
  ) {
    super(`${argv0}: ${reason}`);
    this.name = 'ExecError';
  }
}

/** kill(2) failed: there is no such process, or it is another user's. */
export class ProcessError extends Error {
  constructor(readonly code: 'ESRCH' | 'EPERM') {
    super(code === 'ESRCH' ? 'No such process' : 'Operation not permitted');
    this.name = 'ProcessError';
  }
}

/** A terminal (pty) as the programs behind it see it. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  /** Raw mode gives each key as it is typed and leaves echo and line editing to the program. */
  setRaw(raw: boolean): void;
  /** Without echo a line is still edited, but not seen: for passwords. */
  setEcho(echo: boolean): void;
  onResize(handler: () => void): () => void;
  /** The group that Ctrl-C reaches. */
  foregroundGroup: number;
}

export type SignalName =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGQUIT'
  | 'SIGILL'
  | 'SIGTRAP'
  | 'SIGABRT'
  | 'SIGBUS'
  | 'SIGFPE'
  | 'SIGKILL'
  | 'SIGUSR1'
  | 'SIGSEGV'
  | 'SIGUSR2'
  | 'SIGPIPE'
  | 'SIGALRM'
  | 'SIGTERM'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGSTOP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGWINCH';

export const signalNumbers: Record<SignalName, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGWINCH: 28,
};
