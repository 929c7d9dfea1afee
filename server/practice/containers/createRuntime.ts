import type { Clock } from '../clock';
import type { LayerDirectory } from '../filesystem/inode';
import type { MountedFiles } from '../filesystem/mountedFiles';
import type { StorageBudget } from '../filesystem/tree';
import type { Ids } from '../ids';
import type { Image, ImageRegistry } from '../images/image';
import type { ClusterNetwork, PodNetwork } from '../network/network';
import { CpuScheduler } from '../process/cpu';
import type { ProgramName } from '../process/loader';
import { ProcessTable } from '../process/table';
import { resolveUser } from './accounts';
import type { ResolvedUser } from './accounts';
import { Container } from './container';
import { containerFiles, createFailed } from './containerFiles';
import { layerOf } from './imageLayer';
import { podAddressOf } from './podAddress';
import { StartError } from './runtime';
import type { ContainerOptions, ContainerRuntime, RunningContainer, Sandbox, SandboxOptions } from './runtime';

export interface ContainerRuntimeOptions {
  images: ImageRegistry;
  network: ClusterNetwork;
  clock: Clock;
  ids: Ids;
  /** Shared with others that run programs; by default one of its own. */
  scheduler?: CpuScheduler;
  /** What all containers' own layers together may hold in memory. */
  layerBudgetBytes?: number;
}

const defaultLayerBudgetBytes = 2 ** 30;

/**
 * Containers without a kernel: files, processes and streams are simulated, and the programs are the image's. Not simulated:
 * memory limits (nothing is OOMKilled), CPU limits of single containers, namespaces and capabilities beyond uid 0, seccomp.
 */
export function createContainerRuntime(options: ContainerRuntimeOptions): ContainerRuntime {
  const machine = new Machine(options);
  return {
    inspect: (reference) => {
      const { facts, stopSignal, user } = options.images.find(reference);
      return { ...facts, stopSignal, user };
    },
    createSandbox: (sandbox) => new PodSandbox(machine, sandbox),
  };
}

class Machine {
  readonly scheduler: CpuScheduler;
  readonly budget: StorageBudget;
  readonly bootedAt: number;
  private readonly layers = new WeakMap<Image, LayerDirectory>();
  private readonly known = new Map<string, Image>();

  constructor(readonly options: ContainerRuntimeOptions) {
    this.scheduler = options.scheduler ?? new CpuScheduler({ clock: options.clock });
    this.budget = { limitBytes: options.layerBudgetBytes ?? defaultLayerBudgetBytes, usedBytes: 0 };
    this.bootedAt = options.clock.now();
  }

  image(reference: string): { image: Image; layer: LayerDirectory } {
    const image = this.options.images.find(reference);
    this.known.set(image.facts.reference, image);
    const layer = this.layers.get(image) ?? layerOf(image);
    this.layers.set(image, layer);
    return { image, layer };
  }

  /** A binary copied into a volume may be of an image that has not run since the cluster was started. */
  program(name: ProgramName) {
    try {
      return (this.known.get(name.image) ?? this.options.images.find(name.image)).programs.get(name.path);
    } catch {
      return undefined;
    }
  }

  readonly now = (): number => this.options.clock.now();

  readonly randomBytes = (length: number): Uint8Array => Buffer.from(this.options.ids.hex(length * 2), 'hex');
}

class PodSandbox implements Sandbox {
  readonly ip: string;
  private readonly network: PodNetwork;
  private readonly tables = new Set<ProcessTable>();
  private isRemoved = false;

  constructor(
    private readonly machine: Machine,
    private readonly options: SandboxOptions,
  ) {
    this.ip = options.ip;
    this.network = machine.options.network.attach(podAddressOf(options));
  }

