import { FileSystemError } from '../filesystem/filesystem';
import type { Inode, LayerDirectory } from '../filesystem/inode';
import { MountedFiles } from '../filesystem/mountedFiles';
import { MountTable } from '../filesystem/mounts';
import type { MountEntry, Mounts } from '../filesystem/mounts';
import { Tree } from '../filesystem/tree';
import type { StorageBudget } from '../filesystem/tree';
import { TreeVolume } from '../filesystem/volumeStore';
import { walk } from '../filesystem/walk';
import { StartError } from './runtime';
import type { ContainerOptions, SandboxOptions, VolumeMountOptions } from './runtime';
import { deviceTree } from './devices';
import { fillProc } from './proc';
import type { ProcOptions } from './proc';

export interface ContainerFilesOptions {
  layer: LayerDirectory;
  sandbox: SandboxOptions;
  container: Pick<ContainerOptions, 'mounts' | 'readOnlyRootFilesystem' | 'terminationMessagePath'>;
  budget: StorageBudget;
  now: () => number;
  random: (length: number) => Uint8Array;
  bootedAt: number;
  processes: ProcOptions['processes'];
}

const asRoot = { uid: 0, gid: 0, groups: [0] };
const nodeDisk = { source: '/dev/vda1', type: 'ext4' };

export interface ContainerFiles {
  /** As root sees them. */
  files: MountedFiles;
  /** To be called while nobody has changed or opened anything: what was made to see that it can be is made again when needed. */
  rest(): void;
  /** Whether nobody has looked at a file since then. */
  areUntouched(): boolean;
  discard(): void;
}

/**
 * The files of one container: the image's layer with its own above, /dev, /proc, and the volumes. Throws `StartError` when they
 * cannot be put together.
 */
export function containerFiles(options: ContainerFilesOptions): ContainerFiles {
  const byDepth = [...options.container.mounts].sort((a, b) => depthOf(a.path) - depthOf(b.path));
  // Found once: a subPath stays what it was, whatever becomes of its name in the volume.
  const volumes = byDepth.map(volumeMount);
  const madeAt = options.now();
  const mounts = new MountsOnDemand(() => assemble(options, volumes, madeAt));
  const files = new MountedFiles({ table: mounts, ...asRunc(options) });
  mounts.all();
  return {
    files,
    rest: () => mounts.forget(),
    areUntouched: () => !mounts.areMade,
    discard: () => mounts.discard(),
  };
}

/**
 * Thousands of containers rest in one program and never look at a file: their trees would take more memory than all else of
 * them.
 */
class MountsOnDemand implements Mounts {
  private made: Mounts | undefined;

  constructor(private readonly make: () => Mounts) {}

  get root(): MountEntry {
    return this.now().root;
  }

  on(inode: Inode): MountEntry | undefined {
    return this.now().on(inode);
  }

  all(): readonly MountEntry[] {
    return this.now().all();
  }

  get areMade(): boolean {
    return this.made !== undefined;
  }

  forget(): void {
    this.made = undefined;
  }

  /** What was never made, or is at rest, holds nothing. */
  discard(): void {
    this.made?.root.tree.discard();
  }

  private now(): Mounts {
    return (this.made ??= this.make());
  }
}

function asRunc({ random }: ContainerFilesOptions) {
  return { credentials: asRoot, umask: () => 0o022, randomBytes: random };
}

function assemble(options: ContainerFilesOptions, volumes: MountEntry[], madeAt: number): Mounts {
  const { layer, container, budget } = options;
  // Put together again, it is as old as it was.
  let isMade = false;
  const now = () => (isMade ? options.now() : madeAt);
  const own = new Tree({ device: 1, now, budget, root: { lower: layer } });
  const root: MountEntry = {
    path: '/',
    root: own.root,
    tree: own,
    source: 'overlay',
    type: 'overlay',
    readOnly: false,
  };
  const table = new MountTable(root);
  const files = new MountedFiles({ table, ...asRunc(options) });
  mountSystem({ ...options, now }, table, files);
  for (const volume of volumes) mount(table, files, volume);
  root.readOnly = container.readOnlyRootFilesystem ?? false;
  isMade = true;
  return table;
}

function depthOf(path: string): number {
  return path.split('/').filter((part) => part !== '').length;
}

