import type { Board } from '../board/model';
import type { Position } from '../stream/protocol';

/** A board as it stood. */
export interface Moment {
  position: Position;
  /** When it came to be, in milliseconds of the server's clock. */
  at: number;
  board: Board;
}

/**
 * One change of a namespace's board: what everything that looks back is folded over (lanes, sentences, the kubectl view), the
 * same whether it is live, past or from a recording. Parts of the board that did not change are the same object in both.
 */
export interface Change {
  /** Of `after`. */
  position: Position;
  /** When the server saw it, in milliseconds of its clock. */
  at: number;
  before: Board;
  after: Board;
  /**
   * From this time until `at` nobody watched (the server was down, or nobody looked at this board): how it came from `before`
   * to `after`, and when, is not known.
   */
  unseenSince?: number;
}
