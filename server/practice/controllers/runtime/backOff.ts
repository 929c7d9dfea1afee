import type { Clock } from '../../clock';

/** How long an item must wait before it is tried again. */
export interface RateLimiter {
  /** Milliseconds; asking counts as one more failure. */
  when(key: string): number;
  forget(key: string): void;
  failures(key: string): number;
}

/**
 * k8s.io/client-go/util/workqueue DefaultTypedControllerRateLimiter: the longer of each item's own back-off (5 ms doubling
 * to 1000 s) and one bucket of 100 retries, refilled by 10 a second, that all items of a queue share.
 */
export function createRateLimiter(clock: Clock, { baseMs = 5, longestMs = 1_000_000 } = {}): RateLimiter {
  const failures = new Map<string, number>();
  const bucket = createBucket(clock, { size: 100, perSecond: 10 });
  return {
    when(key) {
      const failed = failures.get(key) ?? 0;
      failures.set(key, failed + 1);
      return Math.max(Math.min(baseMs * 2 ** failed, longestMs), bucket.reserve());
    },
    forget: (key) => void failures.delete(key),
    failures: (key) => failures.get(key) ?? 0,
  };
}

/** A token bucket. `reserve` always takes a token, going into debt; `take` only when one is there. */
export function createBucket(clock: Clock, { size, perSecond }: { size: number; perSecond: number }) {
  let tokens = size;
  let filledAt = clock.now();
  const refill = () => {
    const now = clock.now();
    tokens = Math.min(size, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
  };
  return {
    /** Milliseconds until the token that was taken is really there. */
    reserve(): number {
      refill();
      tokens -= 1;
      return tokens >= 0 ? 0 : (-tokens / perSecond) * 1000;
    },
    take(): boolean {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
