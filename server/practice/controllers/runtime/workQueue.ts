import type { Clock, Timer } from '../../clock';
import { createRateLimiter, type RateLimiter } from './backOff';

/**
 * Keys to work on (k8s.io/client-go/util/workqueue). A key waits in it once however often it is added, and is never
 * worked on twice at the same time: one added meanwhile comes again after `done`, so that no change is lost.
 */
export class WorkQueue {
  private readonly ready: string[] = [];
  private readonly dirty = new Set<string>();
  private readonly processing = new Set<string>();
  private readonly waiting = new Map<string, { at: number; timer: Timer }>();
  private isStopped = false;
  private readonly limiter: RateLimiter;

  constructor(
    private readonly clock: Clock,
    /** Called whenever there may be something to `take`. */
    private readonly onReady: () => void,
    limiter?: RateLimiter,
  ) {
    this.limiter = limiter ?? createRateLimiter(clock);
  }

  add(key: string): void {
    if (this.isStopped || this.dirty.has(key)) return;
    this.dirty.add(key);
    if (this.processing.has(key)) return;
    this.ready.push(key);
    this.onReady();
  }

  /** Adds the key when `delayMs` have passed; of several waits for one key the soonest counts. */
  addAfter(key: string, delayMs: number): void {
    if (this.isStopped) return;
    if (delayMs <= 0) return this.add(key);
    const at = this.clock.now() + delayMs;
    const known = this.waiting.get(key);
    if (known && known.at <= at) return;
    known?.timer.cancel();
    const timer = this.clock.after(delayMs, () => {
      this.waiting.delete(key);
      this.add(key);
    });
    this.waiting.set(key, { at, timer });
  }

  addRateLimited(key: string): void {
    this.addAfter(key, this.limiter.when(key));
  }

  /** The key's work succeeded: its next failure starts with the shortest wait again. */
  forget(key: string): void {
    this.limiter.forget(key);
  }

  failures(key: string): number {
    return this.limiter.failures(key);
  }

  /** The next key, which is then in work until `done`. */
  take(): string | undefined {
    const key = this.ready.shift();
    if (key === undefined) return undefined;
    this.dirty.delete(key);
    this.processing.add(key);
    return key;
  }

  done(key: string): void {
    this.processing.delete(key);
    if (!this.dirty.has(key) || this.isStopped) return;
    this.ready.push(key);
    this.onReady();
  }

  get length(): number {
    return this.ready.length;
  }

  stop(): void {
    this.isStopped = true;
    this.ready.length = 0;
    for (const { timer } of this.waiting.values()) timer.cancel();
    this.waiting.clear();
  }
}
