import { describe, expect, it } from 'vitest';
import { BoardDeriver, deriveBoard } from './derive';
import type { Slot } from './model';
import { World } from './testing';

function slots(world: World, set = 'web'): Slot[] {
  const view = deriveBoard(world.snapshot()).sets.find((candidate) => candidate.name === set);
  return view?.slots ?? [];
}

function line(slot: Slot | undefined): string {
  if (!slot) return 'none';
  const reason = slot.waitsFor
    ? ` ${slot.waitsFor.code}${slot.waitsFor.subject ? `:${slot.waitsFor.subject}` : ''}`
    : '';
  return `${slot.name} ${slot.state}${reason}`;
}

/** The set wants revision r2 from now on. */
function outdated(world: World, over: { partition?: number; strategy?: 'OnDelete' } = {}): World {
  const set = world.sets.get('web');
  if (set) world.sets.set('web', { ...set, view: { ...set.view, ...over, updateRevision: 'r2' } });
  return world;
}

describe('DNS of a headless Service', () => {
  const domain = 'nginx.default.svc.cluster.local';
  const world = () => new World().set(2).service('nginx', 'None', 'web');

  it('marks the addresses of an answer that no endpoint has any more', () => {
    const cached = world().endpoints([{ name: 'web-0', ip: '10.0.0.9' }]);
    cached.answers.set(domain, { status: 'answered', addresses: ['10.0.0.1', '10.0.0.9'], ttlSeconds: 30, askedAt: 1 });
    expect(deriveBoard(cached.snapshot()).dns.names[0]?.gone).toEqual(['10.0.0.1']);
  });

  it('has a name for each named port, and derives its targets where nobody can be asked', () => {
    const derived = world().endpoints([
      { name: 'web-1', ip: '10.0.0.2' },
      { name: 'web-0', ip: '10.0.0.1' },
      { name: 'web-2', ip: '10.0.0.3', ready: false },
    ]);
    expect(deriveBoard(derived.snapshot()).dns.ports).toEqual([
      { name: `_web._tcp.${domain}`, answer: { status: 'unknown', addresses: [] } },
    ]);
    derived.problem = 'pods/portforward is forbidden';
    const targets = [`web-0.${domain}`, `web-1.${domain}`].map((target) => ({
      target,
      port: 80,
      priority: 0,
      weight: 50,
    }));
    expect(deriveBoard(derived.snapshot()).dns.ports[0]?.answer).toEqual({
      status: 'answered',
      addresses: [],
      targets,
    });
  });

  it('has none where no port has a name', () => {
    expect(deriveBoard(new World().set(1).service().snapshot()).dns.ports).toEqual([]);
  });
});

