/**
 * Time and chance, passed in: the rooms of the dashboard's server set no timers but through this, so that a test can let
 * 75 s of silence pass at once.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; returns what cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const handle = setTimeout(task, delayMs);
    return () => clearTimeout(handle);
  },
};

/** Resolves after `delayMs`, or at once when `signal` aborts. Never rejects. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** A clock that moves only when a test says so. */
export class ManualClock implements Clock {
  private tasks: { at: number; run: () => void }[] = [];
  private waiters: (() => void)[] = [];

  constructor(private ms = Date.parse('2026-01-01T00:00:00Z')) {}

  now(): number {
    return this.ms;
  }

  after(delayMs: number, run: () => void): () => void {
    const task = { at: this.ms + delayMs, run };
    this.tasks.push(task);
    this.waiters.splice(0).forEach((wake) => wake());
    return () => void (this.tasks = this.tasks.filter((other) => other !== task));
  }

  advance(ms: number): void {
    const end = this.ms + ms;
    for (;;) {
      const next = this.tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.tasks = this.tasks.filter((task) => task !== next);
      this.ms = Math.max(this.ms, next.at);
      next.run();
    }
    this.ms = end;
  }

  /** Delays of what is set, soonest first. */
  pending(): number[] {
    return this.tasks.map((task) => task.at - this.ms).sort((a, b) => a - b);
  }

  /** Resolves once a task is set that `matches` by its delay. */
  async armed(matches: (delayMs: number) => boolean): Promise<void> {
    while (!this.pending().some(matches)) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }
}
