import { Content } from './content';
import { FileSystemError } from './filesystem';
import type { DeviceName, DirectoryInode, FileInode, Inode, LayerDirectory, LayerNode } from './inode';
import { Device, Directory, Fifo, File, Symlink, type Owned } from './inodes';
import type { Change } from './journal';

/** How many bytes the files of several trees may hold together: everything lies in this process' memory. */
export interface StorageBudget {
  readonly limitBytes: number;
  usedBytes: number;
}

export interface TreeOptions {
  device: number;
  now: () => number;
  /** Undefined: no quota of its own. */
  capacityBytes?: number;
  budget?: StorageBudget;
  /** Called with each change before it is made; when it throws, nothing has changed. */
  journal?: (change: Change, bytes?: Uint8Array) => void;
  root?: { mode?: number; uid?: number; gid?: number; lower?: LayerDirectory };
}

export type NewInode = { mode: number; uid: number; gid: number } & (
  | { type: 'file' | 'directory' | 'fifo' }
  | { type: 'symlink'; target: string }
  | { type: 'character'; device: DeviceName }
);

export interface AttributeChange {
  mode?: number;
  uid?: number;
  gid?: number;
  atimeMs?: number;
  mtimeMs?: number;
}

/** The largest file: beyond it no buffer of this process could hold it. */
const largestFile = 2 ** 31 - 1;

/**
 * One filesystem: inodes below a root, a quota, and a journal that hears of every change first. It checks neither
 * permissions nor paths; that is `MountedFiles`' part.
 */
export class Tree {
  readonly root: DirectoryInode;
  usedBytes = 0;
  /** Undefined: no quota of its own. A volume that is expanded gets a new one. */
  capacityBytes?: number;
  private next = 2;
  private readonly madeAt: number;

  constructor(private readonly options: TreeOptions) {
    const root = options.root ?? {};
    this.madeAt = options.now();
    this.capacityBytes = options.capacityBytes;
    this.root = this.directory(1, { mode: root.mode ?? 0o755, uid: root.uid ?? 0, gid: root.gid ?? 0 }, root.lower);
    this.root.links = 2;
  }

  get device(): number {
    return this.options.device;
  }

  lookup(folder: DirectoryInode, name: string): Inode | undefined {
    this.fill(folder);
    if (folder.generated) return folder.generated.lookup(name);
    const entry = folder.entries.get(name);
    if (entry !== undefined) return entry ?? undefined;
    const below = folder.lower?.entries.get(name);
    if (!below) return undefined;
    const raised = this.raise(below);
    folder.entries.set(name, raised);
    return raised;
  }

  names(folder: DirectoryInode): string[] {
    this.fill(folder);
    if (folder.generated) return folder.generated.names();
    const names: string[] = [];
    for (const name of folder.lower?.entries.keys() ?? []) if (folder.entries.get(name) !== null) names.push(name);
    for (const [name, inode] of folder.entries) if (inode && !folder.lower?.entries.has(name)) names.push(name);
    return names;
  }

  isEmpty(folder: DirectoryInode): boolean {
    return this.names(folder).length === 0;
  }

  create(folder: DirectoryInode, name: string, init: NewInode, number = this.next): Inode {
    this.requireChangeable(folder, name);
    const at = this.options.now();
    this.options.journal?.({ do: 'create', in: folder.number, name, inode: number, at, ...init });
    this.next = Math.max(this.next, number + 1);
    const inode = this.make(number, init);
    folder.entries.set(name, inode);
    if (inode.type === 'directory') {
      inode.links = 2;
      folder.links++;
    }
    this.touch(folder, at);
    return inode;
  }

  link(inode: Inode, folder: DirectoryInode, name: string): void {
    this.requireChangeable(folder, name);
    const at = this.options.now();
    this.options.journal?.({ do: 'link', inode: inode.number, in: folder.number, name, at });
    folder.entries.set(name, inode);
    inode.links++;
    inode.ctimeMs = at;
    this.touch(folder, at);
  }

  /** Removes a name; the inode goes with its last name and its last open file. */
  remove(folder: DirectoryInode, name: string): void {
    this.requireChangeable(folder, name);
    const at = this.options.now();
    this.options.journal?.({ do: 'remove', in: folder.number, name, at });
    this.detach(folder, name, at);
  }

  /** Moves a name, replacing what is at the new one. The caller has checked that this is allowed. */
  rename(from: DirectoryInode, name: string, to: DirectoryInode, newName: string): void {
    this.requireChangeable(from, name);
    this.requireChangeable(to, newName);
    const inode = this.lookup(from, name);
    if (!inode) throw new FileSystemError('ENOENT', name);
    const at = this.options.now();
    this.options.journal?.({ do: 'rename', in: from.number, name, to: to.number, newName, at });
    if (this.lookup(to, newName)) this.detach(to, newName, at);
    this.forget(from, name);
    to.entries.set(newName, inode);
    inode.ctimeMs = at;
    if (inode.type === 'directory' && from !== to) {
      from.links--;
      to.links++;
    }
    this.touch(from, at);
    this.touch(to, at);
  }

  setAttributes(inode: Inode, change: AttributeChange): void {
    const at = this.options.now();
    this.options.journal?.({ do: 'attributes', inode: inode.number, at, ...change });
    Object.assign(inode, change);
    inode.ctimeMs = at;
  }

