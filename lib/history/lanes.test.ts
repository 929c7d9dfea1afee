import { describe, expect, it } from 'vitest';
import { randomFrom } from '../stream/testing';
import { historyOf, type History } from './history';
import { LaneReader, lanesOf, type Lane } from './lanes';
import { Watched } from './testing';

function lookBack(watched: Watched): History {
  const history = historyOf(watched.kept.stretches);
  if (!history) throw new Error('nothing was kept');
  return history;
}

/** `ready 1-3 #1`: in seconds since the start. */
function told(lane: Lane | undefined, start: number): string[] {
  const seconds = (at: number | undefined) => (at === undefined ? '' : String((at - start) / 1000));
  return (lane?.spans ?? []).map(({ state, from, until, life }) => {
    return `${state} ${seconds(from)}-${seconds(until)}${life === undefined ? '' : ` #${life}`}`;
  });
}

function laneOf(watched: Watched, ordinal: number): Lane | undefined {
  return lanesOf(lookBack(watched)).lanes.find((lane) => lane.ordinal === ordinal);
}

describe('lanesOf', () => {
  it('has a bar for each life, in its states', () => {
    const watched = new Watched();
    const start = watched.world.now;
    watched.change((world) => world.later(1).create('web-0', { ready: false }));
    watched.change((world) => world.later(2).pod('web-0', { ready: true }));
    watched.change((world) => world.later(5).pod('web-0', { deleting: true }));
    watched.change((world) => world.later(1).gone('web-0'));
    watched.change((world) => world.later(1).create('web-0', { ready: false }));
    expect(told(laneOf(watched, 0), start)).toEqual([
      'empty 0-1',
      'starting 1-3 #1',
      'ready 3-8 #1',
      'terminating 8-9 #1',
      'empty 9-10',
      'starting 10- #2',
    ]);
  });

  it('ends a lane with its slot, and goes on when the slot is there again', () => {
    const watched = new Watched();
    const start = watched.world.now;
    watched.change((world) => world.later(1).set(2));
    watched.change((world) => world.later(1).set(3));
    expect(told(laneOf(watched, 2), start)).toEqual(['waiting 0-1', 'waiting 2-']);
  });

  it('claims nothing of a time that nobody watched', () => {
    const watched = new Watched();
    const start = watched.world.now;
    watched.change((world) => world.later(1).create('web-0'));
    watched.world.later(1);
    watched.end();
    watched.world.later(60).gone('web-0').create('web-0');
    watched.begin();
    expect(told(laneOf(watched, 0), start)).toEqual(['empty 0-1', 'ready 1-2 #1', 'ready 62- #2']);
    expect(lanesOf(lookBack(watched)).gaps).toEqual([{ from: start + 2000, until: start + 62_000 }]);
  });

  it('tells a state that only was named differently as one', () => {
    const watched = new Watched();
    const start = watched.world.now;
    watched.change((world) => world.later(1).create('web-0', { ready: false, waiting: 'ContainerCreating' }));
    watched.change((world) => world.later(1).pod('web-0', { ready: false, waiting: 'PodInitializing' }));
    const lane = laneOf(watched, 0);
    expect(told(lane, start)).toEqual(['empty 0-1', 'starting 1- #1']);
    expect(lane?.spans.at(-1)?.status).toBe('PodInitializing');
  });

  it('marks events of the pod and of its claims, once each', () => {
    const watched = new Watched();
    watched.change((world) => world.claim('web', 1).create('web-1'));
    watched.change((world) => world.later(3).event('Pod', 'web-1', 'Pulled', 'image'));
    const at = watched.world.now;
    watched.change((world) => world.later(3).event('PersistentVolumeClaim', 'www-web-1', 'Provisioning', 'soon'));
    watched.change((world) => world.event('StatefulSet', 'web', 'SuccessfulCreate', 'create Pod'));
    watched.change((world) => world.pod('web-1', { ready: false }));
    const lane = laneOf(watched, 1);
    expect(lane?.marks.map((mark) => [mark.reason, mark.at])).toEqual([
      ['Pulled', at],
      ['Provisioning', at + 3000],
    ]);
  });

  it('never overlaps itself, and is the same when it is read bit by bit', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomFrom(seed);
      const watched = new Watched();
      for (let step = 0; step < 120; step++) watched.anything(random);
      const history = lookBack(watched);
      const reader = new LaneReader();
      for (let count = 0; count <= history.changes.length; count += 7) {
        reader.read({ ...history, changes: history.changes.slice(0, count) });
      }
      const { lanes, gaps } = reader.read(history);
      expect({ lanes, gaps }).toEqual(lanesOf(history));
      for (const { spans } of lanes) {
        spans.forEach((span, index) => {
          expect(span.until ?? Infinity).toBeGreaterThan(span.from);
          expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.until ?? 0);
        });
      }
    }
  });
});
