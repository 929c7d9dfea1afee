import type { Board } from '../board/model';
import { applyPatch } from '../stream/apply';
import type { Position } from '../stream/protocol';
import type { Moment } from './change';
import { holds, lastVersion, type Step, type Stretch } from './stretch';

export interface Limits {
  /** At least this much of the past is kept, in milliseconds … */
  ms: number;
  /** … but never more steps than this. */
  steps: number;
}

export const limits: Limits = { ms: 30 * 60_000, steps: 5000 };

/** However old they are, the last so many steps stay: a class that comes back from a break still sees what it did. */
export const alwaysKept = 64;

/** A whole board is held every so many steps: parts are shared from board to board, so it costs little. */
const stepsPerMark = alwaysKept;

/** Each begins with a whole board: a server that is started again and again must not fill the memory with them. */
const mostStretches = 32;

interface Mark {
  version: number;
  at: number;
  board: Board;
}

interface Entry {
  stretch: Stretch;
  /** Boards within it, oldest first: where it can be cut, and where the way to a version begins. */
  marks: Mark[];
}

/**
 * The past of one namespace, as far as it is kept. Taking a step costs no more than pushing it: what is too old goes a mark at
 * a time, and no patch is ever applied for it.
 */
export class KeptHistory {
  private entries: Entry[] = [];
  private count = 0;

  constructor(private readonly kept: Limits = limits) {}

  get stretches(): Stretch[] {
    return this.entries.map((entry) => entry.stretch);
  }

  get steps(): number {
    return this.count;
  }

  /** From here on it is watched, after `end` if it was before. */
  begin({ position, at, board }: Moment): void {
    this.entries.push({ stretch: { ...position, at, board, steps: [] }, marks: [] });
    this.trim(at);
  }

  /** `board` is the one before with the step's patch applied. */
  append(step: Step, board: Board): void {
    const entry = this.entries.at(-1);
    if (!entry) throw new Error('a history begins with a board');
    entry.stretch.steps.push(step);
    this.count += 1;
    if (entry.stretch.steps.length % stepsPerMark === 0) {
      entry.marks.push({ version: lastVersion(entry.stretch), at: step.at, board });
    }
    this.trim(step.at);
  }

  /** Nobody watches any more. */
  end(at: number): void {
    const last = this.entries.at(-1);
    if (last) last.stretch.until ??= at;
  }

  /** Puts what an earlier life of the server had kept before what is kept now. Throws a PatchError if it does not fit together. */
  prepend(stretches: readonly Stretch[], now: number): void {
    const older = stretches.map((stretch) => ({ stretch, marks: marksOf(stretch) }));
    this.entries = [...older, ...this.entries];
    this.count += stretches.reduce((sum, stretch) => sum + stretch.steps.length, 0);
    this.trim(now);
  }

  /** The board as it stood at a version; undefined when that is not kept (any more). */
  moment(position: Position): Moment | undefined {
    const entry = this.entries.find(({ stretch }) => holds(stretch, position));
    if (!entry) return undefined;
    const { stretch, marks } = entry;
    const start: Mark = marks.findLast((mark) => mark.version <= position.version) ?? stretch;
    const steps = stretch.steps.slice(start.version - stretch.version, position.version - stretch.version);
    const board = steps.reduce((before, { patch }) => applyPatch(before, patch), start.board);
    return { position, at: steps.at(-1)?.at ?? start.at, board };
  }

  /** Drops what is beyond the limits, but never below `alwaysKept` by age. */
  trim(now: number): void {
    while (this.isTooLong(now)) {
      const [first] = this.entries;
      const mark = first?.marks.shift();
      if (first && mark) this.cut(first.stretch, mark);
      else this.count -= this.entries.shift()?.stretch.steps.length ?? 0;
    }
  }

  private isTooLong(now: number): boolean {
    const [first] = this.entries;
    if (!first) return false;
    const isNewest = this.entries.length === 1;
    if (isNewest && first.marks.length === 0) return false;
    if (this.count > this.kept.steps || this.entries.length > mostStretches) return true;
    if (this.count - (first.marks[0] ? stepsPerMark : first.stretch.steps.length) < alwaysKept) return false;
    const next = first.marks[0]?.at ?? first.stretch.until ?? now;
    return next < now - this.kept.ms;
  }

  private cut(stretch: Stretch, mark: Mark): void {
    const dropped = mark.version - stretch.version;
    stretch.steps.splice(0, dropped);
    this.count -= dropped;
    Object.assign(stretch, mark);
    stretch.cut = true;
  }
}

function marksOf(stretch: Stretch): Mark[] {
  const marks: Mark[] = [];
  let { version, board } = stretch;
  for (const { at, patch } of stretch.steps) {
    version += 1;
    board = applyPatch(board, patch);
    if ((version - stretch.version) % stepsPerMark === 0) marks.push({ version, at, board });
  }
  return marks;
}
