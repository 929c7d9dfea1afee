import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import { ManualClock } from '../clock';
import { seededIds } from '../ids';
import { ChangedError, createStorage, KeyExistsError, TooOldError, type Change } from './storage';

const object = (name: string, labels?: Record<string, string>): KubernetesObject => ({
  metadata: { name, ...(labels ? { labels } : {}) },
});
const keysOf = (objects: readonly KubernetesObject[]) => objects.map((o) => o.metadata.name);

describe('storage', () => {
  it('stamps revisions, freezes, and compares before it swaps', () => {
    const storage = createStorage({ clock: new ManualClock() });
    const first = storage.create('pods', 'a/x', object('x'));
    expect(first.metadata.resourceVersion).toBe('1');
    expect(Object.isFrozen(first.metadata)).toBe(true);
    expect(() => storage.create('pods', 'a/x', object('x'))).toThrow(KeyExistsError);
    const second = storage.replace('pods', 'a/x', first, object('x', { a: '1' }));
    expect(() => storage.replace('pods', 'a/x', first, object('x'))).toThrow(ChangedError);
    expect(() => storage.remove('pods', 'a/x', first)).toThrow(ChangedError);
    expect(storage.remove('pods', 'a/x', second).metadata).toMatchObject({ resourceVersion: '3', labels: { a: '1' } });
    expect(storage.get('pods', 'a/x')).toBeUndefined();
  });

  it('lists in the order of keys, where a dash comes before the slash', () => {
    const storage = createStorage({ clock: new ManualClock() });
    for (const key of ['b/x', 'a/y', 'a-b/x', 'a/x', 'a.b/x']) storage.create('pods', key, object(key));
    expect(keysOf(storage.list('pods').objects)).toEqual(['a-b/x', 'a.b/x', 'a/x', 'a/y', 'b/x']);
    expect(keysOf(storage.list('pods', { prefix: 'a/' }).objects)).toEqual(['a/x', 'a/y']);
  });

  it('forgets old lists of a kind that is quiet when others have moved on, but not the watches of it', async () => {
    const clock = new ManualClock();
    const storage = createStorage({ clock, limits: { keepMs: 1_000, longestMs: 5_000, usual: 100, most: 100 } });
    storage.create('configmaps', 'a/x', object('x'));
    storage.create('configmaps', 'a/y', object('y'));
    await clock.advance(1_000);
    storage.create('events', 'a/e', object('e'));
    expect(keysOf(storage.list('configmaps', { revision: 2, limit: 1 }).objects)).toEqual(['x']);
    await clock.advance(5_000);
    expect(() => storage.list('configmaps', { revision: 2 })).toThrow(new TooOldError(2, 3));
    expect(storage.list('configmaps', { revision: 3 }).objects).toHaveLength(2);
    expect(() => storage.watch('configmaps', 2, () => {})).not.toThrow();
  });

  it('lets go of what a busy time has left of a kind that is quiet since', async () => {
    const clock = new ManualClock();
    const storage = createStorage({ clock, limits: { keepMs: 1_000, longestMs: 5_000, usual: 2, most: 10 } });
    for (let i = 0; i < 6; i++) storage.create('pods', `a/${i}`, object(`${i}`));
    await clock.advance(2_000);
    storage.create('leases', 'a/l', object('l'));
    expect(() => storage.watch('pods', 3, () => {})).toThrow(new TooOldError(3, 4));
    expect(() => storage.watch('pods', 4, () => {})).not.toThrow();
  });

  it('refuses a revision that is forgotten, by age and by number', async () => {
    const clock = new ManualClock();
    const storage = createStorage({ clock, limits: { keepMs: 1_000, longestMs: 5_000, usual: 2, most: 10 } });
    for (let i = 0; i < 6; i++) storage.create('pods', `a/${i}`, object(`${i}`));
    storage.watch('pods', 0, () => {}).stop();
    await clock.advance(2_000);
    storage.create('pods', 'a/6', object('6'));
    expect(() => storage.watch('pods', 4, () => {})).toThrow(new TooOldError(4, 5));
    expect(() => storage.list('pods', { revision: 3 })).toThrow('too old resource version: 3 (5)');
    storage.watch('pods', 5, () => {}).stop();
    for (let i = 7; i < 20; i++) storage.create('pods', `a/${i}`, object(`${i}`));
    expect(() => storage.watch('pods', 9, () => {})).toThrow('too old resource version: 9 (10)');
  });

  it('agrees with a naive model at every revision, and replays exactly what happened', () => {
    for (let seed = 0; seed < 15; seed++) against(seed);
  });
});

/** Random writes against plain maps: every past state can be listed, in pages too, and every watch tells the difference. */
function against(seed: number): void {
  const ids = seededIds(seed);
  const storage = createStorage({ clock: new ManualClock() });
  const states: Map<string, string>[] = [new Map()];
  const log: Change[] = [];
  storage.watch('pods', 0, (change) => log.push(change));
  for (let i = 0; i < 120; i++) {
    const key = `${ids.fraction() < 0.5 ? 'a' : 'a-b'}/${Math.floor(ids.fraction() * 15)}`;
    const state = new Map(states.at(-1));
    const old = storage.get('pods', key);
    if (!old) storage.create('pods', key, object(key));
    else if (ids.fraction() < 0.4) storage.remove('pods', key, old);
    else storage.replace('pods', key, old, object(key));
    const now = storage.get('pods', key)?.metadata.resourceVersion;
    if (now === undefined) state.delete(key);
    else state.set(key, now);
    states.push(state);
  }
  for (const [revision, state] of states.entries()) {
    const limit = 1 + Math.floor(ids.fraction() * 9);
    expect(paged(storage, revision, limit)).toEqual([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
    const replayed: Change[] = [];
    storage.watch('pods', revision, (change) => replayed.push(change)).stop();
    expect(replayed).toEqual(log.slice(revision));
  }
}

function paged(storage: ReturnType<typeof createStorage>, revision: number, limit: number) {
  const found: [string, string][] = [];
  let after: string | undefined;
  do {
    const page = storage.list('pods', { revision, limit, ...(after !== undefined ? { after } : {}) });
    for (const o of page.objects) found.push([o.metadata.name ?? '', o.metadata.resourceVersion ?? '']);
    after = page.next;
  } while (after !== undefined);
  return found;
}
