import type { DeviceName } from '../filesystem/inode';
import { buildLayer, type LayerEntry } from '../filesystem/layer';
import { Tree } from '../filesystem/tree';

const devices: DeviceName[] = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];
const links: [name: string, target: string][] = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  ['ptmx', 'pts/ptmx'],
];

const folders: [name: string, mode: number][] = [
  ['pts', 0o755],
  ['shm', 0o1777],
  ['mqueue', 0o1777],
];

/** What the OCI runtime specification asks for; /dev/pts is there but empty. All containers share it, as they do an image. */
const layer = buildLayer([
  ...devices.map((device): LayerEntry => ({ path: device, node: { type: 'character', device } })),
  ...links.map(([name, target]): LayerEntry => ({ path: name, node: { type: 'symlink', target } })),
  ...folders.map(([name, mode]): LayerEntry => ({ path: name, mode, node: { type: 'directory' } })),
  { path: 'termination-log', mode: 0o666, node: { type: 'file', bytes: new Uint8Array(0) } },
]);

/** A container's /dev. */
export function deviceTree(now: () => number): Tree {
  const tree = new Tree({ device: 3, now, root: { lower: layer } });
  tree.root.links = 2 + folders.length;
  return tree;
}
