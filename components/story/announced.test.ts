import { expect, it } from 'vitest';
import { lessonChanges } from '../board/fixtures';
import { announced, changesAfter, coalesce } from './announced';

const changes = lessonChanges();

it('says what happened, and not what follows from it', () => {
  expect(announced(changes).map(({ what }) => what)).toEqual(['podStopping', 'podGone', 'podBack', 'podReadyAt']);
});

it('keeps the last word on each thing', () => {
  const words = coalesce(announced(changes));
  expect(words.map(({ what }) => what)).toEqual(['podReadyAt']);
});

it('says nothing twice', () => {
  expect(changesAfter(changes, changes.at(-1))).toEqual([]);
  expect(changesAfter(changes, changes.at(-2))).toEqual(changes.slice(-1));
  expect(changesAfter(changes, undefined)).toBe(changes);
  // Forgotten meanwhile, so all that is left came after it.
  expect(changesAfter(changes.slice(3), changes[0])).toEqual(changes.slice(3));
});
