'use client';

import { startTransition, useEffect, useRef, useState } from 'react';

/**
 * The value, at most once in so many milliseconds, and then the newest; at once when they are 0. It follows as a transition: drawn in
 * pieces, between frames. What comes after a quiet while is not kept waiting.
 */
export function usePaced<T>(value: T, everyMs: number): T {
  const [drawn, setDrawn] = useState(value);
  const drawnAt = useRef(0);
  useEffect(() => {
    if (everyMs === 0) return;
    const wait = drawnAt.current + everyMs - performance.now();
    const timer = setTimeout(() => {
      drawnAt.current = performance.now();
      startTransition(() => setDrawn(value));
    }, wait);
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  // So that the first value that is paced is not an old one.
  if (everyMs === 0 && drawn !== value) setDrawn(value);
  return everyMs === 0 ? value : drawn;
}
