import type { DirectoryInode, Inode } from './inode';
import type { Tree } from './tree';

export type RenderedFiles = Map<string, { bytes: Uint8Array; mode: number; uid?: number }>;

type RenderedFile = RenderedFiles extends Map<string, infer File> ? File : never;

const asRoot = { uid: 0, gid: 0 };

/**
 * Replaces a ConfigMap's, Secret's or projected volume's content the way the kubelet does (pkg/volume/util, AtomicWriter):
 * the files lie in a folder named by the moment, `..data` is a link to it, and each top-level name is a link through
 * `..data`. Turning that one link changes all files at once, and a file mounted by subPath does not change.
 */
export function render(tree: Tree, files: RenderedFiles, now: number, suffix: string): void {
  const previous = tree.lookup(tree.root, '..data');
  const stamp = `..${new Date(now).toISOString().slice(0, 19).replace(/[-T:]/g, '_')}.${suffix}`;
  const folder = makeFolder(tree, tree.root, stamp);
  for (const [path, file] of files) writeAt(tree, folder, path, file);
  turnLink(tree, stamp);
  const visible = new Set([...files.keys()].map((path) => path.split('/')[0] ?? path));
  for (const name of tree.names(tree.root)) {
    if (!name.startsWith('..') && !visible.has(name)) tree.remove(tree.root, name);
  }
  for (const name of visible) {
    if (tree.lookup(tree.root, name)) continue;
    tree.create(tree.root, name, { type: 'symlink', target: `..data/${name}`, mode: 0o777, ...asRoot });
  }
  if (previous?.type === 'symlink') removeAll(tree, tree.root, previous.target);
}

function turnLink(tree: Tree, stamp: string): void {
  tree.create(tree.root, '..data_tmp', { type: 'symlink', target: stamp, mode: 0o777, ...asRoot });
  tree.rename(tree.root, '..data_tmp', tree.root, '..data');
}

function writeAt(tree: Tree, folder: DirectoryInode, path: string, file: RenderedFile): void {
  const names = path.split('/').filter((name) => name !== '');
  const last = names.pop();
  if (last === undefined) return;
  let parent = folder;
  for (const name of names) parent = folderIn(tree, parent, name);
  const inode = tree.create(parent, last, { type: 'file', mode: file.mode, uid: file.uid ?? 0, gid: 0 });
  if (inode.type === 'file') tree.show(inode, file.bytes);
}

function folderIn(tree: Tree, parent: DirectoryInode, name: string): DirectoryInode {
  const found = tree.lookup(parent, name);
  return found?.type === 'directory' ? found : makeFolder(tree, parent, name);
}

function makeFolder(tree: Tree, parent: DirectoryInode, name: string): DirectoryInode {
  const inode: Inode = tree.create(parent, name, { type: 'directory', mode: 0o755, ...asRoot });
  if (inode.type !== 'directory') throw new TypeError('a folder was asked for');
  return inode;
}

function removeAll(tree: Tree, parent: DirectoryInode, name: string): void {
  const inode = tree.lookup(parent, name);
  if (!inode) return;
  if (inode.type === 'directory') for (const child of tree.names(inode)) removeAll(tree, inode, child);
  tree.remove(parent, name);
}
