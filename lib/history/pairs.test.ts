import { describe, expect, it } from 'vitest';
import { changedPairs, type Pair } from './pairs';

interface Item {
  name: string;
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => ({ name })) as [Item, Item, Item, Item];
const newB = { name: 'b' };

const gone = (before: Item): Pair<Item> => ({ before, after: undefined });
const come = (after: Item): Pair<Item> => ({ before: undefined, after });

describe('changedPairs', () => {
  it.each<[string, Item[], Item[], Pair<Item>[]]>([
    ['nothing', [a, b], [a, b], []],
    ['one in the middle', [a, b, c], [a, newB, c], [{ before: b, after: newB }]],
    ['one that came last', [a, b], [a, b, c], [come(c)]],
    ['one that came first', [a, b], [c, a, b], [come(c)]],
    ['one that went', [a, b, c], [a, c], [gone(b)]],
    ['what went before what came', [a, b, c], [a, d, c], [gone(b), come(d)]],
    ['all of them', [a, b], [], [gone(a), gone(b)]],
    ['not one that only moved', [a, b, c], [c, a, b], []],
  ])('tells %s', (_name, before, after, expected) => {
    expect(changedPairs(before, after, ({ name }) => name)).toEqual(expected);
  });

  it('makes no key of what is the same at both ends', () => {
    const asked: string[] = [];
    const key = ({ name }: Item) => (asked.push(name), name);
    changedPairs([a, b, c, d], [a, newB, c, d], key);
    expect(new Set(asked)).toEqual(new Set(['b']));
  });
});
