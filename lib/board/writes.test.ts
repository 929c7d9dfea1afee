import { describe, expect, it } from 'vitest';
import { deriveBoard } from './derive';
import type { Slot } from './model';
import { World } from './testing';

function slot(world: World): Slot | undefined {
  return deriveBoard(world.snapshot()).sets[0]?.slots[0];
}

/** `/tmp/a life 1 lost with pod` */
function own(world: World): string[] {
  return (slot(world)?.ownFiles ?? []).map(({ path, life, lost }) =>
    [path, life === undefined ? 'unseen' : `life ${life}`, ...(lost ? [`lost with ${lost.with}`] : [])].join(' '),
  );
}

function web(): World {
  return new World().set(1).claim('web', 0).create('web-0');
}

describe('a file on no claim', () => {
  const cases: [string, (world: World) => World, string[]][] = [
    ['is there while its container is', (w) => w.write('web-0', '/tmp/a'), ['/tmp/a life 1']],
    [
      'is there while its pod is on its way out',
      (w) => w.write('web-0', '/tmp/a').pod('web-0', { deleting: true }),
      ['/tmp/a life 1'],
    ],
    ['is lost with its pod', (w) => w.write('web-0', '/tmp/a').gone('web-0'), ['/tmp/a life 1 lost with pod']],
    [
      'is lost with its pod, and stays lost in the next life',
      (w) => w.write('web-0', '/tmp/a').gone('web-0').create('web-0'),
      ['/tmp/a life 1 lost with pod'],
    ],
    [
      'is lost though the end of its pod was not seen, once the next is',
      (w) => w.write('web-0', '/tmp/a').create('web-0'),
      ['/tmp/a life 1 lost with pod'],
    ],
    [
      'is lost when its container starts again, the pod being the same',
      (w) => w.write('web-0', '/tmp/a').pod('web-0', { containerId: 'containerd://second' }),
      ['/tmp/a life 1 lost with container'],
    ],
    [
      'on an emptyDir outlives its container, and not its pod',
      (w) => w.write('web-0', '/cache/a', 'pod').pod('web-0', { containerId: 'containerd://second' }),
      ['/cache/a life 1'],
    ],
    [
      'on an emptyDir goes with the pod',
      (w) => w.write('web-0', '/cache/a', 'pod').gone('web-0'),
      ['/cache/a life 1 lost with pod'],
    ],
    [
      'is there again when it is written again',
      (w) => w.write('web-0', '/tmp/a').gone('web-0').create('web-0').write('web-0', '/tmp/a'),
      ['/tmp/a life 2'],
    ],
    [
      'stands beside those of earlier lives',
      (w) => w.write('web-0', '/tmp/a').gone('web-0').create('web-0').write('web-0', '/tmp/b'),
      ['/tmp/b life 2', '/tmp/a life 1 lost with pod'],
    ],
  ];
  it.each(cases)('%s', (_name, build, expected) => expect(own(build(web()))).toEqual(expected));

  it('that was written as the pod went is lost from the start', () => {
    const world = web();
    const before = world.pods.get('web-0');
    world.gone('web-0');
    world.writes.written(
      {
        ...{ path: '/tmp/a', bytes: 1, at: world.now, pod: 'web-0', podUid: before?.uid ?? '' },
        ...{ container: 'nginx', containerId: 'x', place: { kind: 'container' } },
      },
      world.histories.of('web-0'),
    );
    expect(own(world)).toEqual(['/tmp/a life 1 lost with pod']);
  });

  it('of a pod that is newer than what was watched does not count as gone', () => {
    const world = web();
    world.writes.written(
      {
        ...{ path: '/tmp/a', bytes: 1, at: world.now, pod: 'web-0', podUid: 'pod-2' },
        ...{ container: 'nginx', containerId: 'containerd://pod-2', place: { kind: 'container' } },
      },
      world.histories.of('web-0'),
    );
    world.pod('web-0', { deleting: true }).gone('web-0').create('web-0');
    expect(own(world)).toEqual(['/tmp/a unseen']);
    expect(own(world.gone('web-0'))).toEqual(['/tmp/a unseen lost with pod']);
  });

  it('is remembered for ten paths, the newest', () => {
    const world = web();
    for (let index = 0; index < 12; index++) world.write('web-0', `/tmp/${index}`);
    expect(slot(world)?.ownFiles?.map((file) => file.name)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((n) => `/tmp/${n}`),
    );
  });
});