  async start(options: ContainerOptions): Promise<RunningContainer> {
    if (this.isRemoved) throw new StartError(`sandbox of pod ${this.options.podName} is gone`);
    const { clock, ids } = this.machine.options;
    const { image, layer } = this.machine.image(options.image);
    const { mounts, readOnlyRootFilesystem, terminationMessagePath } = options;
    // /proc shows the processes of a table that in turn needs these files.
    const late: { table?: ProcessTable } = {};
    const own = containerFiles({
      layer,
      sandbox: this.options,
      // Not all of them: these are held for as long as the container is.
      container: { mounts, readOnlyRootFilesystem, terminationMessagePath },
      budget: this.machine.budget,
      now: this.machine.now,
      random: this.machine.randomBytes,
      bootedAt: this.machine.bootedAt,
      processes: () => late.table,
    });
    const { files } = own;
    const table = this.newTable(files, options);
    late.table = table;
    const argv = argvOf(image, options);
    const { user, home } = userOf(files, image, options);
    const folder = options.workingDir || image.workingDir || '/';
    const isFolderNew = makeFolder(files, folder);
    const cwd = enterFolder(files, folder);
    const env = environmentOf(image, options, this.options.hostname, home);
    const { stdin, stdinOnce, tty } = options;
    const container = new Container({ clock, ids, table, own, user, env, cwd, argv, stdin, stdinOnce, tty });
    // Before its first process has had a turn.
    if (!isFolderNew) own.rest();
    this.tables.add(table);
    void container.exited.then(() => this.tables.delete(table));
    return container;
  }

  connect(port: number, options?: { timeoutMs?: number }) {
    return this.machine.options.network.connect(this.ip, port, options);
  }

  remove(): void {
    if (this.isRemoved) return;
    this.isRemoved = true;
    for (const table of this.tables) table.kill();
    this.network.detach();
  }

  private newTable(files: MountedFiles, options: ContainerOptions): ProcessTable {
    return new ProcessTable({
      hostname: this.options.hostname,
      clock: this.machine.options.clock,
      scheduler: this.machine.scheduler,
      network: this.network,
      files,
      programs: (name) => this.machine.program(name),
      memoryLimitBytes: options.memoryLimitBytes,
      cpuLimitMillis: options.cpuLimitMillis,
      noNewPrivileges: options.noNewPrivileges,
    });
  }
}

/** `command` replaces the image's entrypoint and with it the image's command; `args` replaces the command alone. */
function argvOf(image: Image, options: ContainerOptions): string[] {
  const hasCommand = options.command !== undefined && options.command.length > 0;
  const hasArgs = options.args !== undefined && options.args.length > 0;
  const command = hasCommand ? (options.command ?? []) : image.entrypoint;
  const args = hasArgs ? (options.args ?? []) : hasCommand ? [] : image.command;
  const argv = [...command, ...args];
  if (argv.length === 0) throw new StartError('failed to generate container spec: no command specified');
  return argv;
}

function userOf(files: MountedFiles, image: Image, options: ContainerOptions): ResolvedUser {
  try {
    return resolveUser(files, { ...options, image: image.user });
  } catch (error) {
    throw new StartError(
      `failed to generate container spec: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** runc makes a working directory that is not there. Says whether it had to. */
function makeFolder(files: MountedFiles, path: string): boolean {
  if (files.exists(path)) return false;
  try {
    files.mkdir(path, { recursive: true });
    return true;
  } catch {
    throw new StartError(`${createFailed}mkdir ${path}: file exists: unknown`);
  }
}

function enterFolder(files: MountedFiles, path: string): string {
  if (files.stat(path).type !== 'directory')
    throw new StartError(`${createFailed}chdir to cwd ("${path}") set in config.json failed: not a directory: unknown`);
  return files.realpath(path);
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function environmentOf(image: Image, options: ContainerOptions, hostname: string, home: string): Map<string, string> {
  const env = new Map<string, string>([
    ['PATH', defaultPath],
    ['HOSTNAME', hostname],
  ]);
  if (options.tty) env.set('TERM', 'xterm');
  for (const [name, value] of image.env) env.set(name, value);
  for (const [name, value] of options.env) env.set(name, value);
  if (!env.has('HOME')) env.set('HOME', home);
  return env;
}