describe('slots', () => {
  const cases: [string, (world: World) => World, string[]][] = [
    ['a set with no pods yet', (w) => w.set(2), ['web-0 empty creating', 'web-1 waiting predecessor:web-0']],
    [
      'the first pod starting',
      (w) => w.set(2).create('web-0', { ready: false, waiting: 'ContainerCreating', phase: 'Pending' }),
      ['web-0 starting starting', 'web-1 waiting predecessor:web-0'],
    ],
    [
      'Parallel: nobody waits',
      (w) => w.set(2, { podManagementPolicy: 'Parallel' }),
      ['web-0 empty creating', 'web-1 empty creating'],
    ],
    [
      'a claim that is not bound',
      (w) => w.set(1).claim('web', 0, 'Pending').create('web-0', { node: '', ready: false, phase: 'Pending' }),
      ['web-0 pending claimPending:www-web-0'],
    ],
    [
      'no node will have it',
      (w) =>
        w
          .set(1)
          .claim('web', 0)
          .create('web-0', { node: '', ready: false, phase: 'Pending', unscheduled: '0/2 nodes' }),
      ['web-0 pending unschedulable'],
    ],
    [
      'an image that does not come',
      (w) => w.set(1).create('web-0', { ready: false, phase: 'Pending', waiting: 'ImagePullBackOff' }),
      ['web-0 failed imagePull:nginx:1'],
    ],
    [
      'a crash loop',
      (w) => w.set(1).create('web-0', { ready: false, waiting: 'CrashLoopBackOff' }),
      ['web-0 failed crashLoop:nginx'],
    ],
    [
      'a container that cannot be made',
      (w) => w.set(1).create('web-0', { ready: false, phase: 'Pending', waiting: 'CreateContainerConfigError' }),
      ['web-0 failed other:nginx'],
    ],
    ['running and not ready yet', (w) => w.set(1).create('web-0', { ready: false }), ['web-0 starting readiness']],
    [
      'ready once and not now',
      (w) => w.set(1).create('web-0').pod('web-0', { ready: false }),
      ['web-0 unready readiness'],
    ],
    ['on its way out', (w) => w.set(1).create('web-0', { deleting: true }), ['web-0 terminating terminating']],
    ['done', (w) => w.set(1).create('web-0', { phase: 'Succeeded', ready: false }), ['web-0 finished']],
    [
      'scaled down: the claim is kept, and the lower one waits for the higher',
      (w) => w.set(0).claim('web', 0).claim('web', 1).create('web-0').create('web-1', { deleting: true }),
      ['web-0 ready successor:web-1', 'web-1 terminating terminating'],
    ],
    ['scaled to nothing', (w) => w.set(0).claim('web', 0).claim('web', 1), ['web-0 kept', 'web-1 kept']],
    ['starting from another ordinal', (w) => w.set(1, { ordinals: { start: 5 } }), ['web-5 empty creating']],
    [
      'a rolling update goes from the top',
      (w) => outdated(w.set(3).create('web-0').create('web-1').create('web-2', { revision: 'r2', ready: false })),
      ['web-0 ready revision:web-2', 'web-1 ready revision:web-2', 'web-2 starting readiness'],
    ],
    [
      'the highest outdated one is next, and waits for nobody',
      (w) => outdated(w.set(3).create('web-0').create('web-1').create('web-2', { revision: 'r2' })),
      ['web-0 ready revision:web-1', 'web-1 ready revision', 'web-2 ready'],
    ],
    [
      'an update does not begin over a pod that is not ready',
      (w) => outdated(w.set(3).create('web-0', { ready: false }).create('web-1').create('web-2')),
      ['web-0 starting readiness', 'web-1 ready revision:web-0', 'web-2 ready revision:web-0'],
    ],
    [
      'Parallel: a lower pod that is not ready holds no update up',
      (w) => outdated(w.set(2, { podManagementPolicy: 'Parallel' }).create('web-0', { ready: false }).create('web-1')),
      ['web-0 starting readiness', 'web-1 ready revision'],
    ],
    [
      'a partition keeps the lower places, counted from the first ordinal',
      (w) =>
        outdated(
          w
            .set(3, { ordinals: { start: 5 } })
            .create('web-5')
            .create('web-6')
            .create('web-7'),
          { partition: 2 },
        ),
      ['web-5 ready partition:7', 'web-6 ready partition:7', 'web-7 ready revision'],
    ],
    [
      'OnDelete waits for somebody to delete',
      (w) => outdated(w.set(2).create('web-0').create('web-1', { revision: 'r2' }), { strategy: 'OnDelete' }),
      ['web-0 ready onDelete:web-0', 'web-1 ready'],
    ],
    [
      'a quota in the way',
      (w) =>
        w.set(1).event('StatefulSet', 'web', 'FailedCreate', 'create Pod web-0 in StatefulSet web failed error: quota'),
      ['web-0 empty createFailed'],
    ],
    [
      'a quota in the way, as a newer cluster words it',
      (w) =>
        w.set(1).event('StatefulSet', 'web', 'FailedCreate', 'Create Pod web-0 in StatefulSet web failed error: quota'),
      ['web-0 empty createFailed'],
    ],
    [
      'a quota that was in the way of an earlier life',
      (w) =>
        w
          .set(1)
          .event('StatefulSet', 'web', 'FailedCreate', 'create Pod web-0 in StatefulSet web failed error: quota')
          .later(60)
          .event('StatefulSet', 'web', 'SuccessfulCreate', 'create Pod web-0 in StatefulSet web successful'),
      ['web-0 empty creating'],
    ],
  ];

  it.each(cases)('%s', (_name, build, expected) => {
    expect(slots(build(new World())).map(line)).toEqual(expected);
  });

  describe("have the cluster's own words", () => {
    const probe = 'Readiness probe failed: HTTP probe failed with statuscode: 404';
    const wordsOf = (world: World) => slots(world).map((slot) => slot.waitsFor?.message);

    it('of the probe that fails, and so has the one that waits for it', () => {
      const world = new World().set(2).create('web-0', { ready: false }).event('Pod', 'web-0', 'Unhealthy', probe);
      expect(wordsOf(world)).toEqual([probe, probe]);
    });

    it('not of the probe of a former life', () => {
      const world = new World().set(1).create('web-0').event('Pod', 'web-0', 'Unhealthy', probe).later(9);
      expect(wordsOf(world.create('web-0', { ready: false }))).toEqual([undefined]);
    });

    it('of what keeps the blocker from a node', () => {
      const world = new World().set(2).claim('web', 0);
      world.create('web-0', { node: '', ready: false, phase: 'Pending', unscheduled: '0/2 nodes' });
      expect(wordsOf(world)).toEqual(['0/2 nodes', '0/2 nodes']);
    });
  });

  it('do not mix up sets whose names begin alike', () => {
    const world = new World().set(1).set(1, {}, 'web-api').claim('web', 0).claim('web-api', 0).create('web-api-0');
    expect(slots(world).map(line)).toEqual(['web-0 empty creating']);
    expect(slots(world, 'web-api').map(line)).toEqual(['web-api-0 ready']);
    expect(slots(world)[0]?.claims.map((claim) => claim.name)).toEqual(['www-web-0']);
  });

  it('keep their lives: a new uid under the same name is the next one, with the address before', () => {
    const world = new World().set(1).create('web-0', { ip: '10.0.0.5' }).later(60);
    world.pod('web-0', { deleting: true, ip: '10.0.0.5' }).later(1).gone('web-0');
    expect(slots(world)[0]).toMatchObject({ life: 1, lives: [{ number: 1, ip: '10.0.0.5', until: world.now }] });
    world.create('web-0', { ready: false, ip: '10.0.0.9' });
    expect(slots(world)[0]).toMatchObject({ life: 2, state: 'starting', lives: [{ ip: '10.0.0.5' }] });
  });

  it('keep a life whose end was not seen, when the next one is', () => {
    const world = new World().set(1).create('web-0', { ip: '10.0.0.5' }).create('web-0', { ip: '10.0.0.9' });
    expect(slots(world)[0]).toMatchObject({ life: 2, lives: [{ number: 1, ip: '10.0.0.5' }] });
  });

  it('say when they lost their pod, once it is not wanted any more', () => {
    const world = new World().set(1).claim('web', 0).create('web-0').set(0).later(9).gone('web-0');
    expect(slots(world)[0]).toMatchObject({ state: 'kept', scaledAwayAt: world.now, claims: [{ kept: true }] });
  });
});

