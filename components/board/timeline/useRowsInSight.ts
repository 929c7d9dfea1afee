'use client';

import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** So many are drawn above and below what is seen: a quick hand on the wheel does not outrun them. */
const spare = 6;
/** Until it is known how many there is room for. */
const atFirst = 24;

export interface Rows {
  first: number;
  /** The one after the last. */
  end: number;
}

/** Which rows of a scrolled list are in sight, all of them as high; the same unit for all three. */
export function rowsInSight(top: number, room: number, height: number): Rows {
  if (room === 0) return { first: 0, end: atFirst };
  return {
    first: Math.max(0, Math.floor(top / height) - spare),
    end: Math.ceil((top + room) / height) + spare,
  };
}

/** The rows in sight, of so many, in an element that scrolls them; it is told of both by `ref` and `onScroll`. */
export function useRowsInSight(count: number): { ref: RefObject<HTMLDivElement | null>; onScroll(): void; rows: Rows } {
  const ref = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState(() => rowsInSight(0, 0, 1));
  const look = useCallback(() => {
    const { current } = ref;
    if (!current || count === 0) return;
    // Where there is more room than rows, a row seems higher than it is, and all of them are in sight.
    const seen = rowsInSight(current.scrollTop, current.clientHeight, current.scrollHeight / count);
    setRows((before) => (before.first === seen.first && before.end === seen.end ? before : seen));
  }, [count]);
  useLayoutEffect(() => {
    look();
    const { current } = ref;
    if (!current || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => observer.disconnect();
  }, [look]);
  return { ref, onScroll: look, rows };
}
