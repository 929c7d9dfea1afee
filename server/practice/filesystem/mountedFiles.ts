import { FileSystemError } from './filesystem';
import type { Credentials, FileSystem, Mount, OpenFile, OpenFlags, Stat } from './filesystem';
import type { DirectoryInode, FileInode, Inode } from './inode';
import { describeMount } from './mounts';
import type { Mounts } from './mounts';
import { openDevice, openFile } from './openFile';
import { isAllowed, isInGroup, isKeptBySticky, isOwner } from './permissions';
import type { Access } from './permissions';
import { renameWithin } from './rename';
import { walk } from './walk';
import type { Place } from './walk';

export interface ViewOptions {
  table: Mounts;
  credentials: Credentials;
  /** Permission bits that new files lack. */
  umask: () => number;
  /** For /dev/urandom. */
  randomBytes: (length: number) => Uint8Array;
  /** The process whose /proc/self this is. */
  pid?: number;
  /** What a relative path starts from; without it a relative path is an error. */
  cwd?: () => string;
}

/** The files of a container as one user sees them: paths, permissions and mounts above trees of inodes. */
export class MountedFiles implements FileSystem {
  constructor(private readonly view: ViewOptions) {}

  stat(path: string): Stat {
    return statOf(this.existing(path));
  }

  lstat(path: string): Stat {
    return statOf(this.existing(path, false));
  }

  exists(path: string): boolean {
    try {
      return this.walk(path, true).inode !== undefined;
    } catch {
      return false;
    }
  }

  readFile(path: string): Uint8Array {
    const file = this.open(path, { read: true });
    try {
      const parts: Uint8Array[] = [];
      for (;;) {
        const part = file.read(2 ** 30);
        if (part.length === 0) break;
        parts.push(part);
      }
      return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    } finally {
      file.close();
    }
  }

  writeFile(path: string, bytes: Uint8Array, options: { mode?: number; append?: boolean; exclusive?: boolean } = {}) {
    const { mode, append, exclusive } = options;
    const place = this.openPlace(path, { write: true, create: true, exclusive, mode });
    const inode = place.inode;
    if (inode?.type !== 'file') {
      const device = this.openInode(place, { write: true });
      device.write(bytes);
      return device.close();
    }
    named(path, () => inode.tree.write(inode, append ? inode.content.size : 0, bytes, !append));
  }

  truncate(path: string, size: number): void {
    const inode = this.fileToChange(path);
    if (!Number.isSafeInteger(size) || size < 0) throw new FileSystemError('EINVAL', path);
    named(path, () => inode.tree.truncate(inode, size));
  }

  readdir(path: string): string[] {
    const inode = this.existing(path);
    if (inode.type !== 'directory') throw new FileSystemError('ENOTDIR', path);
    this.requireAccess(inode, 'read', path);
    return inode.tree.names(inode);
  }

  mkdir(path: string, options: { recursive?: boolean; mode?: number } = {}): void {
    if (options.recursive) return this.mkdirAll(path);
    const place = this.walk(path, false);
    if (place.inode) throw new FileSystemError('EEXIST', path);
    this.create(place, path, 'directory', options.mode ?? 0o777);
  }

