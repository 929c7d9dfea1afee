// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usePaced } from './usePaced';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function pacing(everyMs: number) {
  const { result, rerender } = renderHook(({ value, everyMs }) => usePaced(value, everyMs), {
    initialProps: { value: 0, everyMs },
  });
  return {
    give: (value: number, pace = everyMs) => rerender({ value, everyMs: pace }),
    pass: (ms: number) => act(() => vi.advanceTimersByTime(ms)),
    get shown() {
      return result.current;
    },
  };
}

it('is the value itself when nothing is paced', () => {
  const board = pacing(0);
  board.give(1);
  expect(board.shown).toBe(1);
});

it('shows the newest of what came since it last did', () => {
  const board = pacing(100);
  board.pass(500);
  board.give(1);
  board.pass(0);
  expect(board.shown).toBe(1);
  for (let value = 2; value <= 9; value++) {
    board.give(value);
    board.pass(10);
  }
  expect(board.shown).toBe(1);
  board.pass(30);
  expect(board.shown).toBe(9);
});

it('begins with what was shown before it was paced', () => {
  const board = pacing(0);
  for (let value = 1; value <= 5; value++) board.give(value);
  board.give(6, 100);
  expect(board.shown).toBe(5);
  board.pass(100);
  expect(board.shown).toBe(6);
});
