import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyOf, latest } from '../../lib/history/history';
import { Watched } from '../../lib/history/testing';
import { randomFrom } from '../../lib/stream/testing';
import { ManualClock } from '../clock';
import { HistoryFile, parseHistory } from './historyFile';
import { forgetOldFiles, Past } from './past';

describe('a past on disk', () => {
  let directory: string;
  let path: string;
  let clock: ManualClock;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'history-'));
    path = join(directory, 'default.jsonl');
    clock = new ManualClock();
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  /** A server that watches for a while: all that was live, and what it has left on disk. */
  async function watch(seed: number, steps: number, isKilled = false): Promise<Watched> {
    const watched = new Watched();
    const past = new Past(clock, directory, 'default');
    await past.whole;
    const random = randomFrom(seed);
    const [first] = watched.live;
    if (first) past.begin(first);
    for (let step = 0; step < steps; step++) {
      const known = watched.live.length;
      watched.anything(random);
      const moment = watched.live.at(-1);
      const kept = watched.kept.stretches.at(-1)?.steps.at(-1);
      if (moment && kept && watched.live.length > known) past.append(kept, moment.board);
    }
    if (!isKilled) past.end();
    await past.saved();
    return watched;
  }

  it('is there again after a restart, board by board', async () => {
    const watched = await watch(1, 80);
    const past = new Past(clock, directory, 'default');
    await past.whole;
    expect(watched.live.length).toBeGreaterThan(40);
    for (const moment of watched.live) expect(past.history.moment(moment.position)).toEqual(moment);
    expect(past.history.stretches.at(-1)?.until).toBe(clock.now());
  });

  it('holds several lives of the server, with the gaps between', async () => {
    await watch(1, 20);
    clock.advance(60_000);
    await watch(2, 20);
    const { stretches } = parseHistory(await readFile(path, 'utf8'));
    expect(stretches).toHaveLength(2);
    expect(historyOf(stretches)?.changes.filter((change) => change.unseenSince !== undefined)).toHaveLength(1);
  });

  it('of a server that was killed ends with its last step', async () => {
    const watched = await watch(3, 20, true);
    const { stretches } = parseHistory(await readFile(path, 'utf8'));
    expect(stretches[0]?.until).toBe(watched.live.at(-1)?.at);
  });

  it('cuts off a torn last line, wherever it is torn, and goes on behind it', async () => {
    const watched = await watch(4, 12);
    const text = await readFile(path, 'utf8');
    const lines = text.split('\n').length - 1;
    for (const lost of [1, 2, 10, 40]) {
      await writeFile(path, text.slice(0, -lost));
      const past = new Past(clock, directory, 'default');
      await past.whole;
      const [stretch] = past.history.stretches;
      const found = stretch && historyOf([stretch]);
      expect(found?.changes.length, `${lost} bytes lost`).toBeGreaterThanOrEqual(watched.live.length - 3);
      past.begin(latest(found ?? { start: watched.live[0] ?? expect.fail(), changes: [], isCut: false }));
      await past.saved();
      const again = await readFile(path, 'utf8');
      expect(parseHistory(again).length).toBe(again.length);
      expect(again.split('\n').length).toBeLessThanOrEqual(lines + 2);
    }
  });

  it.each([
    ['no JSON at all', 'hello\n'],
    ['a step before any board', '{"at":1,"patch":{"v":1}}\n'],
    ['a board that is none', '{"epoch":"e","version":1,"at":1,"board":{"sets":1}}\n'],
    ['nothing', ''],
  ])('that holds %s is empty, and is written on', async (_name, text) => {
    await writeFile(path, text);
    await watch(5, 5);
    expect(parseHistory(await readFile(path, 'utf8')).stretches).toHaveLength(1);
  });

  it('that does not fit together is forgotten', async () => {
    const watched = await watch(6, 10);
    await appendFile(path, '{"at":1,"patch":{"f":{"sets":{"l":[[0,99]]}}}}\n');
    const past = new Past(clock, directory, 'default');
    await past.whole;
    await past.saved();
    expect(past.history.stretches).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('');
    expect(watched.live.length).toBeGreaterThan(1);
  });

  it('is written anew once it is mostly old: it stays bounded', async () => {
    const watched = new Watched();
    const [first] = watched.live;
    const file = new HistoryFile(path, clock, () => watched.kept.stretches);
    if (first) file.begin(first);
    const message = 'x'.repeat(64 * 1024);
    for (let step = 0; step < 100; step++) {
      file.append({ at: step, patch: { v: message } });
      await file.saved();
    }
    expect((await stat(path)).size).toBeLessThan(2 * 1024 * 1024);
  });

  it('does without a disk', async () => {
    const past = new Past(clock, join(path, 'no', 'folder'), 'default');
    await writeFile(path, '');
    const watched = new Watched();
    const [first] = watched.live;
    if (first) past.begin(first);
    await past.saved();
    expect(first && past.history.moment(first.position)).toEqual(first);
  });

  it('is removed when all of it is too old', async () => {
    await watch(7, 3);
    const other = join(directory, 'written.json');
    await writeFile(other, '{}');
    await forgetOldFiles(directory, Date.now());
    expect((await stat(path)).size).toBeGreaterThan(0);
    await forgetOldFiles(directory, Date.now() + 31 * 60_000);
    await expect(stat(path)).rejects.toThrow();
    expect((await stat(other)).size, 'what is no past stays').toBeGreaterThan(0);
    await forgetOldFiles(join(directory, 'none'), 0);
  });
});