describe('the board', () => {
  it('keeps the claims of a set that is gone, and its orphans', () => {
    const world = new World().set(1).claim('web', 0).create('web-0');
    world.sets.clear();
    const board = deriveBoard(world.snapshot());
    expect(board.otherPods.map((pod) => pod.name)).toEqual(['web-0']);
    expect(board.otherClaims).toMatchObject([{ name: 'www-web-0', kept: false, volume: { name: 'pv-www-web-0' } }]);
    world.gone('web-0');
    expect(deriveBoard(world.snapshot()).otherClaims[0]?.kept).toBe(true);
  });

  it('shows what DNS said, and derives it only where nobody could be asked', () => {
    const world = new World().set(1).service().create('web-0');
    world.endpoints([
      { name: 'web-0', ip: '10.0.0.1' },
      { name: 'web-1', ip: '10.0.0.2', ready: false },
    ]);
    const name = 'web-0.nginx.default.svc.cluster.local';
    expect(slots(world)[0]).toMatchObject({ dnsName: name, dns: { status: 'unknown' } });
    const withdrawn = deriveBoard(world.set(2).snapshot()).sets[0]?.slots[1];
    expect(withdrawn?.dns).toEqual({ status: 'nxdomain', addresses: [] });
    world.answers.set(name, { status: 'nxdomain', addresses: [], askedAt: 1 });
    expect(slots(world)[0]?.dns.status).toBe('nxdomain');
    world.problem = 'pods/portforward is forbidden';
    expect(slots(world)[0]?.dns).toEqual({ status: 'answered', addresses: ['10.0.0.1'] });
    expect(deriveBoard(world.snapshot()).dns).toMatchObject({ source: 'derived', problem: world.problem });
  });

  it('says of a set whether its Service gives names', () => {
    const world = new World().set(1);
    expect(deriveBoard(world.snapshot()).sets[0]?.service).toBe('missing');
    expect(deriveBoard(world.service('nginx', '10.96.0.9').snapshot()).sets[0]?.service).toBe('notHeadless');
    expect(deriveBoard(world.service().snapshot()).sets[0]?.service).toBe('headless');
  });

  it('holds nothing undefined, which would not survive the way to the page', () => {
    const world = new World()
      .set(2)
      .service()
      .claim('web', 0)
      .create('web-0', { ready: false })
      .event('Pod', 'web-0', 'X', 'y');
    const board = deriveBoard(world.snapshot());
    expect(JSON.parse(JSON.stringify(board))).toStrictEqual(board);
  });
});

