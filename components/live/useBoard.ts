'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { Board } from '../../lib/board/model';
import type { LabError } from '../../lib/errors';
import type { Freshness } from '../../lib/stream/freshness';
import { formatPosition } from '../../lib/stream/protocol';
import { usePastBoard } from '../http/usePastBoard';
import type { BoardStore } from './boardStore';
import { storeOf, toPageTime } from './stores';

export { toPageTime };

export interface LiveBoard {
  /** Undefined until the first snapshot; kept (and marked stale) while the connection is away. */
  board?: Board;
  /** `epoch.version`, as `?at=` takes it. */
  version?: string;
  freshness: Freshness;
  /** Set when a past moment is shown. */
  past?: PastMoment;
}

export interface PastMoment {
  version: string;
  /** When that board came to be, in the page's clock. */
  at?: number;
  /** It cannot be shown any more, or never was. */
  error?: LabError;
}

/** While rendering on the server, and in the browser's first pass over what the server sent. */
const unknown: Freshness = { state: 'offline', cause: 'connecting', viewers: 0 };

function useStore<T>(namespace: string, read: (store: BoardStore) => T, initial: T): T {
  const subscribe = useCallback((listener: () => void) => storeOf(namespace).subscribe(listener), [namespace]);
  const snapshot = useCallback(() => read(storeOf(namespace)), [namespace, read]);
  return useSyncExternalStore(subscribe, snapshot, () => initial);
}

const readHeld = (store: BoardStore) => store.held;
const readFreshness = (store: BoardStore) => store.freshness;

/**
 * The board of a namespace, live; or, with `at`, as it stood at that version. Parts that did not change keep their
 * identity from one board to the next, so `memo` on a slot is enough to draw only what changed.
 */
export function useBoard(namespace: string, at?: string): LiveBoard {
  const held = useStore(namespace, readHeld, undefined);
  const freshness = useFreshness(namespace);
  const past = usePastBoard(namespace, at);
  if (at !== undefined) {
    const moment: PastMoment = { version: at };
    if (past.data) moment.at = toPageTime(past.data.at);
    if (past.error) moment.error = past.error;
    return past.data ? { board: past.data.board, version: at, freshness, past: moment } : { freshness, past: moment };
  }
  return held ? { board: held.board, version: formatPosition(held.position), freshness } : { freshness };
}

/** The freshness alone, for a small component that redraws at its own pace. */
export function useFreshness(namespace: string): Freshness {
  return useStore(namespace, readFreshness, unknown);
}
