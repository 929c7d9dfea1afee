import { describe, expect, it } from 'vitest';
import { deriveBoard } from '../board/derive';
import { World } from '../board/testing';
import { diffBoard, type BoardPatch } from './diff';
import type { PatchFrame } from './protocol';
import { receivePatch, receiveSnapshot, type Held } from './receive';

/** Five boards, version 0 to 4, and the steps between them. */
function story() {
  const world = new World().set(1);
  const boards = [deriveBoard(world.snapshot())];
  world.create('web-0', { ready: false });
  boards.push(deriveBoard(world.snapshot()));
  world.pod('web-0', { ready: true });
  boards.push(deriveBoard(world.snapshot()));
  world.pod('web-0', { deleting: true });
  boards.push(deriveBoard(world.snapshot()));
  world.gone('web-0');
  boards.push(deriveBoard(world.snapshot()));
  const patches = boards.slice(1).map((board, index) => diffBoard(boards[index] ?? board, board) ?? { f: {} });
  return { boards, patches };
}

const { boards, patches } = story();

function frame(from: number, count: number, epoch = 'e'): PatchFrame {
  const part: BoardPatch[] = patches.slice(from, from + count);
  return { namespace: 'default', epoch, from, sentAt: 0, patches: part, times: part.map(() => 0) };
}

function held(version: number): Held {
  const board = boards[version];
  if (!board) throw new Error('no such version');
  return { position: { epoch: 'e', version }, board };
}

describe('receivePatch', () => {
  it.each([
    ['the next', 0, frame(0, 1), 1],
    ['several at once', 0, frame(0, 4), 4],
    ['one that is known already', 2, frame(1, 1), 2],
    ['one that is half known', 2, frame(1, 3), 4],
  ])('takes %s', (_name, version, given, expected) => {
    const received = receivePatch(held(version), given);
    expect(received.askAgain).toBe(false);
    expect(received.held?.position.version).toBe(expected);
    expect(received.held?.board).toEqual(boards[expected]);
  });

  it.each([
    ['after a gap', held(0), frame(1, 1)],
    ['of another epoch', held(1), frame(1, 1, 'f')],
    ['before any snapshot', undefined, frame(0, 1)],
    ['that does not fit', { ...held(0), board: { ...held(0).board, sets: [] } }, frame(0, 1)],
  ])('asks for a snapshot on one %s', (_name, before, given) => {
    expect(receivePatch(before, given).askAgain).toBe(true);
  });
});

describe('receiveSnapshot', () => {
  const snapshot = (version: number, epoch = 'e') => {
    const { board } = held(version);
    return { namespace: 'default', epoch, version, sentAt: 0, at: 0, board };
  };

  it('takes a newer one, and any of another epoch', () => {
    expect(receiveSnapshot(undefined, snapshot(2)).held?.position.version).toBe(2);
    expect(receiveSnapshot(held(1), snapshot(3)).held?.position.version).toBe(3);
    expect(receiveSnapshot(held(3), snapshot(0, 'f')).held?.position).toEqual({ epoch: 'f', version: 0 });
  });

  it('does not turn the clock back', () => {
    expect(receiveSnapshot(held(3), snapshot(2)).held?.position.version).toBe(3);
  });
});
