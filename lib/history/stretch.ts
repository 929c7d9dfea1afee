import type { Board } from '../board/model';
import type { BoardPatch } from '../stream/diff';
import type { Position } from '../stream/protocol';

/**
 * What was watched of one namespace without a break: a board, and every step after it. This is how a history is kept, sent and
 * saved. Times are milliseconds in the clock of the server that saw it.
 */
export interface Stretch {
  epoch: string;
  /** Of `board`. The step at index i leads to `version + i + 1`. */
  version: number;
  at: number;
  board: Board;
  steps: Step[];
  /** Until when it was watched; absent while it still is. */
  until?: number;
  /** There were steps before `board`, and they are not kept any more. */
  cut?: true;
}

export interface Step {
  at: number;
  patch: BoardPatch;
}

export function lastVersion(stretch: Stretch): number {
  return stretch.version + stretch.steps.length;
}

/** When it last changed. */
export function lastAt(stretch: Stretch): number {
  return stretch.steps.at(-1)?.at ?? stretch.at;
}

export function holds(stretch: Stretch, { epoch, version }: Position): boolean {
  return stretch.epoch === epoch && version >= stretch.version && version <= lastVersion(stretch);
}

/** `GET /api/boards/NS/history`: oldest first, each of its own epoch or of its own versions. */
export interface HistoryAnswer {
  namespace: string;
  stretches: Stretch[];
}
