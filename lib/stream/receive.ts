import type { Board } from '../board/model';
import type { Change } from '../history/change';
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
  /** What led there from what was held, in order; empty when it was not by steps. */
  changes: Change[];
}

export function receiveSnapshot(held: Held | undefined, frame: SnapshotFrame): Received {
  if (!isBoard(frame.board)) return { held, askAgain: false, changes: [] };
  const { epoch, version, board } = frame;
  // A snapshot asked for before newer patches arrived must not turn the clock back.
  if (held && held.position.epoch === epoch && held.position.version >= version)
    return { held, askAgain: false, changes: [] };
  return { held: { position: { epoch, version }, board }, askAgain: false, changes: [] };
}

/** Applies what is new in a frame: one that overlaps what is held is told twice, one that begins after it tells of a gap. */
export function receivePatch(held: Held | undefined, frame: PatchFrame): Received {
  if (!held) return { held, askAgain: true, changes: [] };
  if (held.position.epoch !== frame.epoch) return { held, askAgain: true, changes: [] };
  const known = held.position.version - frame.from;
  if (known < 0) return { held, askAgain: true, changes: [] };
  try {
    const changes = changesOf(held, frame, known);
    const last = changes.at(-1);
    return { held: last ? { board: last.after, position: last.position } : held, askAgain: false, changes };
  } catch (error) {
    if (error instanceof PatchError) return { held: undefined, askAgain: true, changes: [] };
    throw error;
  }
}

function changesOf(held: Held, { patches, times, epoch, from, sentAt }: PatchFrame, known: number): Change[] {
  let before = held.board;
  return patches.slice(known).map((patch, index) => {
    const after = applyPatch(before, patch);
    const step = known + index;
    const change = { position: { epoch, version: from + step + 1 }, at: times[step] ?? sentAt, before, after };
    before = after;
    return change;
  });
}
