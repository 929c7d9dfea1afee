import type { LayerDirectory } from '../filesystem/inode';
import { buildLayer } from '../filesystem/layer';
import type { LayerEntry } from '../filesystem/layer';
import type { Image } from '../images/image';
import { executableBytes } from '../process/loader';

/** When the files of images were made, as `ls -l` shows it. */
const builtAt = Date.parse('2026-06-01T00:00:00Z');

/** An image's files as a layer that all its containers share. */
export function layerOf(image: Image): LayerDirectory {
  const programs = [...image.programs.keys()].map((path): LayerEntry => {
    const bytes = executableBytes({ image: image.facts.reference, path });
    return { path, mode: 0o755, node: { type: 'file', bytes } };
  });
  const files = image.files.flatMap((file): LayerEntry[] => {
    const { path, uid, gid, mode } = file;
    // A mode given for a program's path changes the program's file rather than replacing it.
    if (image.programs.has(path) && 'content' in file && file.content.length === 0) {
      return [
        {
          path,
          uid,
          gid,
          mode,
          node: { type: 'file', bytes: executableBytes({ image: image.facts.reference, path }) },
        },
      ];
    }
    return [{ path, uid, gid, mode, node: nodeOf(file) }];
  });
  const named = new Set(files.map((file) => file.path));
  const accounts = accountFiles(image).filter((entry) => !named.has(entry.path));
  const tmp: LayerEntry = { path: '/tmp', mode: 0o1777, node: { type: 'directory' } };
  return buildLayer([tmp, ...accounts, ...programs, ...files], builtAt);
}

function nodeOf(file: Image['files'][number]): LayerEntry['node'] {
  if ('directory' in file) return { type: 'directory' };
  if ('target' in file) return { type: 'symlink', target: file.target };
  return { type: 'file', bytes: typeof file.content === 'string' ? Buffer.from(file.content) : file.content };
}

function accountFiles(image: Image): LayerEntry[] {
  const passwd = image.users.map((u) => `${u.name}:x:${u.uid}:${u.gid}:${u.name}:${u.home}:${u.shell}\n`).join('');
  const groups = new Map(image.users.map((u) => [u.gid, u.name]));
  const group = [...groups].map(([gid, name]) => `${name}:x:${gid}:\n`).join('');
  return [
    { path: '/etc/passwd', node: { type: 'file', bytes: Buffer.from(passwd) } },
    { path: '/etc/group', node: { type: 'file', bytes: Buffer.from(group) } },
  ];
}
