import type { Board } from '../board/model';
import { applyPatch, isBoard, PatchError } from './apply';
import type { PatchFrame, Position, SnapshotFrame } from './protocol';

/** What a page holds of one board. */
export interface Held {
  position: Position;
  board: Board;
}

/** `askAgain`: something was missed; what is held stays on the screen until the snapshot is there. */
export interface Received {
  held: Held | undefined;
  askAgain: boolean;
}

export function receiveSnapshot(held: Held | undefined, frame: SnapshotFrame): Received {
  if (!isBoard(frame.board)) return { held, askAgain: false };
  const { epoch, version, board } = frame;
  // A snapshot asked for before newer patches arrived must not turn the clock back.
  if (held && held.position.epoch === epoch && held.position.version >= version) return { held, askAgain: false };
  return { held: { position: { epoch, version }, board }, askAgain: false };
}

/** Applies what is new in a frame: one that overlaps what is held is told twice, one that begins after it tells of a gap. */
export function receivePatch(held: Held | undefined, frame: PatchFrame): Received {
  if (!held) return { held, askAgain: true };
  if (held.position.epoch !== frame.epoch) return { held, askAgain: true };
  const known = held.position.version - frame.from;
  if (known < 0) return { held, askAgain: true };
  const fresh = frame.patches.slice(known);
  if (fresh.length === 0) return { held, askAgain: false };
  try {
    const board = fresh.reduce(applyPatch, held.board);
    return {
      held: { board, position: { epoch: frame.epoch, version: held.position.version + fresh.length } },
      askAgain: false,
    };
  } catch (error) {
    if (error instanceof PatchError) return { held: undefined, askAgain: true };
    throw error;
  }
}
