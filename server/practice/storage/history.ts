import type { Change } from './storage';

export interface HistoryLimits {
  /** Nothing younger is dropped, unless `most` is exceeded: the watch cache of Kubernetes promises 75 s. */
  keepMs: number;
  /** Everything older is dropped, as etcd's compaction does after five minutes. */
  longestMs: number;
  /** Changes kept beyond `keepMs`, and changes kept at all. */
  usual: number;
  most: number;
}

export const defaultLimits: HistoryLimits = { keepMs: 75_000, longestMs: 300_000, usual: 5_000, most: 100_000 };

/** The recent changes of one resource, oldest first: what a watch can replay and an old list can be rewound by. */
export class History {
  private changes: { at: number; change: Change }[] = [];
  private first = 0;

  constructor(
    /** Changes up to this revision are gone; a watch may start here or later. */
    public floor: number,
    private readonly limits: HistoryLimits = defaultLimits,
  ) {}

  add(change: Change, now: number): void {
    this.changes.push({ at: now, change });
    this.prune(now, (count, ageMs) => this.isSpent(count, ageMs));
  }

  /** Changes after `revision`, oldest first. The caller has compared `revision` with `floor`. */
  after(revision: number): Change[] {
    let low = this.first;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.changes[middle]?.change.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return this.changes.slice(low).map((entry) => entry.change);
  }

  /**
   * Lets go of what a time of many changes has left, though nothing has changed since. The usual number stays however old: the watch
   * cache of Kubernetes, too, forgets of a quiet kind only for the sake of something new.
   */
  shed(now: number): void {
    this.prune(now, (count, ageMs) => this.isUnusual(count, ageMs));
  }

  private prune(now: number, isSpent: (count: number, ageMs: number) => boolean): void {
    for (;;) {
      const oldest = this.changes[this.first];
      if (!oldest || !isSpent(this.changes.length - this.first, now - oldest.at)) break;
      this.floor = oldest.change.revision;
      this.first++;
    }
    // Moving the rest down only now and then keeps one write cheap, however long the history.
    if (this.first > 1_000 && this.first > this.changes.length / 2) {
      this.changes = this.changes.slice(this.first);
      this.first = 0;
    }
  }

  private isSpent(count: number, ageMs: number): boolean {
    return count > this.limits.most || ageMs > this.limits.longestMs || this.isUnusual(count, ageMs);
  }

  private isUnusual(count: number, ageMs: number): boolean {
    return count > this.limits.usual && ageMs > this.limits.keepMs;
  }
}
