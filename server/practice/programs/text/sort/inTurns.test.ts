import { expect, it } from 'vitest';
import { sortInTurns } from './inTurns';

it.each([0, 1, 500, 501, 2750])('%i items: as Array.sort, with turns in between', async (count) => {
  const items = Array.from({ length: count }, (_, i) => ({ key: (i * 7919) % 97, i }));
  const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
  let turns = 0;
  const got = await sortInTurns(items, compare, () => {
    turns += 1;
    return Promise.resolve();
  });
  expect(got).toEqual([...items].sort(compare));
  expect(turns).toBeGreaterThanOrEqual(Math.ceil(count / 500));
});
