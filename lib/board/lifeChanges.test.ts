import { describe, expect, it } from 'vitest';
import { deriveBoard } from './derive';
import { lifeChanges, type LifeChanges } from './lifeChanges';
import { World, type PodChange } from './testing';

/** The second life of `web-0`; `between` is what happens while the slot is without a pod. */
function secondLife(change: PodChange, between: (world: World) => void = () => undefined): LifeChanges | undefined {
  const world = new World().set(1).claim('web', 0).create('web-0', { ip: '10.0.0.5', node: 'node-1' });
  world.pod('web-0', { deleting: true, ip: '10.0.0.5' }).gone('web-0');
  between(world);
  const slot = deriveBoard(world.create('web-0', change).snapshot()).sets[0]?.slots[0];
  return slot && lifeChanges(slot);
}

const same = { kind: 'same' };

describe('what a new life changed', () => {
  const cases: [string, PodChange, object][] = [
    ['another address', { ip: '10.0.0.9' }, { ip: { kind: 'new', was: '10.0.0.5' }, node: same, revision: same }],
    ['no address yet', { ip: '' }, { ip: { kind: 'awaited', was: '10.0.0.5' } }],
    ['the same address again', { ip: '10.0.0.5' }, { ip: same }],
    ['another node', { node: 'node-2' }, { node: { kind: 'new', was: 'node-1' } }],
    ['no node yet', { node: '' }, { node: { kind: 'awaited', was: 'node-1' } }],
    ['another revision', { revision: 'r2' }, { revision: { kind: 'new', was: 'r1' } }],
    ['always the uid', {}, { uid: { kind: 'new', was: 'pod-1' } }],
  ];
  it.each(cases)('%s', (_name, change, expected) => expect(secondLife(change)).toMatchObject(expected));
});

describe('what stayed', () => {
  it('the claim and its volume', () => {
    expect(secondLife({})?.claims).toEqual({ 'www-web-0': { claim: same, volume: same } });
  });

  it('not a claim that was deleted and made anew', () => {
    const changes = secondLife({}, (world) => {
      const claim = world.claim('web', 0).claims.get('www-web-0');
      if (!claim) throw new Error('no claim');
      const view = { ...claim.view, uid: 'claim-2', volumeName: 'pv-2' };
      world.claims.set('www-web-0', { ...claim, uid: 'claim-2', view });
    });
    expect(changes?.claims['www-web-0']).toEqual({
      claim: { kind: 'new', was: 'claim-www-web-0' },
      volume: { kind: 'new', was: 'pv-www-web-0' },
    });
  });

  it('says nothing in the first life', () => {
    const slot = deriveBoard(new World().set(1).create('web-0').snapshot()).sets[0]?.slots[0];
    expect(slot && lifeChanges(slot)).toBeUndefined();
  });

  it('says of a slot without a pod only what it keeps', () => {
    const world = new World().set(1).claim('web', 0).create('web-0');
    world.set(0).gone('web-0');
    const slot = deriveBoard(world.snapshot()).sets[0]?.slots[0];
    expect(slot && lifeChanges(slot)).toMatchObject({ uid: same, ip: same, claims: { 'www-web-0': { claim: same } } });
  });
});
