import { describe, expect, it } from 'vitest';
import { extentOf, fittingLength, percentOf, stripUnder, ticksOf, timeAt, viewFor, type View } from './view';

const view: View = { from: 1000, to: 2000 };

describe('viewFor', () => {
  it.each([
    ['follows what is live', { length: 1000, at: 5000, isLive: true }, { from: 4020, to: 5020 }],
    ['stays while the cursor is in it', { length: 1000, at: 1900, isLive: false }, view],
    ['goes back with the cursor', { length: 1000, at: 500, isLive: false }, { from: 400, to: 1400 }],
    ['goes on with the cursor', { length: 1000, at: 2500, isLive: false }, { from: 1600, to: 2600 }],
    ['grows about the cursor', { length: 2000, at: 1500, isLive: false }, { from: 500, to: 2500 }],
    ['shrinks about the cursor', { length: 100, at: 1900, isLive: false }, { from: 1810, to: 1910 }],
  ])('%s', (_name, looking, expected) => {
    expect(viewFor(looking, view)).toEqual(expected);
  });

  it('comes to rest: the same object when nothing moved', () => {
    for (const looking of [
      { length: 1000, at: 5000, isLive: true },
      { length: 1000, at: 500, isLive: false },
      { length: 300, at: 1900, isLive: false },
      { length: 3000, at: 9000, isLive: false },
    ]) {
      const next = viewFor(looking, view);
      expect(viewFor(looking, next)).toBe(next);
    }
  });
});

it.each([
  ['at its beginning', 2000, { from: 2000, to: 4000 }],
  ['in its middle', 2999, { from: 2000, to: 4000 }],
  ['on the next one', 3000, { from: 3000, to: 5000 }],
])('a view stands on a strip that holds it: %s', (_name, from, expected) => {
  expect(stripUnder({ from, to: from + 1000 }, 1000)).toEqual(expected);
});

it.each([
  ['a board that was just opened', 0, 60_000],
  ['one minute', 60_000, 60_000],
  ['a little more', 61_000, 120_000],
  ['four minutes', 240_000, 300_000],
  ['half an hour', 1_800_000, 300_000],
] as const)('%s of history fits in %d ms', (_name, age, length) => {
  expect(fittingLength(age, 300_000)).toBe(length);
});

describe('extentOf', () => {
  it.each([
    [1200, 1400, { left: 20, width: 20 }],
    [0, 1500, { left: 0, width: 50 }],
    [1500, 9000, { left: 50, width: 50 }],
    [0, 900, undefined],
    [2100, 2200, undefined],
  ])('of %d to %d', (from, until, expected) => {
    expect(extentOf(view, from, until)).toEqual(expected);
  });
});

it('a place and its time lead to each other', () => {
  expect(timeAt(view, percentOf(view, 1234) / 100)).toBeCloseTo(1234);
  expect(timeAt(view, 3)).toBe(2000);
});

it.each([
  [60_000, 5, [0, 15_000, 30_000, 45_000, 60_000]],
  [300_000, 5, [0, 60_000, 120_000, 180_000, 240_000, 300_000]],
])('writes round times below %d ms', (to, most, expected) => {
  expect(ticksOf({ from: 0, to }, most)).toEqual(expected);
});
