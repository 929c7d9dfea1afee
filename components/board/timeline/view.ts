/** The stretch of time that the lanes show, in milliseconds of the history's clock. */
export interface View {
  from: number;
  to: number;
}

export const lengths = [60_000, 120_000, 300_000, 1_800_000] as const;
export type Length = (typeof lengths)[number];

/** Until somebody chooses: as short as holds all there is, so that a young history is not mostly what nobody watched. */
export function fittingLength(age: number, most: Length): Length {
  return lengths.find((length) => length >= Math.min(age, most)) ?? most;
}

/** While it is live, now stands a little before the right edge: what comes next has a place to come to. */
const room = 0.02;
/** A cursor that leaves the view is brought back to this far from the edge. */
const margin = 0.1;

interface Looking {
  length: number;
  /** Where the cursor stands. */
  at: number;
  isLive: boolean;
}

/** The next view: it follows what is live, and else stays where it is for as long as the cursor is in it. */
export function viewFor({ length, at, isLive }: Looking, previous: View | undefined): View {
  if (isLive) return same(previous, at - length * (1 - room), at + length * room);
  if (!previous) return { from: at - (1 - margin) * length, to: at + margin * length };
  // Another length: the cursor keeps its place on the screen.
  const share = (at - previous.from) / (previous.to - previous.from);
  const from = at - clamp(share, 0, 1) * length;
  const kept = previous.to - previous.from === length ? previous.from : from;
  if (at < kept) return same(previous, at - margin * length, at + (1 - margin) * length);
  if (at > kept + length) return same(previous, at - (1 - margin) * length, at + margin * length);
  return same(previous, kept, kept + length);
}

function same(previous: View | undefined, from: number, to: number): View {
  return previous?.from === from && previous.to === to ? previous : { from, to };
}

/**
 * A stretch of time that lies still while the view moves over it: twice as long as the view, which is always within. What is placed
 * on it stays where it is while the clock ticks, and only the strip is pushed along.
 */
export function stripUnder({ from }: View, length: number): View {
  const start = Math.floor(from / length) * length;
  return { from: start, to: start + 2 * length };
}

/** Where a time stands, in percent of the width; outside of 0 to 100 it is not in view. */
export function percentOf({ from, to }: View, at: number): number {
  return ((at - from) / (to - from)) * 100;
}

export function timeAt({ from, to }: View, share: number): number {
  return from + clamp(share, 0, 1) * (to - from);
}

/** Left and width in percent of what of a stretch is in view; undefined when nothing is. */
export function extentOf(view: View, from: number, until: number): { left: number; width: number } | undefined {
  const left = Math.max(percentOf(view, from), 0);
  const right = Math.min(percentOf(view, until), 100);
  return right <= 0 || left >= 100 || right < left ? undefined : { left, width: right - left };
}

const steps = [5000, 15_000, 60_000, 300_000, 600_000];

/** Round times to write below the lanes, at most `most` of them. */
export function ticksOf({ from, to }: View, most: number): number[] {
  const step = steps.find((candidate) => (to - from) / candidate <= most) ?? 600_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
