import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../clock';
import { createBucket, createRateLimiter } from './backOff';
import { Controller } from './controller';
import { WorkQueue } from './workQueue';

function drain(queue: WorkQueue): string[] {
  const taken: string[] = [];
  for (let key = queue.take(); key !== undefined; key = queue.take()) taken.push(key);
  return taken;
}

describe('a work queue', () => {
  it('holds a key once', () => {
    const queue = new WorkQueue(new ManualClock(), () => {});
    ['a', 'b', 'a'].forEach((key) => queue.add(key));
    expect(drain(queue)).toEqual(['a', 'b']);
  });

  it('brings a key again that was added while in work, and not before', () => {
    const queue = new WorkQueue(new ManualClock(), () => {});
    queue.add('a');
    expect(queue.take()).toBe('a');
    queue.add('a');
    expect(queue.take()).toBeUndefined();
    queue.done('a');
    expect(queue.take()).toBe('a');
    queue.done('a');
    expect(queue.take()).toBeUndefined();
  });

  it('lets the soonest of several waits count', async () => {
    const clock = new ManualClock();
    const queue = new WorkQueue(clock, () => {});
    queue.addAfter('a', 500);
    queue.addAfter('a', 100);
    queue.addAfter('a', 900);
    await clock.advance(99);
    expect(drain(queue)).toEqual([]);
    await clock.advance(1);
    expect(drain(queue)).toEqual(['a']);
    queue.done('a');
    await clock.advance(1000);
    expect(drain(queue)).toEqual([]);
  });

  it('waits twice as long after each failure, from 5 ms to 1000 s, and afresh after a success', async () => {
    const limiter = createRateLimiter(new ManualClock());
    const waits = Array.from({ length: 20 }, () => limiter.when('a'));
    expect(waits.slice(0, 5)).toEqual([5, 10, 20, 40, 80]);
    expect(waits.at(-1)).toBe(1_000_000);
    limiter.forget('a');
    expect(limiter.when('a')).toBe(5);
  });

  it('retries no more than a hundred keys at once, and then ten a second', () => {
    const limiter = createRateLimiter(new ManualClock());
    for (let i = 0; i < 100; i++) expect(limiter.when(`k-${i}`)).toBe(5);
    expect(limiter.when('next')).toBe(100);
    expect(limiter.when('after')).toBe(200);
  });

  it('takes tokens back over time', async () => {
    const clock = new ManualClock();
    const bucket = createBucket(clock, { size: 2, perSecond: 1 });
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
    await clock.advance(1000);
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  });
});

describe('a controller', () => {
  it('works on a few keys at a time, and on no key twice at once', async () => {
    const clock = new ManualClock();
    const active = new Set<string>();
    let most = 0;
    const seen: string[] = [];
    const controller = new Controller({
      name: 'test',
      clock,
      workers: 2,
      reconcile: async (key) => {
        expect(active.has(key)).toBe(false);
        active.add(key);
        most = Math.max(most, active.size);
        await clock.sleep(10);
        seen.push(key);
        active.delete(key);
      },
    });
    for (const key of ['a', 'b', 'c', 'a']) controller.enqueue(key);
    await clock.advance(5);
    controller.enqueue('a');
    await clock.advance(100);
    expect(most).toBe(2);
    expect(seen).toEqual(['a', 'b', 'c', 'a']);
  });

  it('tries again what failed, and tells of it', async () => {
    const clock = new ManualClock();
    const failures: number[] = [];
    const at: number[] = [];
    const start = clock.now();
    const controller = new Controller({
      name: 'test',
      clock,
      reconcile: () => {
        at.push(clock.now() - start);
        return at.length < 4 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      },
      onError: (failure) => failures.push(failure.failures),
    });
    controller.enqueue('a');
    await clock.advance(10_000);
    expect(at).toEqual([0, 5, 15, 35]);
    expect(failures).toEqual([1, 2, 3]);
  });

  it('starts nothing before the caches are filled, nor after it was stopped', async () => {
    const clock = new ManualClock();
    let fill = () => {};
    const ready = new Promise<void>((resolve) => (fill = resolve));
    const seen: string[] = [];
    const reconcile = (key: string) => Promise.resolve(void seen.push(key));
    const controller = new Controller({ name: 'test', clock, ready, reconcile });
    controller.enqueue('a');
    await clock.advance(1000);
    expect(seen).toEqual([]);
    fill();
    await clock.advance(0);
    expect(seen).toEqual(['a']);
    await controller.stop();
    controller.enqueue('b');
    await clock.advance(1000);
    expect(seen).toEqual(['a']);
  });
});
