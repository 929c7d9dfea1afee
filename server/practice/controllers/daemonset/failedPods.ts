const firstMs = 1_000;
const longestMs = 15 * 60_000;

/**
 * How long a pod that failed is left where it is, by set and node: the kubelet that refuses it would refuse the next one as well
 * (k8s.io/client-go/util/flowcontrol Backoff as pkg/controller/daemon uses it).
 */
export class FailedPodWaits {
  private readonly waits = new Map<string, { ms: number; since: number }>();

  /** 0: it may go now, and the next wait is longer; else the milliseconds to wait. */
  take(key: string, now: number): number {
    const known = this.waits.get(key);
    if (known && now - known.since < known.ms) return known.ms;
    const isStale = !known || now - known.since > 2 * longestMs;
    this.waits.set(key, { ms: isStale ? firstMs : Math.min(2 * known.ms, longestMs), since: now });
    return 0;
  }

  /** The set is gone. */
  forget(prefix: string): void {
    for (const key of this.waits.keys()) if (key.startsWith(prefix)) this.waits.delete(key);
  }
}
