import { FileSystemError } from './filesystem';
import type { Credentials } from './filesystem';
import type { Inode } from './inode';
import type { Mounts } from './mounts';
import { isAllowed, isKeptBySticky } from './permissions';
import { walk } from './walk';
import type { Place } from './walk';

interface Rename {
  table: Mounts;
  credentials: Credentials;
  cwd?: () => string;
  from: string;
  to: string;
}

/** rename(2), check by check in the kernel's order (fs/namei.c, do_renameat2). */
export function renameWithin(rename: Rename): void {
  const source = find(rename, rename.from);
  const target = find(rename, rename.to);
  const { from, to, table } = rename;
  if (source.name === '' || target.name === '') throw new FileSystemError('EBUSY', from);
  if (source.parentMount !== target.parentMount) throw new FileSystemError('EXDEV', to);
  const inode = source.inode;
  if (!inode) throw new FileSystemError('ENOENT', from);
  if (inode === source.mount.root || table.on(inode)) throw new FileSystemError('EBUSY', from);
  if (inode.type === 'directory' && target.trail.includes(inode)) throw new FileSystemError('EINVAL', from);
  if (inode.type !== 'directory' && target.wantsFolder) throw new FileSystemError('ENOTDIR', to);
  requireChange(rename, source, from, inode);
  requireChange(rename, target, to, target.inode);
  if (target.inode === inode) return;
  if (target.inode) requireReplaceable(inode, target, to, table);
  source.parent.tree.rename(source.parent, source.name, target.parent, target.name);
}

function find(rename: Rename, path: string): Place {
  const absolute = path.startsWith('/') || path === '' || !rename.cwd ? path : `${rename.cwd()}/${path}`;
  return walk(rename.table, rename.credentials, absolute, { follow: false });
}

function requireChange(rename: Rename, place: Place, path: string, entry: Inode | undefined): void {
  const { credentials } = rename;
  if (place.parentMount.readOnly) throw new FileSystemError('EROFS', path);
  const isOpen = isAllowed(place.parent, credentials, 'write') && isAllowed(place.parent, credentials, 'execute');
  if (!isOpen) throw new FileSystemError('EACCES', path);
  if (entry && isKeptBySticky(place.parent, entry, credentials)) throw new FileSystemError('EPERM', path);
}

function requireReplaceable(inode: Inode, target: Place, path: string, table: Mounts): void {
  const existing = target.inode;
  if (!existing) return;
  if (existing === target.mount.root || table.on(existing)) throw new FileSystemError('EBUSY', path);
  if (existing.type === 'directory') {
    if (inode.type !== 'directory') throw new FileSystemError('EISDIR', path);
    if (!existing.tree.isEmpty(existing)) throw new FileSystemError('ENOTEMPTY', path);
  } else if (inode.type === 'directory') throw new FileSystemError('ENOTDIR', path);
}
