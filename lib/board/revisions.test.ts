import { describe, expect, it } from 'vitest';
import { deriveBoard } from './derive';
import type { RevisionView } from './model';
import { World } from './testing';

function revisions(world: World): RevisionView[] {
  return deriveBoard(world.snapshot()).sets[0]?.revisions ?? [];
}

/** `web` on its way from r1 to r2, from the top. */
function updating(): World {
  const world = new World().set(3).controllerRevision('r1', 1, 'nginx:1').later(60);
  const set = world.sets.get('web');
  if (set) world.sets.set('web', { ...set, view: { ...set.view, updateRevision: 'r2' } });
  world.controllerRevision('r2', 2, 'nginx:2');
  return world.create('web-0').create('web-1').create('web-2', { revision: 'r2' });
}

describe('the revisions of a set', () => {
  it('say who runs which, the one that is rolled out first', () => {
    expect(revisions(updating())).toMatchObject([
      { name: 'r2', number: 2, images: ['nginx:2'], ordinals: [2], isCurrent: false, isUpdate: true },
      { name: 'r1', number: 1, images: ['nginx:1'], ordinals: [0, 1], isCurrent: true, isUpdate: false },
    ]);
  });

  it('keep those that nobody runs, newest first', () => {
    const world = updating().controllerRevision('r0', 3, 'nginx:0').pod('web-0', { revision: 'r2' });
    expect(revisions(world.pod('web-1', { revision: 'r2' })).map(({ name, ordinals }) => [name, ordinals])).toEqual([
      ['r2', [0, 1, 2]],
      ['r0', []],
      ['r1', []],
    ]);
  });

  it('are named after the set and its pods where they may not be read', () => {
    const world = updating();
    world.revisions.clear();
    expect(revisions(world)).toStrictEqual([
      { name: 'r2', images: [], ordinals: [2], isCurrent: false, isUpdate: true },
      { name: 'r1', images: [], ordinals: [0, 1], isCurrent: true, isUpdate: false },
    ]);
  });

  it('leave out what another set remembers', () => {
    const world = updating().set(1, {}, 'db').controllerRevision('db-r9', 9, 'mysql:8', 'db');
    const web = deriveBoard(world.snapshot()).sets.find((set) => set.name === 'web');
    expect(web?.revisions.map(({ name }) => name)).toEqual(['r2', 'r1']);
  });
});
