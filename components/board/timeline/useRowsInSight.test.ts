import { expect, it } from 'vitest';
import { rowsInSight } from './useRowsInSight';

it.each([
  ['at the top', 0, 200, { first: 0, end: 16 }],
  ['in the middle', 1000, 200, { first: 44, end: 66 }],
  ['between two rows', 1010, 200, { first: 44, end: 67 }],
  ['before it is laid out', 0, 0, { first: 0, end: 24 }],
])('draws what is seen and a few rows more: %s', (_name, top, room, expected) => {
  expect(rowsInSight(top, room, 20)).toEqual(expected);
});
