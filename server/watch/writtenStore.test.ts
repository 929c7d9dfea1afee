import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { parseWritten, WrittenStore } from './writtenStore';

const file = {
  name: 'index.html',
  path: '/www/index.html',
  bytes: 5,
  at: 1000,
  pod: 'web-1',
  container: 'nginx',
  life: 2,
};

const own = { podUid: 'p', containerId: 'c', file: { ...file, place: 'container' as const } };
const onClaim = (uid: string, one = file) => ({ onClaims: { [uid]: [one] }, inPods: {} });

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'written-'));
  path = join(directory, 'folder', 'written.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const aStore = (clock = new ManualClock()) => new WrittenStore(path, clock);

it('has after a restart what it was told before', async () => {
  const store = aStore();
  expect(await store.read()).toEqual({});
  store.keep('default', () => onClaim('claim-1'));
  store.keep('lab', () => onClaim('claim-2', { ...file, bytes: 7 }));
  store.keep('lab', () => ({ ...onClaim('claim-2'), inPods: { 'web-0': [own] } }));
  await store.saved();
  expect(await aStore().read()).toEqual({
    default: onClaim('claim-1'),
    lab: { ...onClaim('claim-2'), inPods: { 'web-0': [own] } },
  });
});

it('keeps what other namespaces had, and nothing of one that has nothing left', async () => {
  const before = aStore();
  before.keep('default', () => onClaim('claim-1'));
  before.keep('lab', () => onClaim('claim-2'));
  await before.saved();
  const after = aStore();
  await after.read();
  after.keep('lab', () => ({ onClaims: {}, inPods: {} }));
  await after.saved();
  expect(await aStore().read()).toEqual({ default: onClaim('claim-1') });
});

it('writes once for many that come together', async () => {
  const clock = new ManualClock();
  const store = aStore(clock);
  store.keep('default', () => onClaim('claim-1'));
  clock.advance(499);
  await expect(readFile(path)).rejects.toThrow();
  clock.advance(1);
  await store.saved();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ default: onClaim('claim-1') });
});

it('goes on where nothing can be written', async () => {
  await writeFile(join(directory, 'folder'), 'in the way');
  const store = aStore();
  store.keep('default', () => onClaim('claim-1'));
  await store.saved();
  expect(await aStore().read()).toEqual({});
});

it.each([
  ['nothing', ''],
  ['a torn file', '{"default":{"onClaims":[{"na'],
  ['a list', '[]'],
  ['a file without a pod', JSON.stringify({ default: onClaim('c', { ...file, pod: undefined as never }) })],
  ['no list of files', '{"default":{"onClaims":{"c":{}},"inPods":{}}}'],
  ['no pods', '{"default":{"onClaims":{}}}'],
  [
    'a file of no container',
    JSON.stringify({ default: { onClaims: {}, inPods: { p: [{ ...own, containerId: 1 }] } } }),
  ],
])('begins anew with %s', (_name, text) => {
  expect(parseWritten(text)).toEqual({});
});