function mountSystem(options: ContainerFilesOptions, table: MountTable, files: MountedFiles): void {
  const { now, sandbox } = options;
  const proc = new Tree({ device: 2, now, root: { mode: 0o555 } });
  fillProc({ ...options, tree: proc, mounts: table, hostname: sandbox.hostname });
  const dev = deviceTree(now);
  const sys = new Tree({ device: 4, now, root: { mode: 0o555 } });
  mount(table, files, { path: '/proc', tree: proc, root: proc.root, source: 'proc', type: 'proc', readOnly: false });
  const deviceBytes = 64 * 2 ** 20;
  const devices = { source: 'tmpfs', type: 'tmpfs', readOnly: false, totalBytes: deviceBytes };
  mount(table, files, { path: '/dev', tree: dev, root: dev.root, ...devices });
  mount(table, files, { path: '/sys', tree: sys, root: sys.root, source: 'sysfs', type: 'sysfs', readOnly: true });
  const pod = new Tree({ device: 5, now });
  const texts: [path: string, text: string][] = [
    ['/etc/hosts', sandbox.hosts],
    ['/etc/hostname', `${sandbox.hostname}\n`],
    ['/etc/resolv.conf', sandbox.resolvConf],
  ];
  const mountFile = (path: string, name: string, text: string, mode: number) => {
    const inode = pod.create(pod.root, name, { type: 'file', mode, uid: 0, gid: 0 });
    if (inode.type === 'file') pod.write(inode, 0, Buffer.from(text));
    mount(table, files, { path, tree: pod, root: inode, ...nodeDisk, readOnly: false });
  };
  for (const [path, text] of texts) mountFile(path, path.slice(5), text, 0o644);
  const last = options.container.terminationMessagePath;
  if (last) mountFile(last, 'termination-log', '', 0o666);
}

function volumeMount(options: VolumeMountOptions): MountEntry {
  const { volume, volumeName, path, subPath } = options;
  if (!(volume instanceof TreeVolume)) throw new TypeError(`volume ${volume.id} is not one of this store`);
  const { tree } = volume;
  const root = subPath ? insideVolume(volume, subPath) : tree.root;
  const readOnly = options.readOnly || volume.readOnly;
  const source = volume.inMemory ? { source: 'tmpfs', type: 'tmpfs' } : nodeDisk;
  return { path, tree, root, ...source, readOnly, volumeName };
}

/** A subPath is looked up inside the volume only: links and `..` cannot lead out of it. A missing folder is made. */
function insideVolume(volume: TreeVolume, subPath: string): Inode {
  const { tree } = volume;
  const table = new MountTable({ path: '/', root: tree.root, tree, source: '', type: '', readOnly: false });
  const files = new MountedFiles({ table, credentials: asRoot, umask: () => 0, randomBytes: () => new Uint8Array(0) });
  const path = `/${subPath}`;
  makeLikeRoot(files, subPath, tree.root.mode);
  const { inode } = walk(table, asRoot, path, { follow: true });
  if (!inode) throw new StartError(`failed to create subPath directory for volumeMount "${subPath}"`);
  return inode;
}

/** Missing folders get the mode of the volume's root, special bits and all (SafeMakeDir of pkg/volume/util/subpath). */
function makeLikeRoot(files: MountedFiles, subPath: string, mode: number): void {
  let path = '';
  for (const part of subPath.split('/').filter((name) => name !== '')) {
    path += `/${part}`;
    if (!files.exists(path)) files.mkdir(path, { mode });
  }
}

function mount(table: MountTable, files: MountedFiles, entry: MountEntry): void {
  try {
    if (!files.exists(entry.path)) makeMountPoint(files, entry);
    const { inode } = walk(table, asRoot, entry.path, { follow: true });
    if (!inode) throw new FileSystemError('ENOENT', entry.path);
    if ((inode.type === 'directory') !== (entry.root.type === 'directory'))
      throw new FileSystemError('ENOTDIR', entry.path);
    table.add(inode, { ...entry, path: files.realpath(entry.path) });
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    const words = `error mounting "${entry.source}" to rootfs at "${entry.path}": ${error.reason.toLowerCase()}`;
    throw new StartError(`${createFailed}${words}: unknown`);
  }
}

export const createFailed =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
  'unable to start container process: error during container init: ';

function makeMountPoint(files: MountedFiles, entry: MountEntry): void {
  if (entry.root.type === 'directory') return files.mkdir(entry.path, { recursive: true });
  files.mkdir(entry.path.replace(/\/[^/]*$/, '') || '/', { recursive: true });
  files.writeFile(entry.path, new Uint8Array(0));
}