  /** With `replace` the file holds only these bytes afterwards. Throws ENOSPC and EFBIG before anything changes. */
  write(inode: FileInode, position: number, bytes: Uint8Array, replace = false): void {
    const end = position + bytes.length;
    const size = replace ? end : Math.max(inode.content.size, end);
    this.requireRoom(inode, size);
    const at = this.options.now();
    if (inode.links > 0) this.options.journal?.({ do: 'write', inode: inode.number, position, at, replace }, bytes);
    if (replace) inode.content.truncate(0);
    inode.content.write(position, bytes);
    this.charge(inode);
    inode.mtimeMs = inode.ctimeMs = at;
  }

  /**
   * The file holds these bytes, which stay the caller's and must not change: many trees may show the same. For trees that
   * have no journal.
   */
  show(inode: FileInode, bytes: Uint8Array): void {
    this.requireRoom(inode, bytes.length);
    inode.content = Content.sharing(bytes);
    this.charge(inode);
    inode.mtimeMs = inode.ctimeMs = this.options.now();
  }

  truncate(inode: FileInode, size: number): void {
    this.requireRoom(inode, size);
    const at = this.options.now();
    if (inode.links > 0) this.options.journal?.({ do: 'truncate', inode: inode.number, size, at });
    inode.content.truncate(size);
    this.charge(inode);
    inode.mtimeMs = inode.ctimeMs = at;
  }

  opened(inode: Inode): void {
    inode.opened++;
  }

  closed(inode: Inode): void {
    inode.opened--;
    this.release(inode);
  }

  /** Gives back what its files take of the shared budget. */
  discard(): void {
    this.account(-this.usedBytes);
  }

  /** An inode that has no name yet: for /proc, and for the journal's reader. */
  make(number: number, init: NewInode): Inode {
    const at = this.options.now();
    if (init.type === 'directory') return this.directory(number, init);
    if (init.type === 'file') return new File(this, number, init, at, Content.empty());
    if (init.type === 'symlink') return new Symlink(this, number, init, at, init.target);
    if (init.type === 'character') return new Device(this, number, init, at, init.device);
    return new Fifo(this, number, init, at);
  }

  newNumber(): number {
    return this.next++;
  }

  private fill(folder: DirectoryInode): void {
    const { fill } = folder;
    if (!fill) return;
    folder.fill = undefined;
    fill();
  }

  private raise(node: LayerNode): Inode {
    const number = this.next++;
    const at = node.mtimeMs ?? this.madeAt;
    if (node.type === 'file') return new File(this, number, node, at, Content.sharing(node.bytes));
    if (node.type === 'symlink') return new Symlink(this, number, node, at, node.target);
    if (node.type === 'character') return new Device(this, number, node, at, node.device);
    const folder = new Directory(this, number, node, at, node);
    folder.links = 2;
    for (const child of node.entries.values()) if (child.type === 'directory') folder.links++;
    return folder;
  }

  private directory(number: number, owned: Owned, lower?: LayerDirectory): DirectoryInode {
    return new Directory(this, number, owned, this.options.now(), lower);
  }

  private touch(folder: DirectoryInode, at: number): void {
    folder.mtimeMs = folder.ctimeMs = at;
  }

  private detach(folder: DirectoryInode, name: string, at: number): void {
    const inode = this.lookup(folder, name);
    if (!inode) throw new FileSystemError('ENOENT', name);
    this.forget(folder, name);
    this.touch(folder, at);
    inode.ctimeMs = at;
    if (inode.type === 'directory') {
      inode.links = 0;
      folder.links--;
    } else inode.links--;
    this.release(inode);
  }

  private forget(folder: DirectoryInode, name: string): void {
    if (folder.lower?.entries.has(name)) folder.entries.set(name, null);
    else folder.entries.delete(name);
  }

  private release(inode: Inode): void {
    if (inode.links > 0 || inode.opened > 0) return;
    if (inode.type !== 'file') return;
    inode.content = Content.empty();
    this.charge(inode);
  }

  private requireChangeable(folder: DirectoryInode, name: string): void {
    if (folder.generated) throw new FileSystemError('EPERM', name);
    // A folder that was removed while someone stood in it takes no new names.
    if (folder.links === 0) throw new FileSystemError('ENOENT', name);
  }

  private requireRoom(inode: FileInode, size: number): void {
    if (size > largestFile) throw new FileSystemError('EFBIG', '');
    const growth = size - inode.charged;
    if (growth <= 0) return;
    const { budget } = this.options;
    const isOverQuota = this.capacityBytes !== undefined && this.usedBytes + growth > this.capacityBytes;
    const isOverBudget = budget !== undefined && budget.usedBytes + growth > budget.limitBytes;
    if (isOverQuota || isOverBudget) throw new FileSystemError('ENOSPC', '');
  }

  /** A file of the image costs nothing until it is written to: then all of it is this container's. */
  private charge(inode: FileInode): void {
    this.account(inode.content.size - inode.charged);
    inode.charged = inode.content.size;
  }

  private account(bytes: number): void {
    this.usedBytes += bytes;
    if (this.options.budget) this.options.budget.usedBytes += bytes;
  }
}
