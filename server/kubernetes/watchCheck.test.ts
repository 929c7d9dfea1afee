import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import type { Page, PageQuery } from './client';
import { ClusterError } from './errors';
import { checkGraceMs, checkPeriodMs, isSame, WatchCheck, type CheckScope, type Identity } from './watchCheck';

const at = (uid: string, resourceVersion: string): Identity => ({ uid, resourceVersion });

describe('isSame', () => {
  it.each([
    ['nothing and nothing', [], [], true],
    ['the same in another order', [at('a', '1'), at('b', '2')], [at('b', '2'), at('a', '1')], true],
    ['one more in the cluster', [at('a', '1'), at('b', '2')], [at('a', '1')], false],
    ['one that is gone', [at('a', '1')], [at('a', '1'), at('b', '2')], false],
    ['one that changed', [at('a', '3')], [at('a', '1')], false],
    ['one made again under its name', [at('c', '3')], [at('a', '1')], false],
  ])('%s', (_name, listed, known, expected) => {
    expect(isSame(listed, known)).toBe(expected);
  });
});

describe('WatchCheck', () => {
  let clock: ManualClock;
  let cluster: Identity[];
  let known: Identity[];
  let scopes: CheckScope[];
  let heard: { at: number; signs: number };
  let asked: string[];
  let told: string[];
  let refusal: ClusterError | undefined;
  let check: WatchCheck;

  beforeEach(() => {
    clock = new ManualClock();
    [cluster, known] = [[at('a', '1')], [at('a', '1')]];
    scopes = [{ path: '/api/v1/pods', namespace: '' }];
    heard = { at: clock.now(), signs: 0 };
    [asked, told, refusal] = [[], [], undefined];
    check = new WatchCheck({
      client: { listMetadata },
      clock,
      scopes: () => scopes,
      known: () => known,
      heard: () => heard,
      agreed: (askedAt) => told.push(`agreed ${clock.now() - askedAt}`),
      hangs: () => told.push('hangs'),
      refused: () => told.push('refused'),
    });
    check.start();
  });

  /** In pages of one, as the API does with `limit`. */
  function listMetadata(path: string, query: PageQuery): Promise<Page> {
    asked.push(path);
    if (refusal) return Promise.reject(refusal);
    const from = Number(query.next ?? 0);
    const items = cluster.slice(from, from + 1).map((metadata) => ({ metadata }));
    const next = from + 1 < cluster.length ? { next: String(from + 1) } : {};
    return Promise.resolve({ items, resourceVersion: '9', ...next });
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    // Answers are promises, a few deep.
    for (let turn = 0; turn < 40; turn++) await Promise.resolve();
  }

  function sign(): void {
    heard = { at: clock.now(), signs: heard.signs + 1 };
  }

  it('asks nothing while the watch speaks', async () => {
    for (let second = 0; second < 20; second++) {
      await pass(1000);
      sign();
    }
    expect(asked).toEqual([]);
  });

  it('confirms a quiet watch again and again', async () => {
    await pass(checkPeriodMs);
    expect(told).toEqual(['agreed 0']);
    await pass(checkPeriodMs);
    expect(told).toHaveLength(2);
  });

  it.each([
    ['changed', () => (cluster = [at('a', '2')])],
    ['came', () => cluster.push(at('b', '2'))],
    ['went', () => (cluster = [])],
  ])('says within 20 s that what %s was never told', async (_name, change) => {
    await pass(checkPeriodMs);
    change();
    const since = clock.now();
    while (!told.includes('hangs') && clock.now() - since < 20_000) await pass(500);
    expect(told.at(-1)).toBe('hangs');
    expect(clock.now() - since).toBeLessThanOrEqual(checkPeriodMs + checkGraceMs);
  });

  it('takes a list that is ahead of a working watch for no more than that', async () => {
    cluster = [at('a', '2')];
    await pass(checkPeriodMs);
    await pass(checkGraceMs - 1);
    known = [at('a', '2')];
    sign();
    await pass(1);
    expect(told).toEqual([]);
    await pass(checkPeriodMs);
    expect(told).toEqual(['agreed 0']);
  });

  it('does not take a refusal or an unanswered list for a hang', async () => {
    refusal = new ClusterError('timeout', 'no answer');
    await pass(checkPeriodMs);
    await pass(checkPeriodMs);
    expect(told).toEqual([]);
    refusal = new ClusterError('forbidden', 'pods is forbidden', 'Forbidden', 403);
    await pass(checkPeriodMs);
    expect(told).toEqual(['refused']);
  });

  it('confirms nothing where there is nothing to compare', async () => {
    scopes = [];
    await pass(checkPeriodMs);
    expect([asked, told]).toEqual([[], []]);
  });

  it('is quiet once ended, in the middle of an answer too', async () => {
    cluster = [at('a', '2')];
    clock.advance(checkPeriodMs);
    check.end();
    await pass(60_000);
    expect(told).toEqual([]);
  });
});
