import { inLaterTurn, isLineEmpty } from './turns';

/**
 * Time, passed in. Nothing else under `server/practice` reads the host's clock or sets a timer, so that a test can
 * step a whole cluster by hand (`ManualClock`) and see the same order every time.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; a delay of 0 runs it in a later turn, never at once. */
  after(delayMs: number, task: () => void): Timer;
  /** Resolves after `delayMs`, or at once when `signal` aborts. Never rejects. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export interface Timer {
  cancel(): void;
}

/** Timestamps as Kubernetes writes them (RFC 3339, whole seconds). */
export function timestamp(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Timestamps with microseconds, as Events, Leases and managedFields of some kinds carry them. */
export function microTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

abstract class SleepingClock implements Clock {
  abstract now(): number;
  abstract after(delayMs: number, task: () => void): Timer;

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        timer.cancel();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = this.after(delayMs, done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}

/** The longest delay a host timer takes; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

class SystemClock extends SleepingClock {
  now(): number {
    return Date.now();
  }

  after(delayMs: number, task: () => void): Timer {
    let isCancelled = false;
    // Node runs all timers that are due before it looks at what has come in; here they take turns with it.
    const due = () => inLaterTurn(() => void (isCancelled || task()));
    const handle = setTimeout(due, Math.min(Math.max(0, delayMs), longestTimerMs));
    return {
      cancel: () => {
        isCancelled = true;
        clearTimeout(handle);
      },
    };
  }
}

export const systemClock: Clock = new SystemClock();

/** A clock that moves only when told to. Tasks due at the same moment run in the order they were set. */
export class ManualClock extends SleepingClock {
  private tasks: { at: number; order: number; run: () => void }[] = [];
  private order = 0;

  constructor(private ms = Date.parse('2026-01-01T00:00:00Z')) {
    super();
  }

  now(): number {
    return this.ms;
  }

  after(delayMs: number, run: () => void): Timer {
    const task = { at: this.ms + Math.max(0, delayMs), order: this.order++, run };
    this.tasks.push(task);
    return { cancel: () => void (this.tasks = this.tasks.filter((other) => other !== task)) };
  }

  /** Moves time on by `ms`, running what falls due, and lets promises settle between tasks. */
  async advance(ms: number): Promise<void> {
    const end = this.ms + ms;
    await settle();
    for (;;) {
      const next = this.tasks.filter((t) => t.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.tasks = this.tasks.filter((t) => t !== next);
      this.ms = Math.max(this.ms, next.at);
      next.run();
      await settle();
    }
    this.ms = end;
  }

  /** When the next task falls due, or undefined when nothing is set. */
  nextDue(): number | undefined {
    return this.tasks.reduce<number | undefined>((soonest, t) => Math.min(soonest ?? t.at, t.at), undefined);
  }
}

/** Lets every promise that can settle now do so, including chains that hop through the host's immediate queue. */
export async function settle(): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet = isLineEmpty() ? quiet + 1 : 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
