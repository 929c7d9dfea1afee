import { describe, expect, it } from 'vitest';
import type { LifeEnd } from './model';
import { World } from './testing';

function ends(world: World): (LifeEnd | undefined)[] {
  return world.histories.of('web-1').lives.map((life) => life.end);
}

function wanting(world: World, over: { updateRevision?: string; partition?: number; strategy?: 'OnDelete' }): World {
  const set = world.sets.get('web');
  if (set) world.sets.set('web', { ...set, view: { ...set.view, ...over } });
  return world;
}

const stop = (world: World) => world.pod('web-1', { deleting: true }).later(1).gone('web-1');

describe('why a life ended', () => {
  const cases: [string, (world: World) => World, LifeEnd | undefined][] = [
    ['deleted by hand', stop, 'deleted'],
    ['scaled away', (w) => stop(w.set(1)), 'scaledAway'],
    ['moved out of the range at its beginning', (w) => stop(w.set(2, { ordinals: { start: 2 } })), 'scaledAway'],
    ['replaced by a newer revision', (w) => stop(wanting(w, { updateRevision: 'r2' })), 'updated'],
    ['deleted by hand below the partition', (w) => stop(wanting(w, { updateRevision: 'r2', partition: 2 })), 'deleted'],
    [
      'deleted by hand, as OnDelete asks',
      (w) => stop(wanting(w, { updateRevision: 'r2', strategy: 'OnDelete' })),
      'deleted',
    ],
    [
      'with its set',
      (w) => {
        w.sets.clear();
        return stop(w);
      },
      'setDeleted',
    ],
    ['as an orphan', (w) => w.pod('web-1', { orphan: true, deleting: true }).gone('web-1'), 'deleted'],
    [
      'evicted through the API',
      (w) => w.pod('web-1', { deleting: true, disruption: 'EvictionByEvictionAPI' }).gone('web-1'),
      'evicted',
    ],
    [
      'with its node',
      (w) => w.pod('web-1', { deleting: true, disruption: 'DeletionByTaintManager' }).gone('web-1'),
      'nodeLost',
    ],
    [
      'failed, and then deleted by the controller',
      (w) =>
        w
          .pod('web-1', { phase: 'Failed', ready: false })
          .pod('web-1', { phase: 'Failed', deleting: true })
          .gone('web-1'),
      'failed',
    ],
    [
      'deleted, and then said to have succeeded by the kubelet',
      (w) => w.pod('web-1', { deleting: true }).pod('web-1', { phase: 'Succeeded', deleting: true }).gone('web-1'),
      'deleted',
    ],
    [
      'scaled away, which is seen after the mark of deletion',
      (w) => w.pod('web-1', { deleting: true }).set(1).gone('web-1'),
      'scaledAway',
    ],
    [
      'scaled away, and wanted again while it ends',
      (w) => w.set(1).pod('web-1', { deleting: true }).set(2).gone('web-1'),
      'scaledAway',
    ],
    ['gone while nobody watched', (w) => w.gone('web-1'), undefined],
    ['another pod under its name', (w) => w.create('web-1'), undefined],
  ];
  it.each(cases)('%s', (_name, end, expected) => {
    expect(ends(end(new World().set(2).create('web-0').create('web-1')))).toEqual([expected]);
  });
});

describe('what a life held', () => {
  it('remembers the claim and its volume, though both go with it', () => {
    const world = new World().set(1).claim('web', 0, 'Pending').create('web-0', { node: '', ip: '' });
    world.claim('web', 0).pod('web-0');
    world.claims.clear();
    stopFirst(world);
    expect(world.histories.of('web-0').lives[0]).toMatchObject({
      node: 'node-1',
      ip: '10.0.0.1',
      claims: [{ name: 'www-web-0', uid: 'claim-www-web-0', volume: 'pv-www-web-0' }],
    });
  });

  it('says nothing of a claim that was never seen', () => {
    const world = stopFirst(new World().set(1).create('web-0'));
    expect(world.histories.of('web-0').lives[0]?.claims).toEqual([{ name: 'www-web-0', uid: '', volume: '' }]);
  });
});

function stopFirst(world: World): World {
  return world.pod('web-0', { deleting: true, ip: '' }).gone('web-0');
}
