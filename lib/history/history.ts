import type { Board } from '../board/model';
import { applyPatch } from '../stream/apply';
import type { Position } from '../stream/protocol';
import type { Change, Moment } from './change';
import { alwaysKept, limits, type Limits } from './kept';
import { lastAt, type Stretch } from './stretch';

/** The past of one namespace, ready to be looked at. Everything before `start` is missing. */
export interface History {
  start: Moment;
  /** Oldest first. */
  changes: readonly Change[];
  /** There was more before `start`, and it is not kept any more; else nobody watched before it. */
  isCut: boolean;
  /** It is watched no longer since then: a recording, or a board whose server has gone. */
  until?: number;
}

/** Undefined when there is nothing. Throws a PatchError when a step does not fit the board before it. */
export function historyOf(stretches: readonly Stretch[]): History | undefined {
  const [first] = stretches;
  if (!first) return undefined;
  const start = { position: positionOf(first, 0), at: first.at, board: first.board };
  const changes: Change[] = [];
  let before: Stretch | undefined;
  for (const stretch of stretches) {
    const known = changes.at(-1)?.after ?? start.board;
    if (before) changes.push({ ...leap(known, stretch), unseenSince: before.until ?? lastAt(before) });
    changes.push(...changesWithin(stretch));
    before = stretch;
  }
  const history: History = { start, changes, isCut: first.cut === true };
  if (before?.until !== undefined) history.until = before.until;
  return history;
}

function positionOf({ epoch, version }: Stretch, steps: number): Position {
  return { epoch, version: version + steps };
}

function leap(before: Board, stretch: Stretch): Change {
  return { position: positionOf(stretch, 0), at: stretch.at, before, after: stretch.board };
}

function changesWithin(stretch: Stretch): Change[] {
  let before = stretch.board;
  return stretch.steps.map(({ at, patch }, index) => {
    const after = applyPatch(before, patch);
    const change = { position: positionOf(stretch, index + 1), at, before, after };
    before = after;
    return change;
  });
}

/** Dropped by the hundred: what is folded over a history begins anew only when its start has moved. */
const droppedAtOnce = 128;

/** With what has come since. What is beyond the limits goes: `start` is then later. A quiet board keeps its last changes. */
export function extended(history: History, fresh: readonly Change[], kept: Limits = limits): History {
  if (fresh.length === 0) return history;
  const all = [...history.changes, ...fresh];
  const oldest = (all.at(-1)?.at ?? 0) - kept.ms;
  const old = Math.min(
    all.findIndex((change) => change.at >= oldest),
    all.length - alwaysKept,
  );
  const tooMany = all.length - kept.steps;
  const dropped = tooMany > 0 ? Math.min(tooMany + droppedAtOnce, all.length - 1) : old >= droppedAtOnce ? old : 0;
  const last = all[dropped - 1];
  if (!last) return { ...history, changes: all };
  const start = { position: last.position, at: last.at, board: last.after };
  return { ...history, start, changes: all.slice(dropped), isCut: true };
}

/** The newest moment in it. */
export function latest({ start, changes }: History): Moment {
  return changes.length === 0 ? start : momentOf(start, changes, changes.length - 1);
}

/** How many of the changes had happened at that time: 0 is `start`. */
export function countAt(history: History, at: number): number {
  let [low, high] = [0, history.changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history.changes[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The board after so many of the changes. */
export function momentAfter({ start, changes }: History, count: number): Moment {
  return count <= 0 ? start : momentOf(start, changes, Math.min(count, changes.length) - 1);
}

function momentOf(start: Moment, changes: readonly Change[], index: number): Moment {
  const change = changes[index];
  return change ? { position: change.position, at: change.at, board: change.after } : start;
}

/** How many of the changes lead to that version; undefined when it is not kept. */
export function countTo({ start, changes }: History, position: Position): number | undefined {
  if (isSame(start.position, position)) return 0;
  const index = changes.findIndex((change) => isSame(change.position, position));
  return index < 0 ? undefined : index + 1;
}

function isSame(a: Position, b: Position): boolean {
  return a.epoch === b.epoch && a.version === b.version;
}

/**
 * A history with what a page has received since it was given. Undefined when the two do not meet: something was missed, and it
 * has to be asked for anew. `held` is where the page stands after the changes.
 */
export function joined(history: History, received: readonly Change[], held: Position): History | undefined {
  const { position } = latest(history);
  if (held.epoch !== position.epoch) return undefined;
  const fresh = received.filter(
    (change) => change.position.epoch === held.epoch && change.position.version > position.version,
  );
  const first = fresh[0];
  if (!first) return held.version <= position.version ? history : undefined;
  return first.position.version === position.version + 1 ? extended(history, fresh) : undefined;
}
