import { describe, expect, it } from 'vitest';
import { bindings, commandOf, signOf, typedOrdinal, type Press } from './keys';

const press = (key: string, over: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  isTaken: false,
  ...over,
});

describe('a key', () => {
  it.each([
    ['+', 'scaleUp'],
    ['-', 'scaleDown'],
    ['d', 'deletePod'],
    ['D', 'deletePod'],
    ['Delete', 'deletePod'],
    ['7', 'digit'],
    ['ArrowRight', 'nextSlot'],
    ['?', 'list'],
    ['P', 'leave'],
    ['x', undefined],
    ['Enter', undefined],
    ['Escape', undefined],
    ['Tab', undefined],
  ])('%s means %s', (key, command) => {
    expect(commandOf(press(key))).toBe(command);
  });

  it.each(['ctrlKey', 'altKey', 'metaKey', 'isTaken'] as const)('means nothing with %s', (name) => {
    for (const { keys } of bindings)
      for (const key of keys) expect(commandOf(press(key, { [name]: true }))).toBe(undefined);
  });

  it('that is held down goes on for the arrows only: nobody deletes ten pods with one press', () => {
    const held = bindings.flatMap(({ keys }) => keys).filter((key) => commandOf(press(key, { repeat: true })));
    expect(held).toEqual(['ArrowLeft', 'ArrowRight']);
  });

  it('means one thing', () => {
    const keys = bindings.flatMap((binding) => binding.keys);
    expect(keys).toEqual([...new Set(keys)]);
    expect(keys.every((key) => key.length > 1 || key === key.toLowerCase())).toBe(true);
  });

  it.each([
    ['Delete', 'Del'],
    ['d', 'D'],
    ['-', '−'],
  ])('%s is shown as %s', (key, sign) => {
    expect(signOf(key)).toBe(sign);
  });
});

describe('digits', () => {
  const ordinals = Array.from({ length: 13 }, (_, ordinal) => ordinal);
  const type = (...presses: [digit: number, at: number][]) =>
    presses.reduce<ReturnType<typeof typedOrdinal> | undefined>(
      (before, [digit, at]) => typedOrdinal(before, digit, at, ordinals),
      undefined,
    )?.ordinal;

  it('choose the slot of that ordinal', () => expect(type([7, 0])).toBe(7));
  it('soon after each other make one ordinal', () => expect(type([1, 0], [2, 500])).toBe(12));
  it('long after each other are two', () => expect(type([1, 0], [2, 900])).toBe(2));
  it('that make no ordinal of the set start anew', () => expect(type([1, 0], [9, 100])).toBe(9));
});
