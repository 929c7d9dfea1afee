import { describe, expect, it } from 'vitest';
import { World } from '../../lib/board/testing';
import { historyOf } from '../../lib/history/history';
import type { PatchFrame } from '../../lib/stream/protocol';
import { ManualClock } from '../clock';
import { Publisher } from './publisher';

function publishing() {
  const clock = new ManualClock();
  const world = new World().set(2);
  const frames: PatchFrame[] = [];
  const publisher = new Publisher({
    clock,
    epoch: 'e1',
    snapshot: () => world.snapshot(),
    send: (frame) => frames.push(frame),
  });
  const change = (apply: (world: World) => void): void => {
    apply(world);
    publisher.changed('default', 'prompt');
    clock.advance(100);
  };
  return { clock, frames, publisher, change };
}

describe('Publisher', () => {
  it('keeps each board that was looked at, with its time', async () => {
    const { clock, frames, publisher, change } = publishing();
    publisher.hold('default');
    const moments = [publisher.now('default')];
    for (const ip of ['', '10.0.0.1', '10.0.0.2']) {
      change((world) => world.create('web-0', { ip }));
      moments.push(publisher.now('default'));
    }
    for (const moment of moments) expect(await publisher.moment('default', moment.position)).toEqual(moment);
    expect(frames.flatMap((frame) => frame.times)).toEqual(moments.slice(1).map(({ at }) => at));
    expect(moments.at(-1)?.at).toBe(clock.now() - 100);
  });

  it('tells what nobody looked at from what was', async () => {
    const { clock, publisher, change } = publishing();
    const release = publisher.hold('default');
    change((world) => world.create('web-0'));
    const before = publisher.now('default');
    release();
    clock.advance(10 * 60_000);
    const ended = clock.now();
    change((world) => world.create('web-1'));
    publisher.hold('default');
    const history = historyOf(await publisher.history('default'));
    expect(history?.changes.map(({ unseenSince }) => unseenSince)).toEqual([undefined, ended]);
    expect(await publisher.moment('default', before.position)).toEqual(before);
    expect(publisher.now('default').position).not.toEqual(before.position);
  });

  it('forgets a namespace that nobody came back to', async () => {
    const { clock, publisher } = publishing();
    publisher.hold('default')();
    clock.advance(41 * 60_000);
    expect(await publisher.history('default')).toEqual([]);
  });
});
