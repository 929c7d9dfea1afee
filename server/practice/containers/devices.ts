import type { DeviceName, DirectoryInode } from '../filesystem/inode';
import type { Tree } from '../filesystem/tree';

const devices: DeviceName[] = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];
const links: [name: string, target: string][] = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  ['ptmx', 'pts/ptmx'],
];

/** Fills a container's /dev with what the OCI runtime specification asks for. /dev/pts is there but empty. */
export function fillDevices(tree: Tree): void {
  const root = { uid: 0, gid: 0 };
  for (const device of devices) {
    tree.create(tree.root, device, { type: 'character', device, mode: 0o666, ...root });
  }
  for (const [name, target] of links) {
    tree.create(tree.root, name, { type: 'symlink', target, mode: 0o777, ...root });
  }
  for (const [name, mode] of [
    ['pts', 0o755],
    ['shm', 0o1777],
    ['mqueue', 0o1777],
  ] as const) {
    tree.create(tree.root, name, { type: 'directory', mode, ...root });
  }
  const log = tree.create(tree.root, 'termination-log', { type: 'file', mode: 0o666, ...root });
  log.mtimeMs = tree.root.mtimeMs;
}

/** Makes the folders of a path that are missing, as runc does for mount points. */
export function folderAt(tree: Tree, path: string): DirectoryInode {
  let folder = tree.root;
  for (const name of path.split('/').filter((part) => part !== '')) {
    const found =
      tree.lookup(folder, name) ?? tree.create(folder, name, { type: 'directory', mode: 0o755, uid: 0, gid: 0 });
    if (found.type !== 'directory') throw new TypeError(`${path} is not a folder`);
    folder = found;
  }
  return folder;
}
