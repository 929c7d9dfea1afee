import { deriveBoard } from '../../board/derive';
import type { Board, Slot, StatefulSetView } from '../../board/model';
import { reuse } from '../../board/reuse';
import { World } from '../../board/testing';
import type { Change } from '../change';
import type { Sentence } from './sentence';
import { sentencesOf } from './story';

export function changeOf(before: Board, after: Board, at = 0): Change {
  return { position: { epoch: 'e', version: 1 }, at, before, after: reuse(before, structuredClone(after)) };
}

/** What is said when the world goes on from how it is by `act`. */
export function saidWhen(world: World, act: (world: World) => void): Sentence[] {
  const before = deriveBoard(world.snapshot());
  act(world);
  return sentencesOf(changeOf(before, deriveBoard(world.snapshot()), world.now));
}

/** What is said when the one set of a board is edited in place: for what a World does not do. */
export function saidOfSet(world: World, edit: (set: StatefulSetView) => void): Sentence[] {
  return saidOfBoard(world, (board) => board.sets.forEach(edit));
}

export function saidOfBoard(world: World, edit: (board: Board) => void): Sentence[] {
  const before = deriveBoard(world.snapshot());
  const after = structuredClone(before);
  edit(after);
  return sentencesOf(changeOf(before, after, world.now));
}

export function slotOf(set: StatefulSetView, ordinal: number): Slot {
  const slot = set.slots.find((candidate) => candidate.ordinal === ordinal);
  if (!slot) throw new Error(`no slot ${ordinal}`);
  return slot;
}

/** `podBack web-1 sameClaim`: short enough for a table. */
export function brief({ what, about, why }: Sentence): string {
  return [what, about.name, why].filter((word) => word !== undefined).join(' ');
}

/** web-0 … of a set that wants `replicas`, each Ready, bound, named and reachable. */
export function running(replicas: number, ready = replicas, spec: Parameters<World['set']>[1] = {}): World {
  const world = new World().service().set(replicas, spec);
  for (let ordinal = 0; ordinal < ready; ordinal++) {
    world.claim('web', ordinal).create(`web-${ordinal}`, { ip: `10.0.0.${ordinal + 1}` });
  }
  return world;
}
