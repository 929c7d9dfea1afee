import { describe, expect, it } from 'vitest';
import { deepFreeze } from './freeze';
import { shareWith } from './sharing';

const pod = () => ({ metadata: { name: 'web-0', labels: { app: 'web' } }, spec: { containers: [{ name: 'nginx' }] } });

describe('sharing', () => {
  it('gives back what was there when nothing has changed', () => {
    const before = deepFreeze(pod());
    expect(shareWith(pod(), before)).toBe(before);
  });

  it('replaces only what says the same, and says the same itself', () => {
    const before = deepFreeze(pod());
    const next = { ...pod(), metadata: { name: 'web-0', labels: { app: 'db' } } };
    const text = JSON.stringify(next);
    const shared = shareWith(next, before) as ReturnType<typeof pod>;
    expect(shared.spec).toBe(before.spec);
    expect(shared.metadata.labels).not.toBe(before.metadata.labels);
    expect(JSON.stringify(shared)).toBe(text);
  });

  it.each([
    ['another order of keys', { b: 1, a: 1 }, { a: 1, b: 1 }],
    ['a key that is gone', { a: 1 }, { a: 1, b: 1 }],
    ['a key that is new', { a: 1, b: 1 }, { a: 1 }],
    ['a shorter list', { l: [1] }, { l: [1, 2] }],
    ['a longer list', { l: [1, 2] }, { l: [1] }],
    ['an empty list for an empty object', { l: [] }, { l: {} }],
    ['an empty object for an empty list', { l: {} }, { l: [] }],
    ['null for an object', { a: null }, { a: {} }],
    ['a text for a number', { a: '1' }, { a: 1 }],
    ['a key that every object has', JSON.parse('{"__proto__":{},"constructor":{},"a":1}'), { a: 1 }],
  ])('keeps the words of %s', (_, next, before) => {
    const text = JSON.stringify(next);
    const frozen = deepFreeze(before);
    const shared = shareWith(next, frozen);
    expect(shared).not.toBe(frozen);
    expect(JSON.stringify(shared)).toBe(text);
  });

  it('leaves what is frozen as it is', () => {
    const frozen = deepFreeze({ a: { b: 1 }, c: [1] });
    expect(shareWith(frozen, deepFreeze({ a: { b: 1 }, c: [2] }))).toBe(frozen);
  });

  it('never changes what any of a thousand made-up objects say', () => {
    let state = 7;
    const chance = (n: number) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % n;
    const value = (depth: number): unknown => {
      const kind = chance(depth > 3 ? 3 : 5);
      if (kind === 0) return chance(2);
      if (kind === 1) return ['x', 'y', ''][chance(3)];
      if (kind === 2) return null;
      if (kind === 3) return Array.from({ length: chance(3) }, () => value(depth + 1));
      return Object.fromEntries(Array.from({ length: chance(4) }, () => ['abc'[chance(3)], value(depth + 1)]));
    };
    for (let round = 0; round < 1000; round++) {
      const [next, before] = [{ v: value(0) }, deepFreeze({ v: value(0) })];
      const texts = [JSON.stringify(next), JSON.stringify(before)];
      const shared = shareWith(next, before);
      expect([JSON.stringify(shared), JSON.stringify(before)]).toEqual(texts);
      expect(shared === before).toBe(texts[0] === texts[1]);
    }
  });
});
