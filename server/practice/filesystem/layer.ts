import type { DeviceName, LayerDirectory, LayerNode } from './inode';

export interface LayerEntry {
  path: string;
  uid?: number;
  gid?: number;
  mode?: number;
  node:
    | { type: 'directory' }
    | { type: 'file'; bytes: Uint8Array }
    | { type: 'symlink'; target: string }
    | { type: 'character'; device: DeviceName };
}

/** Builds a tree that others show, as an image's; without `mtimeMs` it is as old as each of them. Missing folders are root's, 0755. A later entry replaces an earlier one of the same path. */
export function buildLayer(entries: readonly LayerEntry[], mtimeMs?: number): LayerDirectory {
  const root = folder({ mode: 0o755, uid: 0, gid: 0, mtimeMs });
  for (const entry of entries) {
    const names = entry.path.split('/').filter((name) => name !== '');
    const last = names.pop();
    if (last === undefined) {
      Object.assign(root, factsOf(entry, 0o755, mtimeMs));
      continue;
    }
    let parent = root;
    for (const name of names) parent = folderIn(parent, name, mtimeMs);
    put(parent, last, entry, mtimeMs);
  }
  return root;
}

function put(parent: LayerDirectory, name: string, entry: LayerEntry, mtimeMs: number | undefined): void {
  const { node } = entry;
  const existing = parent.entries.get(name);
  if (node.type === 'directory' && existing?.type === 'directory') {
    Object.assign(existing, factsOf(entry, existing.mode, mtimeMs));
    return;
  }
  parent.entries.set(name, nodeOf(entry, mtimeMs));
}

function nodeOf(entry: LayerEntry, mtimeMs: number | undefined): LayerNode {
  const { node } = entry;
  if (node.type === 'directory') return folder(factsOf(entry, 0o755, mtimeMs));
  if (node.type === 'character') return { type: 'character', device: node.device, ...factsOf(entry, 0o666, mtimeMs) };
  if (node.type === 'symlink') return { type: 'symlink', target: node.target, ...factsOf(entry, 0o777, mtimeMs) };
  return { type: 'file', bytes: node.bytes, ...factsOf(entry, 0o644, mtimeMs) };
}

function factsOf(entry: LayerEntry, mode: number, mtimeMs: number | undefined) {
  return { mode: entry.mode ?? mode, uid: entry.uid ?? 0, gid: entry.gid ?? 0, mtimeMs };
}

function folder(facts: { mode: number; uid: number; gid: number; mtimeMs: number | undefined }): LayerDirectory {
  return { type: 'directory', entries: new Map(), ...facts };
}

function folderIn(parent: LayerDirectory, name: string, mtimeMs: number | undefined): LayerDirectory {
  const found = parent.entries.get(name);
  if (found?.type === 'directory') return found;
  const made = folder({ mode: 0o755, uid: 0, gid: 0, mtimeMs });
  parent.entries.set(name, made);
  return made;
}
