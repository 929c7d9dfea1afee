'use client';

import { useState } from 'react';

const key = 'ordinal-timeline';

/** Whether the lanes are shown: as the reader left it, else where the window has room for them beside a board. */
export function useOpen(): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(
    () => read() ?? window.matchMedia('(min-width: 40rem) and (min-height: 50rem)').matches,
  );
  return [
    isOpen,
    (next) => {
      setOpen(next);
      try {
        localStorage.setItem(key, next ? 'open' : 'closed');
      } catch {
        // Without storage it is as it was at the next visit, and nothing else is lost.
      }
    },
  ];
}

function read(): boolean | undefined {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : kept === 'open';
  } catch {
    return undefined;
  }
}
