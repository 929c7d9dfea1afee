'use client';

import type { Board } from '../../lib/board/model';
import type { LabError } from '../../lib/errors';
import type { Freshness } from '../../lib/stream/freshness';

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

/**
 * The board of a namespace, live; or, with `at`, as it stood at that version. Parts that did not change keep their
 * identity from one board to the next, so `memo` on a slot is enough to draw only what changed.
 */
export declare function useBoard(namespace: string, at?: string): LiveBoard;

/** The freshness alone, for a small component that redraws at its own pace. */
export declare function useFreshness(namespace: string): Freshness;

/** Board times are the server's clock; this is the same moment in the page's. */
export declare function toPageTime(serverMs: number): number;
