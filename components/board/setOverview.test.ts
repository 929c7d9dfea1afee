import { describe, expect, it } from 'vitest';
import { aSet, slotIn } from './fixtures';
import type { SlotState } from '../../lib/board/model';
import { filterSets, worstState } from './setOverview';

const setOf = (name: string, ...states: SlotState[]) =>
  aSet(
    states.map((state, ordinal) => slotIn(state, ordinal)),
    { name },
  );

describe('the state of a set', () => {
  it.each<[SlotState, SlotState[]]>([
    ['ready', ['ready', 'ready']],
    ['starting', ['ready', 'starting', 'waiting']],
    ['failed', ['ready', 'failed', 'terminating']],
    ['unready', ['unready', 'pending']],
    ['ready', ['ready', 'kept']],
    ['empty', ['kept', 'empty']],
    ['empty', []],
  ])('is %s for %j', (state, slots) => {
    expect(worstState(setOf('web', ...slots))).toBe(state);
  });
});

describe('the filter', () => {
  const sets = [setOf('web', 'ready'), setOf('Web-old', 'failed'), setOf('db', 'starting')];
  const names = (text: string, onlyUnready: boolean) => filterSets(sets, text, onlyUnready).map(({ name }) => name);
  it.each([
    ['', false, ['web', 'Web-old', 'db']],
    [' WEB ', false, ['web', 'Web-old']],
    ['', true, ['Web-old', 'db']],
    ['web', true, ['Web-old']],
    ['x', false, []],
  ])('%j, only those not ready: %s', (text, onlyUnready, expected) => {
    expect(names(text, onlyUnready)).toEqual(expected);
  });
});
