'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';

/** Told in one go; the next so many in the next turn of the page, so that a thousand ages do not hold up a frame. */
const toldAtOnce = 32;

let now = 0;

/** One timer for all who follow it, and none when nobody does. */
class Ticker {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly everyMs: number) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    // What was drawn before anything ticked may be old: React looks again right after subscribing.
    if (this.timer === undefined) now = Date.now();
    this.timer ??= setInterval(() => {
      now = Date.now();
      this.tell(this.listeners.values());
    }, this.everyMs);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private tell(rest: IterableIterator<() => void>): void {
    for (let told = 0; told < toldAtOnce; told++) {
      const { value, done } = rest.next();
      if (done) return;
      value();
    }
    setTimeout(() => this.tell(rest));
  }
}

const seconds = new Ticker(1000);
/** For what nobody sees. */
const nowAndThen = new Ticker(10_000);

function current() {
  if (now === 0) now = Date.now();
  return now;
}

export interface PageClock {
  /** A moment of the server's clock in the page's own. */
  toPageTime(serverMs: number): number;
  /** Stands still in the gallery and in tests. */
  fixedNow?: number;
  /** What is on it is out of sight: it ticks every ten seconds. */
  isResting?: boolean;
}

const Clock = createContext<PageClock>({ toPageTime: (serverMs) => serverMs });
export const ClockProvider = Clock.Provider;

/**
 * What `read` makes of the time; drawn anew only when that becomes something else. Undefined while the shell is rendered on the
 * server: there, nobody knows what time it is for the reader.
 */
export function useTime<T extends string | number | boolean | undefined>(read: (now: number) => T): T | undefined {
  const { fixedNow, isResting } = useContext(Clock);
  const ticking = useSyncExternalStore(
    isResting ? nowAndThen.subscribe : seconds.subscribe,
    () => read(fixedNow ?? current()),
    () => undefined,
  );
  return fixedNow === undefined ? ticking : read(fixedNow);
}

const asIs = (now: number) => now;

/** To the second. */
export function useNow(): number | undefined {
  return useTime(asIs);
}

/** Whether less than `milliseconds` have passed since then. */
export function useIsRecent(serverMs: number | undefined, milliseconds: number): boolean {
  const { toPageTime } = useClock();
  return useTime((now) => serverMs !== undefined && now - toPageTime(serverMs) < milliseconds) ?? false;
}

export function useClock(): PageClock {
  return useContext(Clock);
}
