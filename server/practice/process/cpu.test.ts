import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../clock';
import { CpuScheduler } from './cpu';
import type { CpuAccount } from './cpu';

const limits = { share: 0.25, stepsPerTurn: 100, burstMs: 10 };

/** A busy loop that counts how far it comes. */
function loop(scheduler: CpuScheduler, account: CpuAccount): { steps: number } {
  const counter = { steps: 0 };
  const run = async () => {
    for (;;) {
      const turn = scheduler.step(account);
      if (turn) await turn;
      else await undefined;
      counter.steps++;
    }
  };
  void run();
  return counter;
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
});
