/**
 * Waiting longer each time, by key, as client-go's flowcontrol.Backoff counts: a key that has been quiet for twice the
 * longest wait starts anew.
 */
export class BackOff {
  private readonly entries = new Map<string, { delayMs: number; at: number }>();

  constructor(
    private readonly initialMs: number,
    private readonly maxMs: number,
  ) {}

  /** How long after `since` the next try is due. 0 for a key that has not failed yet. */
  delayAfter(key: string, since: number): number {
    const entry = this.entries.get(key);
    return entry && since - entry.at <= 2 * this.maxMs ? entry.delayMs : 0;
  }

  /** Counts a try made now for what failed at `since`. */
  next(key: string, since: number, now: number): void {
    const entry = this.entries.get(key);
    const isFresh = !entry || since - entry.at > 2 * this.maxMs;
    const delayMs = isFresh ? this.initialMs : Math.min(entry.delayMs * 2, this.maxMs);
    this.entries.set(key, { delayMs, at: now });
  }

  forget(prefix: string): void {
    for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.entries.delete(key);
  }
}
