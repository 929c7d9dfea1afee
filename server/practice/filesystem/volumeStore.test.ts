import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { seededIds } from '../ids';
import { MountedFiles } from './mountedFiles';
import { MountTable } from './mounts';
import { TreeVolume, createVolumeStore } from './volumeStore';
import type { Volume } from './volume';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'volumes-'));
  folders.push(folder);
  return folder;
}

function openStore(directory: string, seed = 1) {
  return createVolumeStore({ directory, clock: new ManualClock(), ids: seededIds(seed) });
}

function filesOf(volume: Volume): MountedFiles {
  if (!(volume instanceof TreeVolume)) throw new TypeError('not a tree');
  const { tree } = volume;
  const root = { path: '/', root: tree.root, tree, source: '', type: '', readOnly: false };
  const credentials = { uid: 0, gid: 0, groups: [] };
  return new MountedFiles({
    table: new MountTable(root),
    credentials,
    umask: () => 0o022,
    randomBytes: (n) => new Uint8Array(n),
  });
}

/** All of a tree as plain data, hard links by inode. */
function dump(files: MountedFiles, path = '/'): unknown[] {
  return files
    .readdir(path)
    .sort()
    .map((name) => {
      const full = `${path === '/' ? '' : path}/${name}`;
      const { type, mode, uid, gid, size, links, inode, mtimeMs } = files.lstat(full);
      const facts = { name, type, mode, uid, gid, size: type === 'directory' ? 0 : size, links, inode, mtimeMs };
      if (type === 'directory') return { ...facts, entries: dump(files, full) };
      if (type === 'symlink') return { ...facts, target: files.readlink(full) };
      return { ...facts, content: Buffer.from(files.readFile(full)).toString('hex') };
    });
}

/** Random changes; an operation that is refused changes nothing. */
function scramble(files: MountedFiles, seed: number, count: number, after: () => void = () => undefined): void {
  const { fraction } = seededIds(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(fraction() * items.length)] ?? (items[0] as never);
  const names = ['/a', '/b', "/it's", '/line\nbreak', '/d', '/d/x', '/d/y', '/d/ü', '/e', '/e/z', '/lone\udc80'];
  const operations: ((a: string, b: string) => void)[] = [
    (a) => files.writeFile(a, Buffer.from(`${seed}:${a}`.repeat(Math.floor(fraction() * 9)))),
    (a) => files.writeFile(a, Buffer.from('more'), { append: true }),
    (a) => files.mkdir(a),
    (a) => files.unlink(a),
    (a) => files.rmdir(a),
    (a, b) => files.rename(a, b),
    (a, b) => files.link(a, b),
    (a, b) => files.symlink(b, a),
    (a) => files.chmod(a, Math.floor(fraction() * 0o777)),
    (a) => files.chown(a, 7, 8),
    (a) => files.truncate(a, Math.floor(fraction() * 30)),
    (a) => files.utimes(a, 1000, 2000),
  ];
  for (let i = 0; i < count; i++) {
    try {
      pick(operations)(pick(names), pick(names));
    } catch {
      continue;
    }
    after();
  }
}

