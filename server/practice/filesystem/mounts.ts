import { FileSystemError } from './filesystem';
import type { Mount } from './filesystem';
import type { Inode } from './inode';
import type { Tree } from './tree';

export interface MountEntry {
  path: string;
  root: Inode;
  tree: Tree;
  source: string;
  type: string;
  readOnly: boolean;
  volumeName?: string;
  /** What `df` shows where the tree has no quota. */
  totalBytes?: number;
}

/** What is mounted where in one container. A mount covers the inode it is mounted on, by whatever path it is reached. */
export interface Mounts {
  readonly root: MountEntry;
  on(inode: Inode): MountEntry | undefined;
  all(): readonly MountEntry[];
}

export class MountTable implements Mounts {
  private readonly covering = new Map<Inode, MountEntry>();
  private readonly order: MountEntry[] = [];

  constructor(readonly root: MountEntry) {
    this.order.push(root);
  }

  /** Mounted where an earlier mount is seen, it covers that one. */
  add(on: Inode, entry: MountEntry): void {
    const below = [...this.covering].find(([, earlier]) => earlier.root === on && earlier.path === entry.path);
    if (!below && this.covering.has(on)) throw new FileSystemError('EBUSY', entry.path);
    this.covering.set(below?.[0] ?? on, entry);
    this.order.push(entry);
  }

  on(inode: Inode): MountEntry | undefined {
    return this.covering.get(inode);
  }

  all(): readonly MountEntry[] {
    return this.order;
  }
}

/** A node's disk, as `df` shows it for what has no quota. */
const nodeDiskBytes = 20 * 2 ** 30;

export function describeMount(entry: MountEntry): Mount {
  const { path, source, type, readOnly, volumeName, tree } = entry;
  const totalBytes = entry.totalBytes ?? tree.capacityBytes ?? nodeDiskBytes;
  return { path, source, type, readOnly, volumeName, totalBytes, usedBytes: tree.usedBytes };
}
