import type { DirectoryInode, Inode } from './inode';
import type { Change, Entry } from './journal';
import type { NewInode, Tree } from './tree';

/** Makes the changes of a log again, in a tree that has none of its own yet. Changes of files since removed are skipped. */
export function replay(tree: Tree, entries: readonly Entry[], setTime: (at: number) => void): void {
  const inodes = new Map<number, Inode>([[tree.root.number, tree.root]]);
  for (const { change, bytes } of entries) {
    setTime(change.at);
    apply(tree, inodes, change, bytes);
  }
}

function apply(tree: Tree, inodes: Map<number, Inode>, change: Change, bytes: Uint8Array): void {
  const folder = 'in' in change ? folderOf(inodes, change.in) : undefined;
  const inode = 'inode' in change ? inodes.get(change.inode) : undefined;
  switch (change.do) {
    case 'volume':
      tree.capacityBytes = change.capacityBytes;
      return;
    case 'create':
      if (folder) inodes.set(change.inode, tree.create(folder, change.name, newInodeOf(change), change.inode));
      return;
    case 'link':
      if (folder && inode) tree.link(inode, folder, change.name);
      return;
    case 'remove':
      if (folder) tree.remove(folder, change.name);
      return;
    case 'rename': {
      const to = folderOf(inodes, change.to);
      if (folder && to) tree.rename(folder, change.name, to, change.newName);
      return;
    }
    case 'attributes': {
      const { do: _kind, inode: _number, at: _at, ...attributes } = change;
      if (inode) tree.setAttributes(inode, attributes);
      return;
    }
    case 'write':
      if (inode?.type === 'file') tree.write(inode, change.position, bytes, change.replace);
      return;
    case 'truncate':
      if (inode?.type === 'file') tree.truncate(inode, change.size);
  }
}

function newInodeOf(change: Change & { do: 'create' }): NewInode {
  const { mode, uid, gid } = change;
  if (change.type === 'symlink') return { type: 'symlink', mode, uid, gid, target: change.target };
  if (change.type === 'character') return { type: 'character', mode, uid, gid, device: change.device };
  return { type: change.type, mode, uid, gid };
}

function folderOf(inodes: Map<number, Inode>, number: number): DirectoryInode | undefined {
  const inode = inodes.get(number);
  return inode?.type === 'directory' ? inode : undefined;
}

/** The shortest log that leads to this tree. */
export function* snapshot(id: string, tree: Tree): Generator<Entry> {
  const { mode, uid, gid, ctimeMs } = tree.root;
  const none = new Uint8Array(0);
  const root = { mode, uid, gid };
  yield { change: { do: 'volume', id, capacityBytes: tree.capacityBytes, root, at: ctimeMs }, bytes: none };
  yield* entriesBelow(tree, tree.root, new Set());
  yield timesOf(tree.root);
}

function* entriesBelow(tree: Tree, folder: DirectoryInode, seen: Set<Inode>): Generator<Entry> {
  for (const name of tree.names(folder)) {
    const inode = tree.lookup(folder, name);
    if (!inode) continue;
    const bytes = new Uint8Array(0);
    const where = { in: folder.number, name, inode: inode.number, at: inode.ctimeMs };
    if (seen.has(inode)) {
      yield { change: { do: 'link', ...where }, bytes };
      continue;
    }
    seen.add(inode);
    yield { change: { do: 'create', ...where, ...newInodeFrom(inode) }, bytes };
    if (inode.type === 'directory') yield* entriesBelow(tree, inode, seen);
    if (inode.type === 'file' && inode.content.size > 0) {
      const change: Change = { do: 'write', inode: inode.number, position: 0, replace: false, at: inode.ctimeMs };
      yield { change, bytes: inode.content.peek() };
    }
    yield timesOf(inode);
  }
}

function timesOf(inode: Inode): Entry {
  const { number, ctimeMs, atimeMs, mtimeMs } = inode;
  return { change: { do: 'attributes', inode: number, at: ctimeMs, atimeMs, mtimeMs }, bytes: new Uint8Array(0) };
}

function newInodeFrom(inode: Inode): NewInode {
  const { mode, uid, gid } = inode;
  if (inode.type === 'symlink') return { type: 'symlink', mode, uid, gid, target: inode.target };
  if (inode.type === 'character') return { type: 'character', mode, uid, gid, device: inode.device };
  return { type: inode.type, mode, uid, gid };
}