describe('a file on a claim', () => {
  it('is told with the life of the pod that wrote it, whoever has the claim now', () => {
    const world = web().write('web-0', '/www/index.html', { claim: 'www-web-0' }).gone('web-0').create('web-0');
    expect(slot(world)?.claims[0]?.files).toMatchObject([{ name: 'index.html', pod: 'web-0', life: 1 }]);
    expect(slot(world)).not.toHaveProperty('ownFiles');
    world.write('web-0', '/www/index.html', { claim: 'www-web-0' });
    expect(slot(world)?.claims[0]?.files).toMatchObject([{ name: 'index.html', life: 2 }]);
  });

  it('belongs to that claim, not to the next one of the name', () => {
    const world = web().write('web-0', '/www/index.html', { claim: 'www-web-0' });
    world.writes.claimGone('claim-www-web-0');
    expect(slot(world)?.claims[0]).not.toHaveProperty('files');
  });
});

describe('what an earlier life of the server knew of a claim', () => {
  const old = { path: '/www/x', bytes: 5, at: 1, pod: 'web-0', container: 'nginx', life: 3 };
  const told = (world: World) => slot(world)?.claims[0]?.files?.map(({ name, at, life }) => [name, at, life]);

  it('is known again, without the life, since those may be counted anew', () => {
    const world = web();
    world.writes.recall({ onClaims: { 'claim-www-web-0': [{ ...old, name: 'a' }] }, inPods: {} });
    expect(told(world)).toEqual([['a', 1, undefined]]);
  });

  it('does not stand before what was written since', () => {
    const world = web().write('web-0', '/www/a', { claim: 'www-web-0' });
    const files = [
      { ...old, name: 'a' },
      { ...old, name: 'b' },
    ];
    world.writes.recall({ onClaims: { 'claim-www-web-0': files }, inPods: {} });
    expect(told(world)).toEqual([
      ['a', world.now, 1],
      ['b', 1, undefined],
    ]);
  });
});

describe('what an earlier life of the server knew of a pod', () => {
  /** As it is after a restart that found no lives kept: they are counted anew, from the pods that are there. */
  const again = (before: World, act: (world: World) => void = () => undefined) => {
    const after = new World().set(1).claim('web', 0);
    after.writes.recall({ onClaims: {}, inPods: { 'web-0': before.writes.writesOfPod('web-0') } });
    act(after);
    return after;
  };
  const cases: [string, (world: World) => World, (world: World) => void, string[]][] = [
    ['is not said before its pod is seen', (w) => w.write('web-0', '/tmp/a'), () => undefined, []],
    [
      'is known again while its container is the same',
      (w) => w.gone('web-0').create('web-0').write('web-0', '/tmp/a'),
      (w) => w.pod('web-0', {}, 'pod-2'),
      ['/tmp/a life 1'],
    ],
    [
      'is lost where the container has started again meanwhile',
      (w) => w.write('web-0', '/tmp/a').write('web-0', '/cache/a', 'pod'),
      (w) => w.pod('web-0', { containerId: 'containerd://second' }, 'pod-1'),
      ['/cache/a life 1', '/tmp/a life 1 lost with container'],
    ],
    [
      'is lost where another pod has come meanwhile',
      (w) => w.write('web-0', '/tmp/a'),
      (w) => w.pod('web-0', {}, 'pod-2'),
      ['/tmp/a unseen lost with pod'],
    ],
    [
      'stays lost',
      (w) => w.write('web-0', '/tmp/a').gone('web-0'),
      (w) => w.pod('web-0', {}, 'pod-2'),
      ['/tmp/a unseen lost with pod'],
    ],
    [
      'does not stand before what was written since',
      (w) => w.write('web-0', '/tmp/a').write('web-0', '/tmp/b'),
      (w) => w.pod('web-0', {}, 'pod-2').write('web-0', '/tmp/a'),
      ['/tmp/a life 1', '/tmp/b unseen lost with pod'],
    ],
  ];
  it.each(cases)('%s', (_name, build, act, expected) => expect(own(again(build(web()), act))).toEqual(expected));

  it('is kept for the restart after, seen or not', () => {
    const before = web().write('web-0', '/tmp/a').writes.writesOfPod('web-0');
    const after = again(web().write('web-0', '/tmp/a'));
    expect(after.writes.writesOfPod('web-0').map(({ podUid, file }) => [podUid, file.path])).toEqual([
      [before[0]?.podUid, '/tmp/a'],
    ]);
  });

  it('was lost before the pod that is seen now began', () => {
    const world = again(web().write('web-0', '/tmp/a'), (w) => w.later(60).pod('web-0', {}, 'pod-2').later(60));
    expect(slot(world)?.ownFiles?.[0]?.lost?.at).toBe(world.now - 60_000);
  });
});