  rmdir(path: string): void {
    if (/(^|\/)\.\/*$/.test(path)) throw new FileSystemError('EINVAL', path);
    const place = this.walk(path, false);
    const inode = required(place, path);
    if (inode.type !== 'directory') throw new FileSystemError('ENOTDIR', path);
    if (inode === place.mount.root || place.name === '') throw new FileSystemError('EBUSY', path);
    this.requireRemovable(place, inode, path);
    if (!inode.tree.isEmpty(inode)) throw new FileSystemError('ENOTEMPTY', path);
    place.parent.tree.remove(place.parent, place.name);
  }

  unlink(path: string): void {
    const place = this.walk(path, false);
    const inode = required(place, path);
    if (inode.type === 'directory') throw new FileSystemError('EISDIR', path);
    if (inode === place.mount.root) throw new FileSystemError('EBUSY', path);
    this.requireRemovable(place, inode, path);
    place.parent.tree.remove(place.parent, place.name);
  }

  rename(from: string, to: string): void {
    renameWithin({ ...this.view, from, to });
  }

  link(existing: string, path: string): void {
    const source = this.walk(existing, false);
    const inode = required(source, existing);
    if (inode.type === 'directory') throw new FileSystemError('EPERM', existing);
    const place = this.walk(path, false);
    if (place.inode) throw new FileSystemError('EEXIST', path);
    if (inode.tree !== place.parent.tree || source.mount !== place.parentMount)
      throw new FileSystemError('EXDEV', path);
    this.requireParent(place, path);
    place.parent.tree.link(inode, place.parent, place.name);
  }

  symlink(target: string, path: string): void {
    const place = this.walk(path, false);
    if (place.inode) throw new FileSystemError('EEXIST', path);
    if (target === '') throw new FileSystemError('ENOENT', path);
    this.requireParent(place, path);
    const { uid, gid } = this.ownership(place.parent);
    named(path, () =>
      place.parent.tree.create(place.parent, place.name, { type: 'symlink', target, mode: 0o777, uid, gid }),
    );
  }

  mkfifo(path: string, mode = 0o666): void {
    const place = this.walk(path, false);
    if (place.inode) throw new FileSystemError('EEXIST', path);
    this.create(place, path, 'fifo', mode);
  }

  readlink(path: string): string {
    const inode = this.existing(path, false);
    if (inode.type !== 'symlink') throw new FileSystemError('EINVAL', path);
    return inode.isSelf ? String(this.view.pid ?? '') : inode.target;
  }

  realpath(path: string): string {
    const place = this.walk(path, true);
    required(place, path);
    return place.path;
  }

  chmod(path: string, mode: number): void {
    const place = this.walk(path, true);
    const inode = required(place, path);
    this.requireWritableMount(place, path);
    if (!isOwner(inode, this.view.credentials)) throw new FileSystemError('EPERM', path);
    inode.tree.setAttributes(inode, { mode: mode & 0o7777 });
  }

  chown(path: string, uid: number, gid: number): void {
    const place = this.walk(path, true);
    const inode = required(place, path);
    this.requireWritableMount(place, path);
    const who = this.view.credentials;
    const keepsOwner = uid === inode.uid && isOwner(inode, who) && (gid === inode.gid || isInGroup(who, gid));
    if (who.uid !== 0 && !keepsOwner) throw new FileSystemError('EPERM', path);
    // Linux drops setuid and setgid when the owner changes.
    const mode = inode.type === 'file' ? inode.mode & ~0o6000 : inode.mode;
    inode.tree.setAttributes(inode, { uid, gid, mode });
  }

  utimes(path: string, atimeMs: number, mtimeMs: number): void {
    const place = this.walk(path, true);
    const inode = required(place, path);
    this.requireWritableMount(place, path);
    if (!isOwner(inode, this.view.credentials)) this.requireAccess(inode, 'write', path);
    inode.tree.setAttributes(inode, { atimeMs, mtimeMs });
  }

  open(path: string, flags: OpenFlags): OpenFile {
    return this.openInode(this.openPlace(path, flags), flags);
  }

  /** As `open`, but gives the place: for `process.open`, which knows what to do with pipes and terminals. */
  openPlace(path: string, flags: OpenFlags): Place {
    let place = this.walk(path, !flags.exclusive);
    if (!place.inode && flags.create) {
      this.create(place, path, 'file', flags.mode ?? 0o666);
      place = { ...place, inode: place.parent.tree.lookup(place.parent, place.name) };
    } else {
      const inode = required(place, path);
      if (flags.create && flags.exclusive) throw new FileSystemError('EEXIST', path);
      if (inode.type === 'symlink') throw new FileSystemError('ELOOP', path);
      if (flags.write && inode.type === 'directory') throw new FileSystemError('EISDIR', path);
      if (flags.write && inode.type === 'file') this.requireWritableMount(place, path);
      if (flags.read) this.requireAccess(inode, 'read', path);
      if (flags.write) this.requireAccess(inode, 'write', path);
    }
    const inode = required(place, path);
    if (flags.truncate && flags.write && inode.type === 'file') inode.tree.truncate(inode, 0);
    return place;
  }

  openInode(place: Place, flags: OpenFlags): OpenFile {
    const inode = required(place, place.path);
    if (inode.type === 'file') return openFile(inode, flags, place.path);
    if (inode.type === 'directory') throw new FileSystemError('EISDIR', place.path);
    if (inode.type === 'symlink') throw new FileSystemError('ELOOP', place.path);
    return openDevice(inode, place.path, this.view.randomBytes);
  }

  mounts(): Mount[] {
    return this.view.table.all().map(describeMount);
  }

  mountOf(path: string): Mount {
    const place = this.walk(path, true);
    return describeMount(place.mount);
  }

  as(credentials: Credentials): FileSystem {
    return this.viewedBy(credentials);
  }

  viewedBy(credentials: Credentials, change: Partial<ViewOptions> = {}): MountedFiles {
    const { table, umask, randomBytes, pid, cwd } = { ...this.view, ...change };
    // Written out: what is spread gets a hidden class of its own each time, and every process holds a view.
    return new MountedFiles({ table, credentials, umask, randomBytes, pid, cwd });
  }

  /** Whether this user may: access(2). Throws when the path leads nowhere. */
  isAllowed(path: string, access: Access): boolean {
    const place = this.walk(path, true);
    const inode = required(place, path);
    if (access === 'write' && place.mount.readOnly && inode.type !== 'character') return false;
    return isAllowed(inode, this.view.credentials, access);
  }

  private walk(path: string, follow: boolean): Place {
    const cwd = this.view.cwd;
    const absolute = path.startsWith('/') || path === '' || !cwd ? path : `${cwd()}/${path}`;
    try {
      return walk(this.view.table, this.view.credentials, absolute, { follow, pid: this.view.pid });
    } catch (error) {
      // The path as it was given is what programs print.
      throw error instanceof FileSystemError ? new FileSystemError(error.code, path) : error;
    }
  }

  private existing(path: string, follow = true): Inode {
    return required(this.walk(path, follow), path);
  }

  private mkdirAll(path: string): void {
    const parts = path.split('/').filter((part) => part !== '');
    let reached = path.startsWith('/') ? '' : '.';
    for (const part of parts) {
      reached += `/${part}`;
      const place = this.walk(reached, true);
      if (!place.inode) this.create(place, reached, 'directory', 0o777);
      else if (place.inode.type !== 'directory') throw new FileSystemError('EEXIST', reached);
    }
  }

  private create(place: Place, path: string, type: 'file' | 'directory' | 'fifo', mode: number): void {
    if (place.wantsFolder && type !== 'directory')
      throw new FileSystemError(type === 'file' ? 'EISDIR' : 'ENOENT', path);
    this.requireParent(place, path);
    const { uid, gid, setgid } = this.ownership(place.parent);
    const bits = (mode & 0o7777 & ~this.view.umask()) | (type === 'directory' ? setgid : 0);
    named(path, () => place.parent.tree.create(place.parent, place.name, { type, mode: bits, uid, gid }));
  }

  /** New entries belong to their maker; below a folder with setgid (a volume with fsGroup) to the folder's group. */
  private ownership(parent: DirectoryInode): { uid: number; gid: number; setgid: number } {
    const { uid, gid } = this.view.credentials;
    const setgid = parent.mode & 0o2000;
    return { uid, gid: setgid ? parent.gid : gid, setgid };
  }

  private requireParent(place: Place, path: string): void {
    if (place.parentMount.readOnly) throw new FileSystemError('EROFS', path);
    this.requireAccess(place.parent, 'write', path);
    this.requireAccess(place.parent, 'execute', path);
  }

  private requireRemovable(place: Place, inode: Inode, path: string): void {
    this.requireParent(place, path);
    if (isKeptBySticky(place.parent, inode, this.view.credentials)) throw new FileSystemError('EPERM', path);
    if (this.view.table.on(inode)) throw new FileSystemError('EBUSY', path);
  }

  private requireWritableMount(place: Place, path: string): void {
    if (place.mount.readOnly) throw new FileSystemError('EROFS', path);
  }

  private requireAccess(inode: Inode, access: Access, path: string): void {
    if (!isAllowed(inode, this.view.credentials, access)) throw new FileSystemError('EACCES', path);
  }

  private fileToChange(path: string): FileInode {
    const place = this.walk(path, true);
    const inode = required(place, path);
    if (inode.type === 'directory') throw new FileSystemError('EISDIR', path);
    if (inode.type !== 'file') throw new FileSystemError('EINVAL', path);
    this.requireWritableMount(place, path);
    this.requireAccess(inode, 'write', path);
    return inode;
  }
}

export function statOf(inode: Inode): Stat {
  const { type, mode, uid, gid, links, atimeMs, mtimeMs, ctimeMs } = inode;
  const times = { atimeMs, mtimeMs, ctimeMs };
  return { type, mode, uid, gid, links, inode: inode.number, device: inode.tree.device, size: sizeOf(inode), ...times };
}

function sizeOf(inode: Inode): number {
  if (inode.type === 'file') return inode.generated ? 0 : inode.content.size;
  if (inode.type === 'symlink') return Buffer.byteLength(inode.target);
  return inode.type === 'directory' && !inode.generated ? 4096 : 0;
}

function required(place: Place, path: string): Inode {
  if (!place.inode) throw new FileSystemError('ENOENT', path);
  return place.inode;
}

/** A tree knows no paths: its errors get the one the caller used. */
function named(path: string, change: () => void): void {
  try {
    change();
  } catch (error) {
    throw error instanceof FileSystemError ? new FileSystemError(error.code, path) : error;
  }
}
