import { describe, expect, it } from 'vitest';
import { BoardDeriver, deriveBoard } from './derive';
import type { ComparisonView } from './model';
import { World } from './testing';

const rs = 'front-7d9c';
const loose = { replicaSet: rs, claim: '' };
const comparisons = (world: World) => deriveBoard(world.snapshot()).comparisons ?? [];

function only(world: World): ComparisonView {
  const [first, ...others] = comparisons(world);
  if (!first || others.length > 0) throw new Error(`${others.length} others`);
  return first;
}

/** web-0 … web-2, one four seconds after the other, and three pods of `front` within one second. */
function bothWays(): World {
  const world = new World().service().set(3);
  for (const ordinal of [0, 1, 2]) {
    world
      .claim('web', ordinal)
      .later(4)
      .create(`web-${ordinal}`, { ip: `10.0.0.${ordinal + 1}` });
  }
  world.later(60).deployment('front', 3).replicaSet(rs, 3, { deployment: 'front' });
  for (const [index, pod] of ['aa', 'bb', 'cc'].entries())
    world.create(`${rs}-${pod}`, { ...loose, ip: `10.0.1.${index}` });
  return world.later(60);
}

describe('who is compared', () => {
  const container = (name: string, image: string) => ({
    template: { spec: { containers: [{ name, image }] } },
  });
  it.each([
    ['the same container of the same image', container('nginx', 'nginx:1'), ['web front']],
    ['the same image in another version', container('nginx', 'nginx:1.27@sha256:0'), ['web front']],
    ['another container', container('main', 'nginx:1'), []],
    ['another image', container('nginx', 'other/nginx:1'), []],
    ['an image of a registry with a port', container('nginx', 'localhost:5000/nginx'), []],
  ])('%s', (_name, spec, expected) => {
    const world = new World().set(1).deployment('front', 1, spec);
    expect(comparisons(world).map(({ set, deployment }) => `${set.name} ${deployment.name}`)).toEqual(expected);
  });

  it('nobody without a set, and no ReplicaSet that stands alone', () => {
    expect(deriveBoard(new World().deployment('front', 1).snapshot())).not.toHaveProperty('comparisons');
    expect(comparisons(new World().set(1).replicaSet(rs, 1))).toEqual([]);
  });
});

describe('what was seen', () => {
  it('of names, places and claims', () => {
    const world = bothWays().set(2).gone('web-2');
    const { set, deployment } = only(world);
    expect(set).toMatchObject({ pods: ['web-0', 'web-1'], count: 2, places: 3, emptyPlaces: ['web-2'], claimCount: 3 });
    expect(set.claims[1]).toEqual({ name: 'www-web-1', use: { pods: ['web-1'], count: 1, nodes: ['node-1'] } });
    expect(set.claims[2]).toEqual({ name: 'www-web-2' });
    expect(deployment).toMatchObject({ count: 3, places: 0, emptyPlaces: [], claims: [], claimCount: 0, gone: 0 });
    expect(deployment.pods).toEqual([`${rs}-aa`, `${rs}-bb`, `${rs}-cc`]);
  });

  it('of one claim that all share', () => {
    const world = bothWays();
    world.claim('shared', 0);
    for (const pod of ['aa', 'bb']) world.pod(`${rs}-${pod}`, { ...loose, claim: 'www-shared-0', node: `node-${pod}` });
    const [claim] = only(world).deployment.claims;
    expect(claim?.use).toEqual({ pods: [`${rs}-aa`, `${rs}-bb`], count: 2, nodes: ['node-aa', 'node-bb'] });
  });

  it('of the order', () => {
    const { set, deployment } = only(bothWays());
    expect(set.created?.map(({ name, afterMs }) => `${name} ${afterMs}`)).toEqual([
      'web-0 0',
      'web-1 4000',
      'web-2 8000',
    ]);
    expect(deployment.created?.map(({ afterMs }) => afterMs)).toEqual([0, 0, 0]);
  });

  it('of a replacement: nothing at first', () => {
    const { set, deployment } = only(bothWays());
    expect([set.replaced, deployment.replaced]).toEqual([undefined, undefined]);
  });

  it('of a replacement: the same name, and another', () => {
    const world = bothWays();
    world.pod('web-1', { deleting: true, ip: '10.0.0.2' }).gone('web-1');
    world.later(2).create('web-1', { ip: '10.0.0.9' });
    world.pod(`${rs}-aa`, { ...loose, deleting: true, ip: '10.0.1.0' });
    world
      .later(1)
      .create(`${rs}-dd`, { ...loose, ip: '10.0.1.8' })
      .gone(`${rs}-aa`);
    const { set, deployment } = only(world);
    expect(set.replaced).toMatchObject({ former: 'web-1', successor: 'web-1', formerIp: '10.0.0.2', ip: '10.0.0.9' });
    expect(deployment.replaced).toMatchObject({
      former: `${rs}-aa`,
      successor: `${rs}-dd`,
      formerIp: '10.0.1.0',
      ip: '10.0.1.8',
    });
    expect(set.created?.map(({ afterMs }) => afterMs)).toEqual([0, 4000, 8000]);
    expect(deployment.created?.map(({ name }) => name)).toEqual([`${rs}-aa`, `${rs}-bb`, `${rs}-cc`]);
    expect(deployment.gone).toBe(1);
  });

  it('of names in DNS', () => {
    const world = bothWays();
    world.answers.set('web-0.nginx.default.svc.cluster.local', { status: 'answered', addresses: ['10.0.0.1'] });
    world.service('front', '10.96.0.7').endpoints([{ name: `${rs}-aa`, ip: '10.0.1.0' }], 'front');
    const { set, deployment } = only(world);
    expect(set.dns).toEqual({ name: 'web-0.nginx.default.svc.cluster.local', addresses: ['10.0.0.1'] });
    expect(deployment).toMatchObject({ service: { name: 'front', clusterIP: '10.96.0.7', ready: 1 } });
    expect(deployment).not.toHaveProperty('dns');
  });
});

describe('who uses a claim', () => {
  const use = (world: World) => deriveBoard(world.snapshot()).sets[0]?.slots[0]?.claims[0]?.use;

  it('is told though a pod of no set is the one', () => {
    const deriver = new BoardDeriver();
    const world = new World().set(1).claim('web', 0).create('web-0');
    deriver.derive(world.snapshot());
    world.create('debug', { orphan: true, claim: 'www-web-0', node: '' });
    expect(deriver.derive(world.snapshot()).sets[0]?.slots[0]?.claims[0]?.use).toEqual({
      pods: ['debug', 'web-0'],
      count: 2,
      nodes: ['node-1'],
    });
  });

  it.each(['Succeeded', 'Failed'] as const)('is nobody that has %s', (phase) => {
    expect(use(new World().set(1).claim('web', 0).create('web-0', { phase, ready: false }))).toBeUndefined();
  });

  it('names six of many, and counts all', () => {
    const world = new World().set(1).claim('web', 0);
    for (const name of 'hgfedcba') world.create(name, { orphan: true, claim: 'www-web-0', node: `node-${name}` });
    expect(use(world)).toMatchObject({ pods: [...'abcdef'], count: 8, nodes: { length: 6 } });
  });
});
