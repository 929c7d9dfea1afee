import { describe, expect, it } from 'vitest';
import { randomFrom } from '../stream/testing';
import { countAt, countTo, extended, historyOf, joined, latest, momentAfter, type History } from './history';
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
  const random = randomFrom(2);
  const watched = new Watched();
  while (watched.live.length <= 240) watched.anything(random);
  const { start, changes } = lookBack(watched);
  const few = { start, changes: changes.slice(0, 20), isCut: false };
  const rest = changes.slice(20);

  it.each([
    ['by number', { ms: 1e9, steps: 200 }, 240 - 40 - 128],
    ['by age, but for the last 64', { ms: 0, steps: 5000 }, 64],
  ])('drops the oldest %s, and begins later for it', (_name, limits, left) => {
    const long = extended(few, rest, limits);
    expect(long.changes).toEqual(changes.slice(-left));
    expect(long.start.board).toBe(long.changes[0]?.before);
    expect(long.isCut).toBe(true);
  });

  it('keeps all that is within the limits, and its start', () => {
    const long = extended(few, rest);
    expect(long.changes).toEqual(changes);
    expect(long.start).toBe(start);
    expect(long.isCut).toBe(false);
  });
});

describe('joined', () => {
  const random = randomFrom(4);
  const watched = new Watched();
  while (watched.live.length <= 10) watched.anything(random);
  const { start, changes } = lookBack(watched);
  const history = { start, changes: changes.slice(0, 6), isCut: false };
  const held = (version: number, epoch = 'e1') => ({ epoch, version });

  it.each([
    ['what follows', changes.slice(6), held(10), 10],
    ['what overlaps', changes.slice(2), held(10), 10],
    ['what is known already', changes.slice(2, 5), held(5), 6],
    ['nothing, to a page that is no further', [], held(6), 6],
  ])('takes %s', (_name, received, at, expected) => {
    expect(joined(history, received, at)?.changes).toHaveLength(expected);
  });

  it.each([
    ['a step is missing between', changes.slice(7), held(10)],
    ['the page jumped ahead', [], held(8)],
    ['the server was started again', [], held(0, 'e2')],
  ])('gives up when %s', (_name, received, at) => {
    expect(joined(history, received, at)).toBeUndefined();
  });
});
