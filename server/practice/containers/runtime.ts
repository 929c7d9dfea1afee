import type { Duplex } from 'node:stream';
import type { Volume } from '../filesystem/volume';
import type { ByteReader, ByteWriter, ExitStatus, SignalName } from '../process/program';

/**
 * What the kubelet asks of the machine below it, as a real one asks containerd: images, pod sandboxes, containers and the
 * streams into them. It knows nothing of the API: everything arrives in these options.
 */
export interface ContainerRuntime {
  /** What the registry says of a reference. Rejects with `ImageError`. Takes no time: pace is the kubelet's business. */
  inspect(image: string): ImageFacts;
  createSandbox(options: SandboxOptions): Sandbox;
}

export interface ImageFacts {
  /** The reference in full, `docker.io/library/nginx:1.27`. */
  reference: string;
  /** `…@sha256:…` */
  id: string;
  sizeBytes: number;
  /** What ends its process 1 in good order; SIGTERM where it is not given. */
  stopSignal?: SignalName;
  /** Whom the image's processes run as: `''` or nothing for root, a name, a number, or `user:group`. */
  user?: string;
  /** Set for a box that `--any-image` made up: it runs, but it is not that program. */
  standIn?: boolean;
}

export class ImageError extends Error {
  constructor(
    /** `ErrImagePull` or `InvalidImageName`. */
    readonly reason: 'ErrImagePull' | 'InvalidImageName',
    message: string,
  ) {
    super(message);
    this.name = 'ImageError';
  }
}

export interface SandboxOptions {
  podUid: string;
  namespace: string;
  podName: string;
  hostname: string;
  ip: string;
  nodeName: string;
  /** Content of /etc/hosts and /etc/resolv.conf, made by the kubelet. */
  hosts: string;
  resolvConf: string;
}

export interface Sandbox {
  readonly ip: string;
  /** Rejects with `StartError` when the command is not there or the working directory cannot be entered. */
  start(options: ContainerOptions): Promise<RunningContainer>;
  /** A stream to a port on the pod's own address, for port-forward, probes and the API's proxy. */
  connect(port: number, options?: { timeoutMs?: number }): Promise<Duplex>;
  /** Kills what still runs and gives the address back. */
  remove(): void;
}

export interface ContainerOptions {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env: [name: string, value: string][];
  workingDir?: string;
  stdin: boolean;
  stdinOnce: boolean;
  tty: boolean;
  mounts: VolumeMountOptions[];
  runAsUser?: number;
  runAsGroup?: number;
  supplementalGroups?: number[];
  readOnlyRootFilesystem?: boolean;
  /** A file that the container may leave a last word in, whoever it runs as. */
  terminationMessagePath?: string;
  /** No setuid program lends its owner's rights. */
  noNewPrivileges?: boolean;
  memoryLimitBytes?: number;
  cpuLimitMillis?: number;
}

export interface VolumeMountOptions {
  /** The pod's name for it. */
  volumeName: string;
  volume: Volume;
  path: string;
  subPath?: string;
  readOnly: boolean;
}

/** The container could not be started; `message` is what runc would say. */
export class StartError extends Error {
  override name = 'StartError';
  readonly exitCode = 128;
}

export interface RunningContainer {
  /** 64 hex digits. */
  readonly id: string;
  readonly startedAt: number;
  /** Never rejects. */
  readonly exited: Promise<ContainerExit>;
  readonly log: ContainerLog;
  readonly user: { uid: number; gid: number; supplementalGroups: number[] };
  /** To process 1. SIGKILL ends everything in the container. */
  signal(signal: SignalName): void;
  /** Rejects with `StartError` when the program is not there. */
  exec(options: ExecOptions): Promise<Session>;
  /** Joins the main process' own streams. Output starts from now on; several may be attached at a time. */
  attach(options: AttachOptions): Session;
  /** What the container left at `path` (its termination message), empty when there is none. */
  readFile(path: string): Uint8Array;
}

export interface ContainerExit extends ExitStatus {
  finishedAt: number;
  /** `Completed`, `Error` or `OOMKilled`. */
  reason: 'Completed' | 'Error' | 'OOMKilled';
}

export interface ExecOptions {
  argv: string[];
  stdin: boolean;
  tty: boolean;
  size?: TerminalSize;
}

export interface AttachOptions {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
}

export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A running exec or attach. With a terminal, everything comes on stdout. */
export interface Session {
  readonly stdin: ByteWriter;
  readonly stdout: ByteReader;
  readonly stderr: ByteReader;
  readonly exited: Promise<ExitStatus>;
  resize(size: TerminalSize): void;
  /** The client has gone: hangs up an exec; an attach only lets go. */
  close(): void;
}

export interface ContainerLog {
  /** Lines so far, oldest first, each with the moment it was written and its stream. */
  entries(): readonly LogEntry[];
  /** Calls back for each new entry until the returned function is called. */
  follow(listener: (entry: LogEntry) => void): () => void;
}

export interface LogEntry {
  at: number;
  stream: 'stdout' | 'stderr';
  /** One line without its newline; `partial` when the newline has not come yet. */
  line: Uint8Array;
  partial?: boolean;
}
