import type { Credentials } from './filesystem';
import type { Inode } from './inode';

export type Access = 'read' | 'write' | 'execute';

const bits: Record<Access, number> = { read: 4, write: 2, execute: 1 };

/** Whether a user may, by the mode bits of the inode alone. uid 0 may all but execute a file nobody may execute. */
export function isAllowed(inode: Inode, who: Credentials, access: Access): boolean {
  const bit = bits[access];
  if (who.uid === 0) return access !== 'execute' || inode.type === 'directory' || (inode.mode & 0o111) !== 0;
  if (inode.uid === who.uid) return (inode.mode & (bit << 6)) !== 0;
  if (isInGroup(who, inode.gid)) return (inode.mode & (bit << 3)) !== 0;
  return (inode.mode & bit) !== 0;
}

export function isInGroup(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

export function isOwner(inode: Inode, who: Credentials): boolean {
  return who.uid === 0 || who.uid === inode.uid;
}

/** The sticky bit, as on /tmp: an entry is removed by its owner, the folder's owner or root only. */
export function isKeptBySticky(folder: Inode, entry: Inode, who: Credentials): boolean {
  return (folder.mode & 0o1000) !== 0 && !isOwner(entry, who) && !isOwner(folder, who);
}
