import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../clock';
import { CpuScheduler } from './cpu';
import type { CpuAccount } from './cpu';

const limits = { share: 0.25, stepsPerTurn: 100, burstMs: 10 };

/** A busy loop that counts how far it comes. */
function loop(scheduler: CpuScheduler, account: CpuAccount, isOver = { value: false }): { steps: number } {
  const counter = { steps: 0 };
  const run = async () => {
    while (!isOver.value) {
      const turn = scheduler.step(account);
      if (turn) await turn;
      else await undefined;
      counter.steps++;
    }
  };
  void run();
  return counter;
}

/** A container that works a little and rests, as a shell at a prompt or a server does. */
function rests(clock: ManualClock, scheduler: CpuScheduler): { rounds: number; account: CpuAccount } {
  const work = { rounds: 0, account: scheduler.account() };
  const run = async () => {
    for (;;) {
      for (let step = 0; step < 50; step++) await scheduler.step(work.account);
      work.rounds++;
      await clock.sleep(20);
    }
  };
  void run();
  return work;
}

describe('the CPU of containers', () => {
  it('lets a busy loop take a limited number of steps before others get their turn', async () => {
    const scheduler = new CpuScheduler({ clock: new ManualClock(), ...limits });
    const counter = loop(scheduler, scheduler.account());
    await settle();
    expect(counter.steps).toBe(100);
  });

  it('slows a busy loop to its share once the burst is spent', async () => {
    const clock = new ManualClock();
    const scheduler = new CpuScheduler({ clock, ...limits });
    const counter = loop(scheduler, scheduler.account());
    await clock.advance(1000);
    // A hundred steps count as a millisecond of work: 250 ms of the second, and the burst.
    expect(counter.steps).toBeLessThanOrEqual(100 * (250 + 10 + 4));
    expect(counter.steps).toBeGreaterThan(100 * 200);
  });

  it('gives a container with many loops no more than one with a single loop', async () => {
    const clock = new ManualClock();
    const scheduler = new CpuScheduler({ clock, ...limits });
    const greedy = scheduler.account();
    const loops = Array.from({ length: 50 }, () => loop(scheduler, greedy));
    const modest = loop(scheduler, scheduler.account());
    await clock.advance(2000);
    const total = loops.reduce((sum, { steps }) => sum + steps, 0);
    expect(modest.steps).toBeGreaterThan(total / 3);
    for (const { steps } of loops) expect(steps).toBeGreaterThan(0);
  });

  it('moves a container that never rests to a lane of its own, and leaves the others as if it were not there', async () => {
    const alone = new ManualClock();
    const undisturbed = rests(alone, new CpuScheduler({ clock: alone, ...limits }));
    await alone.advance(20_000);

    const clock = new ManualClock();
    const scheduler = new CpuScheduler({ clock, ...limits });
    const greedy = scheduler.account();
    loop(scheduler, greedy);
    await clock.advance(10_000);
    expect(scheduler.isRunaway(greedy)).toBe(true);
    const beside = rests(clock, scheduler);
    await clock.advance(20_000);
    expect(beside.rounds).toBe(undisturbed.rounds);
    expect(scheduler.isRunaway(beside.account)).toBe(false);
  });

  it('slows a runaway to its own share, and never stops it', async () => {
    const clock = new ManualClock();
    const scheduler = new CpuScheduler({ clock, ...limits, runawayShare: 0.1 });
    const counter = loop(scheduler, scheduler.account());
    await clock.advance(10_000);
    const before = counter.steps;
    await clock.advance(10_000);
    expect(counter.steps - before).toBeGreaterThan(100 * 900);
    expect(counter.steps - before).toBeLessThanOrEqual(100 * 1010);
  });

  it('moves every process of a runaway, and all of them back once it has rested', async () => {
    const clock = new ManualClock();
    const scheduler = new CpuScheduler({ clock, ...limits });
    const account = scheduler.account();
    const isOver = { value: false };
    const loops = Array.from({ length: 5 }, () => loop(scheduler, account, isOver));
    await clock.advance(10_000);
    const before = loops.map(({ steps }) => steps);
    await clock.advance(1000);
    loops.forEach(({ steps }, index) => expect(steps).toBeGreaterThan(before[index] ?? 0));
    expect(scheduler.isRunaway(account)).toBe(true);

    isOver.value = true;
    await clock.advance(11_000);
    await scheduler.step(account);
    expect(scheduler.isRunaway(account)).toBe(false);
  });
});
