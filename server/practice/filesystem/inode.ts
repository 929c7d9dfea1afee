import type { Content } from './content';
import type { Tree } from './tree';

/** A file as the kernel knows it: names are entries of folders, and one inode may have several. */
export type Inode = DirectoryInode | FileInode | SymlinkInode | DeviceInode | FifoInode;

interface InodeFacts {
  readonly number: number;
  readonly tree: Tree;
  mode: number;
  uid: number;
  gid: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
  links: number;
  /** Open files keep an inode alive after its last name is gone. */
  opened: number;
}

export interface DirectoryInode extends InodeFacts {
  type: 'directory';
  /** null is a whiteout: the image below has the name, this container has removed it. */
  entries: Map<string, Inode | null>;
  /** What the image has here. An entry is brought into `entries` when it is first looked up. */
  lower?: LayerDirectory;
  /** Set for folders of /proc: their entries are made when asked for, and cannot be changed. */
  generated?: GeneratedDirectory;
  /** Makes the entries at the first look: most rendered volumes are mounted by programs that never read them. */
  fill?: () => void;
}

export interface FileInode extends InodeFacts {
  type: 'file';
  content: Content;
  /** How many bytes of its tree's quota it takes. */
  charged: number;
  /** Set for files of /proc: the content of this moment, which `stat` shows as empty. */
  generated?: () => Uint8Array;
}

export interface SymlinkInode extends InodeFacts {
  type: 'symlink';
  target: string;
  /** A link of /proc/PID/fd: following it leads here and not to what `target` says. */
  leadsTo?: Inode;
  /** /proc/self: leads to the folder of whoever looks. */
  isSelf?: boolean;
}

export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'urandom' | 'tty' | 'ptmx' | 'stream';

export interface DeviceInode extends InodeFacts {
  type: 'character';
  device: DeviceName;
  /** An open pipe or terminal, for `device: 'stream'`. */
  stream?: OpenStream;
}

export interface FifoInode extends InodeFacts {
  type: 'fifo';
  /** The pipe while some process has it open; `process/` puts it here. */
  stream?: OpenStream;
}

/** What a FIFO or an open descriptor leads to. `push` never waits: it may go beyond the pipe's room. */
export interface OpenStream {
  push?(bytes: Uint8Array): void;
}

export interface GeneratedDirectory {
  lookup(name: string): Inode | undefined;
  names(): string[];
}

/** An image's tree: made once, never changed, shared by every container of the image. */
export type LayerNode = LayerDirectory | LayerFile | LayerSymlink | LayerDevice;

interface LayerFacts {
  mode: number;
  uid: number;
  gid: number;
  /** Undefined: as old as the tree that shows it. */
  mtimeMs: number | undefined;
}

export interface LayerDevice extends LayerFacts {
  type: 'character';
  device: DeviceName;
}

export interface LayerDirectory extends LayerFacts {
  type: 'directory';
  entries: Map<string, LayerNode>;
}

export interface LayerFile extends LayerFacts {
  type: 'file';
  bytes: Uint8Array;
}

export interface LayerSymlink extends LayerFacts {
  type: 'symlink';
  target: string;
}
