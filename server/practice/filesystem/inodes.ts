import type { Content } from './content';
import type {
  DeviceInode,
  DeviceName,
  DirectoryInode,
  FifoInode,
  FileInode,
  GeneratedDirectory,
  Inode,
  LayerDirectory,
  OpenStream,
  SymlinkInode,
} from './inode';
import type { Tree } from './tree';

export interface Owned {
  mode: number;
  uid: number;
  gid: number;
}

/**
 * Each kind of inode is a class with all its fields from the start: thousands of containers have dozens of inodes each, and objects put
 * together by spreading carry a description of their own, larger than themselves.
 */
abstract class Facts {
  mode: number;
  uid: number;
  gid: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
  opened = 0;

  constructor(
    readonly tree: Tree,
    readonly number: number,
    { mode, uid, gid }: Owned,
    at: number,
    public links: number,
  ) {
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.atimeMs = this.mtimeMs = this.ctimeMs = at;
  }
}

export class Directory extends Facts implements DirectoryInode {
  readonly type = 'directory';
  entries = new Map<string, Inode | null>();
  generated?: GeneratedDirectory | undefined;
  fill?: (() => void) | undefined;

  constructor(
    tree: Tree,
    number: number,
    owned: Owned,
    at: number,
    public lower?: LayerDirectory,
  ) {
    super(tree, number, owned, at, 0);
  }
}

export class File extends Facts implements FileInode {
  readonly type = 'file';
  charged = 0;
  generated?: (() => Uint8Array) | undefined;

  constructor(
    tree: Tree,
    number: number,
    owned: Owned,
    at: number,
    public content: Content,
  ) {
    super(tree, number, owned, at, 1);
  }
}

export class Symlink extends Facts implements SymlinkInode {
  readonly type = 'symlink';
  leadsTo?: Inode | undefined;
  isSelf?: boolean | undefined;

  constructor(
    tree: Tree,
    number: number,
    owned: Owned,
    at: number,
    readonly target: string,
  ) {
    super(tree, number, owned, at, 1);
  }
}

export class Device extends Facts implements DeviceInode {
  readonly type = 'character';
  stream?: OpenStream | undefined;

  constructor(
    tree: Tree,
    number: number,
    owned: Owned,
    at: number,
    readonly device: DeviceName,
  ) {
    super(tree, number, owned, at, 1);
  }
}

export class Fifo extends Facts implements FifoInode {
  readonly type = 'fifo';
  stream?: OpenStream | undefined;

  constructor(tree: Tree, number: number, owned: Owned, at: number) {
    super(tree, number, owned, at, 1);
  }
}
