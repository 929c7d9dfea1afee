/**
 * A container's view of its files. Everything is in memory and synchronous: a program runs between two turns of the
 * loop, so nothing can change under it. Paths are absolute and use `/`; they are data, never parsed by a shell.
 *
 * Every method throws `FileSystemError` with the errno a Linux kernel would give.
 */
export interface FileSystem {
  stat(path: string): Stat;
  lstat(path: string): Stat;
  exists(path: string): boolean;
  readFile(path: string): Uint8Array;
  /** Creates the file (not its folders) or replaces its content; `mode` applies only when it is created. */
  writeFile(path: string, bytes: Uint8Array, options?: { mode?: number; append?: boolean; exclusive?: boolean }): void;
  truncate(path: string, size: number): void;
  readdir(path: string): string[];
  mkdir(path: string, options?: { recursive?: boolean; mode?: number }): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  link(existing: string, path: string): void;
  symlink(target: string, path: string): void;
  mkfifo(path: string, mode?: number): void;
  readlink(path: string): string;
  realpath(path: string): string;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number): void;
  utimes(path: string, atimeMs: number, mtimeMs: number): void;
  /** Devices such as /dev/null answer through this; a plain file reads and writes its bytes. */
  open(path: string, flags: OpenFlags): OpenFile;
  /** What `df` and `mount` show. */
  mounts(): Mount[];
  /** The mount a path lies on: which volume a file would land in. */
  mountOf(path: string): Mount;
  /** The same files seen by another user: permission bits are checked against it (uid 0 passes). */
  as(credentials: Credentials): FileSystem;
}

export interface Credentials {
  uid: number;
  gid: number;
  groups: number[];
}

export interface OpenFlags {
  read?: boolean;
  write?: boolean;
  append?: boolean;
  create?: boolean;
  exclusive?: boolean;
  truncate?: boolean;
  mode?: number;
}

/** An open file keeps its inode: it stays readable after the name is removed. */
export interface OpenFile {
  read(length: number, position?: number): Uint8Array;
  write(bytes: Uint8Array, position?: number): number;
  stat(): Stat;
  close(): void;
}

export interface Stat {
  type: 'file' | 'directory' | 'symlink' | 'character' | 'fifo';
  /** Permission bits only (0o7777). */
  mode: number;
  uid: number;
  gid: number;
  size: number;
  links: number;
  inode: number;
  device: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
}

export interface Mount {
  /** Where it is mounted, e.g. `/usr/share/nginx/html`. */
  path: string;
  /** What `df` prints as the filesystem: `overlay`, `tmpfs`, `/dev/vda1` … */
  source: string;
  type: string;
  readOnly: boolean;
  /** The pod's volume of this name, when it is one; the container's own layer has none. */
  volumeName?: string;
  totalBytes: number;
  usedBytes: number;
}

export type Errno =
  | 'EACCES'
  | 'EBADF'
  | 'EBUSY'
  | 'EEXIST'
  | 'EFBIG'
  | 'EINVAL'
  | 'EISDIR'
  | 'ELOOP'
  | 'ENAMETOOLONG'
  | 'ENOENT'
  | 'ENOSPC'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'ENXIO'
  | 'EPERM'
  | 'EPIPE'
  | 'EROFS'
  | 'EXDEV';

export class FileSystemError extends Error {
  constructor(
    readonly code: Errno,
    readonly path: string,
  ) {
    super(`${path}: ${errnoMessages[code]}`);
    this.name = 'FileSystemError';
  }

  /** The words of strerror(3), as `ls` and `cat` print them. */
  get reason(): string {
    return errnoMessages[this.code];
  }
}

export const errnoMessages: Record<Errno, string> = {
  EACCES: 'Permission denied',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINVAL: 'Invalid argument',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  EXDEV: 'Invalid cross-device link',
};
