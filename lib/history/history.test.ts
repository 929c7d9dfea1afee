import { describe, expect, it } from 'vitest';
import { randomFrom } from '../stream/testing';
import { countAt, countTo, extended, historyOf, latest, momentAfter, type History } from './history';
import { Watched } from './testing';

function lookBack(watched: Watched): History {
  const history = historyOf(JSON.parse(JSON.stringify(watched.kept.stretches)));
  if (!history) throw new Error('nothing was kept');
  return history;
}

describe('historyOf', () => {
  it('goes through every board that was live, and each change leads from the one before', () => {
    const random = randomFrom(7);
    const watched = new Watched();
    for (let step = 0; step < 120; step++) {
      watched.anything(random);
      if (step % 50 === 49) {
        watched.end();
        watched.begin();
      }
    }
    const history = lookBack(watched);
    expect(history.changes).toHaveLength(watched.live.length - 1);
    watched.live.forEach((moment, count) => {
      expect(momentAfter(history, count)).toEqual(moment);
      expect(countTo(history, moment.position)).toBe(count);
    });
    history.changes.forEach((change, index) => expect(change.before).toBe(momentAfter(history, index).board));
    expect(latest(history)).toEqual(watched.live.at(-1));
  });

  it('says since when nobody watched', () => {
    const watched = new Watched();
    watched.change((world) => world.create('web-0'));
    watched.end();
    const left = watched.world.now;
    watched.world.later(90).create('web-1');
    watched.begin();
    const { changes, until } = lookBack(watched);
    expect(changes.map((change) => change.unseenSince)).toEqual([undefined, left]);
    expect(changes[1]?.at).toBe(left + 90_000);
    expect(until).toBeUndefined();
  });

  it('is nothing when nothing is kept', () => {
    expect(historyOf([])).toBeUndefined();
  });
});

describe('countAt', () => {
  const watched = new Watched();
  const start = watched.world.now;
  watched.change((world) => world.later(10).create('web-0', { ready: false }));
  watched.change((world) => world.pod('web-0', { ready: true }));
  watched.change((world) => world.later(10).pod('web-0', { deleting: true }));
  const history = lookBack(watched);
  it.each([
    ['before all', -5, 0],
    ['at the start', 0, 0],
    ['just before the first', 9.999, 0],
    ['at two that came together', 10, 2],
    ['between', 15, 2],
    ['after all', 99, 3],
  ])('%s', (_name, seconds, expected) => {
    expect(countAt(history, start + seconds * 1000)).toBe(expected);
  });
});

describe('extended', () => {
  it('drops the oldest beyond the limit, and begins later for it', () => {
    const random = randomFrom(2);
    const watched = new Watched();
    while (watched.live.length <= 80) watched.anything(random);
    const { start, changes, isCut } = lookBack(watched);
    const few = { start, changes: changes.slice(0, 20), isCut };
    const long = extended(few, changes.slice(20), { ms: 1e9, steps: 30 });
    expect(long.changes).toEqual(changes.slice(-30));
    expect(long.start.board).toBe(long.changes[0]?.before);
    expect(long.isCut).toBe(true);
    expect(extended(few, changes.slice(20), { ms: 1e9, steps: 100 }).start).toBe(start);
  });

  it('drops by age too, but keeps the last 64', () => {
    const random = randomFrom(2);
    const watched = new Watched();
    while (watched.live.length <= 80) watched.anything(random);
    const { start, changes } = lookBack(watched);
    const history = extended({ start, changes: [], isCut: false }, changes, { ms: 0, steps: 5000 });
    expect(history.changes).toHaveLength(64);
  });
});
