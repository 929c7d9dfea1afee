import { expect, it } from 'vitest';
import { announcementsOf, coalesce } from './announcements';
import { aBoard, aPod, aSet, aSlot, slotIn } from './fixtures';

const board = (...slots: Parameters<typeof aSet>[0]) => aBoard([aSet(slots)]);

it('says a change of state, with the new address once it is ready', () => {
  const before = board(aSlot(0), slotIn('starting', 1));
  const after = board(aSlot(0), aSlot(1));
  expect(announcementsOf(before, after)).toEqual([{ key: 'state', name: 'web-1', state: 'ready', ip: '10.244.2.15' }]);
});

it('says a new pod of the same state', () => {
  const after = board(aSlot(0, { pod: aPod(0, { uid: 'another' }) }));
  expect(announcementsOf(board(aSlot(0)), after)).toHaveLength(1);
});

it('says nothing of what did not change, nor across namespaces', () => {
  const same = board(aSlot(0));
  expect(announcementsOf(same, board(aSlot(0)))).toEqual([]);
  expect(announcementsOf(same, { ...board(slotIn('failed', 0)), namespace: 'other' })).toEqual([]);
});

it('says that a set came or went', () => {
  const empty = aBoard([]);
  expect(announcementsOf(empty, board(slotIn('waiting', 0)))).toEqual([{ key: 'setNew', set: 'web' }]);
  expect(announcementsOf(board(aSlot(0)), empty)).toEqual([{ key: 'setGone', set: 'web' }]);
});

it('keeps the last word on each slot', () => {
  const words = coalesce([
    { key: 'state', name: 'web-1', state: 'terminating' },
    { key: 'state', name: 'web-0', state: 'ready' },
    { key: 'state', name: 'web-1', state: 'starting' },
  ]);
  expect(words).toEqual([
    { key: 'state', name: 'web-0', state: 'ready' },
    { key: 'state', name: 'web-1', state: 'starting' },
  ]);
});
