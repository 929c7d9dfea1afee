import { describe, expect, it } from 'vitest';
import { apply, PatchError } from './apply';
import { diff } from './diff';
import { randomFrom } from './testing';

class Maker {
  constructor(private readonly random: () => number) {}

  private pick(count: number): number {
    return Math.floor(this.random() * count);
  }

  value(depth: number): unknown {
    const kind = this.pick(depth > 0 ? 8 : 5);
    if (kind === 0) return null;
    if (kind === 1) return this.random() < 0.5;
    if (kind === 2) return this.pick(5);
    if (kind === 3) return ['', 'a', 'ready', '10.244.1.9', 'uid-1'][this.pick(5)];
    if (kind === 4) return [];
    if (kind === 5) return this.fields(depth);
    if (kind === 6) return Array.from({ length: this.pick(5) }, () => this.value(depth - 1));
    return Array.from({ length: this.pick(6) }, (_, index) => this.element(index, depth));
  }

  private fields(depth: number): Record<string, unknown> {
    const names = ['name', 'uid', 'state', 'slots', 'ordinal', 'x'].filter(() => this.random() < 0.5);
    return Object.fromEntries(names.map((name) => [name, this.value(depth - 1)]));
  }

  private element(index: number, depth: number): unknown {
    return { ...this.fields(depth), uid: `uid-${this.random() < 0.8 ? index : this.pick(6)}` };
  }

  /** Something near `value`: most parts kept as they are, some changed, lists shuffled a little. */
  mutate(value: unknown, depth: number): unknown {
    if (this.random() < 0.1) return this.value(depth);
    if (Array.isArray(value)) {
      const list: unknown[] = value.map((element) => (this.random() < 0.6 ? element : this.mutate(element, depth - 1)));
      if (this.random() < 0.3) list.splice(this.pick(list.length + 1), this.pick(2), this.element(this.pick(9), depth));
      if (this.random() < 0.2) list.reverse();
      if (this.random() < 0.2) list.pop();
      return list;
    }
    if (typeof value !== 'object' || value === null) return this.random() < 0.3 ? this.value(0) : value;
    const entries = Object.entries(value).filter(() => this.random() < 0.9);
    return Object.fromEntries(
      entries.map(([name, inner]) => [name, this.random() < 0.6 ? inner : this.mutate(inner, depth - 1)]),
    );
  }
}

describe('diff and apply', () => {
  it('lead from any value to any other, through JSON', () => {
    for (let seed = 1; seed <= 4000; seed++) {
      const maker = new Maker(randomFrom(seed));
      const before = maker.value(4);
      const after = maker.mutate(before, 4);
      const patch = diff(before, after);
      const frozen = JSON.stringify(before);
      const result = patch ? apply(before, JSON.parse(JSON.stringify(patch))) : before;
      expect(result, `seed ${seed}`).toEqual(after);
      expect(JSON.stringify(before), `seed ${seed}`).toBe(frozen);
    }
  });

  it('say nothing of what did not change, and keep its identity', () => {
    const before = {
      sets: [
        {
          uid: 'a',
          slots: [
            { ordinal: 0, state: 'ready' },
            { ordinal: 1, state: 'starting' },
          ],
        },
      ],
    };
    const after = structuredClone(before);
    expect(diff(before, after)).toBeUndefined();
    const slot = after.sets[0]?.slots[1];
    if (slot) slot.state = 'ready';
    const patch = diff(before, after);
    expect(JSON.stringify(patch).length).toBeLessThan(100);
    const result = apply(before, patch ?? { f: {} });
    expect(result).toEqual(after);
    expect(Reflect.get(Object(result), 'sets')[0].slots[0]).toBe(before.sets[0]?.slots[0]);
  });

  it('cost an event put in front of a full list its own bytes only', () => {
    const before = Array.from({ length: 100 }, (_, index) => ({
      uid: `e${index}`,
      message: 'Created container nginx',
    }));
    const after = [{ uid: 'new', message: 'Started container nginx' }, ...before.slice(0, 99)];
    expect(JSON.stringify(diff(before, after)).length).toBeLessThan(100);
  });

  it('treat a field that is undefined as one that is not there', () => {
    expect(diff({ a: 1, b: undefined }, { a: 1 })).toBeUndefined();
    expect(diff({ a: 1 }, { a: undefined })).toEqual({ f: {}, g: ['a'] });
  });

  it('refuse to guess when the patch was made for something else', () => {
    const patch = diff([{ uid: 'a' }, { uid: 'b' }], [{ uid: 'b' }]);
    expect(() => apply([], patch ?? { v: 0 })).toThrow(PatchError);
    expect(() => apply('text', { f: {} })).toThrow(PatchError);
  });
});