describe('persistent volumes', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))('are the same after a restart (seed %i)', (seed) => {
    const directory = newFolder();
    const before = filesOf(openStore(directory).persistent('pv'));
    scramble(before, seed, 200);
    expect(dump(filesOf(openStore(directory).persistent('pv')))).toEqual(dump(before));
  });

  it.each([1, 2, 3])('keep every acknowledged change when the log is torn anywhere behind it (seed %i)', (seed) => {
    const directory = newFolder();
    const files = filesOf(openStore(directory).persistent('pv'));
    const log = join(directory, readdirSync(directory)[0] ?? '', 'log');
    const states = [{ size: readFileSync(log).length, state: dump(files) }];
    scramble(files, seed, 60, () => states.push({ size: readFileSync(log).length, state: dump(files) }));
    const whole = readFileSync(log);
    // A record is longer than twelve bytes, so each of these cuts tears the first one after an acknowledged change.
    for (const { size, state } of states) {
      for (let cut = size; cut < Math.min(size + 12, whole.length); cut++) {
        writeFileSync(log, whole.subarray(0, cut));
        expect(dump(filesOf(openStore(directory).persistent('pv')))).toEqual(state);
      }
    }
  });

  it('go on after a torn end', () => {
    const directory = newFolder();
    filesOf(openStore(directory).persistent('pv')).writeFile('/kept', Buffer.from('1'));
    const log = join(directory, readdirSync(directory)[0] ?? '', 'log');
    writeFileSync(log, Buffer.concat([readFileSync(log), Buffer.from('torn')]));
    filesOf(openStore(directory).persistent('pv')).writeFile('/next', Buffer.from('2'));
    expect(filesOf(openStore(directory).persistent('pv')).readdir('/')).toEqual(['kept', 'next']);
  });

  it('never turn a name into a host path', () => {
    const directory = newFolder();
    const store = openStore(directory);
    const ids = ['../../etc', 'a/b', '', 'gone-1', 'ü'.repeat(200), 'CON', '.'];
    for (const id of ids) filesOf(store.persistent(id)).writeFile('/x', Buffer.from(id));
    for (const name of readdirSync(directory)) expect(name).toMatch(/^[vd]-[A-Za-z0-9_-]+$/);
    const again = openStore(directory);
    expect(again.ids().sort()).toEqual([...ids].sort());
    for (const id of ids) expect(Buffer.from(filesOf(again.persistent(id)).readFile('/x')).toString()).toBe(id);
  });

  it('are gone once destroyed', () => {
    const directory = newFolder();
    const store = openStore(directory);
    store.persistent('pv');
    store.destroy('pv');
    store.destroy('pv');
    expect(openStore(directory).ids()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('shorten their log and keep all', () => {
    const directory = newFolder();
    const files = filesOf(openStore(directory).persistent('pv'));
    const bytes = Buffer.alloc(2 ** 20, 7);
    for (let i = 0; i < 20; i++) files.writeFile('/big', bytes);
    const log = join(directory, readdirSync(directory)[0] ?? '', 'log');
    expect(readFileSync(log).length).toBeLessThan(8 * 2 ** 20);
    expect(filesOf(openStore(directory).persistent('pv')).readFile('/big')).toEqual(new Uint8Array(bytes));
  });

  it('refuse what is over the quota and keep what was there', () => {
    const files = filesOf(openStore(newFolder()).persistent('pv', { capacityBytes: 10 }));
    files.writeFile('/a', Buffer.from('12345'));
    expect(() => files.writeFile('/b', Buffer.alloc(6))).toThrow('No space left on device');
    expect(() => files.writeFile('/a', Buffer.alloc(11))).toThrow('No space left on device');
    expect(Buffer.from(files.readFile('/a')).toString()).toBe('12345');
    files.unlink('/a');
    files.writeFile('/b', Buffer.alloc(10));
  });
});

describe('rendered volumes', () => {
  it('change all files at once and lose those that are gone', () => {
    const store = createVolumeStore({ clock: new ManualClock(), ids: seededIds(1) });
    const { volume, set } = store.rendered('config');
    const files = filesOf(volume);
    set(
      new Map([
        ['a', { bytes: Buffer.from('1'), mode: 0o644 }],
        ['sub/b', { bytes: Buffer.from('2'), mode: 0o400 }],
      ]),
    );
    expect(Buffer.from(files.readFile('/sub/b')).toString()).toBe('2');
    expect(files.readlink('/a')).toBe('..data/a');
    set(new Map([['c', { bytes: Buffer.from('3'), mode: 0o644 }]]));
    expect(files.readdir('/').filter((name) => !name.startsWith('..'))).toEqual(['c']);
    expect(files.readdir('/')).toHaveLength(3);
  });
});