describe('BoardDeriver', () => {
  it('gives what deriveBoard gives, and the same objects for what did not change', () => {
    const world = new World().service().set(3).set(2, {}, 'db');
    const deriver = new BoardDeriver();
    const steps: ((w: World) => World)[] = [
      (w) => w.claim('web', 0).create('web-0', { ready: false }),
      (w) => w.pod('web-0', { ready: true }),
      (w) => w.endpoints([{ name: 'web-0', ip: '10.0.0.1' }]),
      (w) => w.claim('web', 1, 'Pending').create('web-1', { node: '', ready: false }),
      (w) => w.volume('pv-free', { storageClassName: 'slow' }),
      (w) => w.storageClass('slow', { volumeBindingMode: 'WaitForFirstConsumer' }, true),
      (w) => w.event('Pod', 'web-1', 'FailedMount', 'no such secret'),
      (w) => w.event('PersistentVolumeClaim', 'www-web-1', 'WaitForFirstConsumer', 'waiting for first consumer'),
      (w) => w.write('web-0', '/tmp/a').write('web-0', '/www/a', { claim: 'www-web-0' }),
      (w) => w.pod('web-0', { deleting: true }).later(3),
      (w) => w.gone('web-0'),
      (w) => w.create('web-0', { ip: '10.0.0.7' }),
      (w) => w.set(0),
      (w) => w.gone('web-1').gone('web-0'),
    ];
    let before = deriver.derive(world.snapshot());
    for (const step of steps) {
      step(world);
      const after = deriver.derive(world.snapshot());
      expect(after).toStrictEqual(deriveBoard(world.snapshot()));
      expect(after.sets.find((set) => set.name === 'db')).toBe(before.sets.find((set) => set.name === 'db'));
      expect(deriver.derive(world.snapshot())).toBe(after);
      before = after;
    }
  });
});
