import { describe, expect, it } from 'vitest';
import { Recent } from './recent';

describe('what was made lately', () => {
  it('is forgotten when as much again has been made and it was not used', () => {
    const recent = new Recent<string, number>(2);
    for (const [i, key] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) recent.set(key, i);
    expect(['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => recent.get(key) !== undefined)).toEqual(['e', 'f']);
  });

  it('stays while it is used', () => {
    const recent = new Recent<string, number>(2);
    recent.set('wanted', 1);
    for (let i = 0; i < 20; i++) {
      recent.set(`once-${i}`, i);
      expect(recent.get('wanted')).toBe(1);
    }
  });

  it('never holds more than twice its capacity, by weight', () => {
    const recent = new Recent<number, string>(100, (text) => text.length);
    for (let i = 0; i < 1000; i++) recent.set(i, 'x'.repeat(10));
    const held = Array.from({ length: 1000 }, (_, i) => i).filter((i) => recent.get(i) !== undefined);
    expect(held.length).toBeLessThanOrEqual(20);
  });
});
