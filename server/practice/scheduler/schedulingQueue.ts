import type { Clock, Timer } from '../clock';
import { laterTurn } from '../turns';
import type { Change } from './fitError';

/** pkg/scheduler/backend/queue: after an error the first retry waits a second, later ones double it, up to ten. */
const initialMs = 1000;
const maxMs = 10_000;
/** A pod that nothing has woken is tried again after this long (podMaxInUnschedulablePodsDuration). */
const longestWaitMs = 300_000;

/** `error`: the same try may succeed later. Otherwise the pod fits nowhere until one of these changes happens. */
export type Outcome = 'placed' | 'error' | { helpedBy: ReadonlySet<Change> };

/**
 * The pods that want a node. A pod that fits nowhere waits until something happens that may help; as the scheduler here
 * is never short of time, it is then tried at once, as upstream pops from its back-off queue when it has nothing else to
 * do. Only errors wait.
 */
export class SchedulingQueue {
  private readonly active = new Set<string>();
  private readonly parked = new Map<string, { timer: Timer; outcome: Outcome }>();
  private readonly attempts = new Map<string, number>();
  private isBusy = false;
  private isStopped = false;
  private timer: Timer | undefined;
  /** What has changed while a pod was being tried: it may have been judged by the state before. */
  private meanwhile = new Set<Change>();

  constructor(
    private readonly clock: Clock,
    /** Tries one pod. Must not reject. */
    private readonly attempt: (key: string) => Promise<Outcome>,
  ) {}

  add(key: string): void {
    this.unpark(key);
    this.active.add(key);
    this.schedule();
  }

  forget(key: string): void {
    this.unpark(key);
    this.attempts.delete(key);
    this.active.delete(key);
  }

  /** Brings back the pods that this change may help. */
  wake(change: Change): void {
    this.meanwhile.add(change);
    for (const [key, { outcome }] of [...this.parked])
      if (typeof outcome === 'object' && outcome.helpedBy.has(change)) this.add(key);
  }

  stop(): void {
    this.isStopped = true;
    this.timer?.cancel();
    for (const { timer } of this.parked.values()) timer.cancel();
    this.parked.clear();
    this.active.clear();
  }

  private schedule(): void {
    if (this.timer || this.isBusy || this.isStopped || this.active.size === 0) return;
    this.timer = this.clock.after(0, () => {
      this.timer = undefined;
      void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isBusy = true;
    for (let key = this.next(); key !== undefined && !this.isStopped; key = this.next()) {
      this.meanwhile.clear();
      const outcome = await this.attempt(key);
      if (outcome === 'placed') this.attempts.delete(key);
      else if (typeof outcome === 'object' && [...this.meanwhile].some((change) => outcome.helpedBy.has(change)))
        this.add(key);
      else this.park(key, outcome);
      // With a thousand pods in the queue, requests are served between any two of them.
      await laterTurn();
    }
    this.isBusy = false;
    this.schedule();
  }

  private next(): string | undefined {
    const [key] = this.active;
    if (key !== undefined) this.active.delete(key);
    return key;
  }

  private park(key: string, outcome: Outcome): void {
    if (this.isStopped || this.active.has(key)) return;
    const attempts = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempts);
    this.unpark(key);
    const delay = outcome === 'error' ? Math.min(initialMs * 2 ** (attempts - 1), maxMs) : longestWaitMs;
    this.parked.set(key, { timer: this.clock.after(delay, () => this.add(key)), outcome });
  }

  private unpark(key: string): void {
    this.parked.get(key)?.timer.cancel();
    this.parked.delete(key);
  }
}
