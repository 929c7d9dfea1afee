import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { Pace } from './pace';

describe('Pace', () => {
  let clock: ManualClock;
  let pace: Pace;
  let sent: number[];
  let start: number;

  beforeEach(() => {
    clock = new ManualClock();
    start = clock.now();
    sent = [];
    pace = new Pace(clock, () => sent.push(clock.now() - start));
  });

  it.each(['prompt', 'byTheWay'] as const)('sends at once after a quiet moment (%s)', (urgency) => {
    pace.request(urgency);
    expect(sent).toEqual([]);
    clock.advance(0);
    expect(sent).toEqual([0]);
  });

  it('gathers what comes within 10 ms of a frame into the next', () => {
    for (let ms = 0; ms < 10; ms++) {
      pace.request('prompt');
      clock.advance(1);
    }
    expect(sent).toEqual([0, 10]);
  });

  it('keeps what is needed for the next pods, however much else goes on', () => {
    for (let ms = 0; ms < 300; ms += 5) {
      pace.request('byTheWay');
      clock.advance(5);
    }
    const before = sent.length;
    clock.advance(10);
    for (let pod = 0; pod < 3; pod++) {
      pace.request('prompt');
      clock.advance(10);
    }
    expect(sent.slice(before)).toEqual([310, 320, 330]);
  });

  it('takes what is waiting along as soon as a pod changes', () => {
    for (let frame = 0; frame < 4; frame++) {
      pace.request('byTheWay');
      clock.advance(12);
    }
    const before = sent.length;
    pace.request('prompt');
    clock.advance(200);
    expect(sent.slice(before)).toEqual([48]);
  });

  it('never sends more than 20 frames in any second, and never lets a pod wait for 70 ms', () => {
    for (let ms = 0; ms < 5000; ms++) {
      pace.request('prompt');
      clock.advance(1);
    }
    for (const [index, at] of sent.entries()) {
      expect(sent.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(20);
      expect(at - (sent[index - 1] ?? 0)).toBeLessThan(70);
    }
  });

  it('sends nothing after it is stopped', () => {
    pace.request('prompt');
    pace.stop();
    clock.advance(1000);
    expect(sent).toEqual([]);
  });
});
