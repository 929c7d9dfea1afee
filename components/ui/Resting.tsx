'use client';

import { useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react';
import { ClockProvider, useClock } from './seconds';

/**
 * Whether the browser leaves out what is in an element with `content-visibility: auto`, as it does out of sight. A browser that does not
 * tell is taken to draw it.
 */
export function useIsLeftOut(element: RefObject<HTMLElement | null>): boolean {
  const [isLeftOut, setLeftOut] = useState(false);
  useEffect(() => {
    const { current } = element;
    const look = (event: Event) => {
      // It bubbles, and there may be others within.
      if (event.target === current) setLeftOut((event as ContentVisibilityAutoStateChangeEvent).skipped);
    };
    current?.addEventListener('contentvisibilityautostatechange', look);
    return () => current?.removeEventListener('contentvisibilityautostatechange', look);
  }, [element]);
  return isLeftOut;
}

/** Ages out of sight need not be right to the second: of two hundred slots, a screen shows six. */
export function RestingClock({ isResting, children }: { isResting: boolean; children: ReactNode }) {
  const clock = useClock();
  const own = useMemo(() => (isResting ? { ...clock, isResting } : clock), [clock, isResting]);
  return <ClockProvider value={own}>{children}</ClockProvider>;
}
