'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';

/** One timer for every age on the page, so that they tick together, and none when nothing shows an age. */
const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  // What was drawn before anything ticked may be old: React looks again right after subscribing.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const notify of listeners) notify();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function current() {
  if (now === 0) now = Date.now();
  return now;
}

export interface PageClock {
  /** A moment of the server's clock in the page's own. */
  toPageTime(serverMs: number): number;
  /** Stands still in the gallery and in tests. */
  fixedNow?: number;
}

const Clock = createContext<PageClock>({ toPageTime: (serverMs) => serverMs });
export const ClockProvider = Clock.Provider;

/**
 * What `read` makes of the time; drawn anew only when that becomes something else. Undefined while the shell is rendered on the
 * server: there, nobody knows what time it is for the reader.
 */
export function useTime<T extends string | number | boolean | undefined>(read: (now: number) => T): T | undefined {
  const { fixedNow } = useContext(Clock);
  const ticking = useSyncExternalStore(
    subscribe,
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
