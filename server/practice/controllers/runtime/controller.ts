import type { Clock, Timer } from '../../clock';
import type { RateLimiter } from './backOff';
import { WorkQueue } from './workQueue';

export interface ControllerOptions {
  name: string;
  clock: Clock;
  /** Brings one object to what it should be. A rejection is retried with back-off. */
  reconcile(key: string): Promise<void>;
  /** How many keys may be in work at once (5). */
  workers?: number;
  limiter?: RateLimiter;
  /** Nothing is worked on before: a cache that is half filled would be taken for the truth. */
  ready?: Promise<void>;
  /** Told of every failed reconcile. Conflicts among them are everyday: the cache was a moment behind. */
  onError?: (failure: ReconcileFailure) => void;
}

export interface ReconcileFailure {
  controller: string;
  key: string;
  error: unknown;
  /** How often in a row this key has failed. */
  failures: number;
}

/** Keys worked on before the controller gives the thread to others. */
const keysPerTurn = 20;

/** Runs `reconcile` for keys as they are enqueued, a few at a time, each key alone. */
export class Controller {
  private readonly queue: WorkQueue;
  private readonly running = new Set<Promise<void>>();
  private turn: Timer | undefined;
  private isReady: boolean;
  private isStopped = false;

  constructor(private readonly options: ControllerOptions) {
    this.queue = new WorkQueue(options.clock, () => this.schedule(), options.limiter);
    this.isReady = options.ready === undefined;
    void options.ready?.then(() => {
      this.isReady = true;
      if (this.queue.length > 0) this.schedule();
    });
  }

  enqueue(key: string): void {
    this.queue.add(key);
  }

  enqueueAfter(key: string, delayMs: number): void {
    this.queue.addAfter(key, delayMs);
  }

  /** No key is started any more. Resolves when those in work have ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.turn?.cancel();
    this.queue.stop();
    await Promise.all(this.running);
  }

  // Work starts in a turn of its own, never inside the watch handler that enqueued the key: a reconcile that ran there
  // would see a cache in which only half of the handlers had their say.
  private schedule(): void {
    if (this.turn || this.isStopped || !this.isReady) return;
    this.turn = this.options.clock.after(0, () => {
      this.turn = undefined;
      this.startSome();
    });
  }

  private startSome(): void {
    const workers = this.options.workers ?? 5;
    for (let started = 0; this.running.size < workers && started < keysPerTurn; started++) {
      const key = this.queue.take();
      if (key === undefined) return;
      const work = this.work(key).finally(() => {
        this.running.delete(work);
        if (this.queue.length > 0) this.schedule();
      });
      this.running.add(work);
    }
  }

  private async work(key: string): Promise<void> {
    try {
      await this.options.reconcile(key);
      this.queue.forget(key);
    } catch (error) {
      if (this.isStopped) return;
      this.queue.addRateLimited(key);
      const failures = this.queue.failures(key);
      this.options.onError?.({ controller: this.options.name, key, error, failures });
    } finally {
      this.queue.done(key);
    }
  }
}

/** `namespace/name` taken apart; a cluster-scoped object's namespace is empty. */
export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}
