import { describe, expect, it } from 'vitest';
import { BoardDeriver, deriveBoard } from './derive';
import type { DeploymentView, LoosePod } from './model';
import { World } from './testing';

function deployments(world: World): DeploymentView[] {
  return deriveBoard(world.snapshot()).deployments;
}

function line(pod: LoosePod): string {
  const reason = pod.waitsFor ? ` ${pod.waitsFor.code}` : '';
  return `${pod.name} ${pod.state}${reason}${pod.replaces === undefined ? '' : ` instead of ${pod.replaces}`}`;
}

const rs = 'web-7d9c';
const loose = { replicaSet: rs, claim: '' };

/** `web` with one ReplicaSet and pods of these names, a second apart. */
function aDeployment(...pods: string[]): World {
  const world = new World().deployment('web', pods.length).replicaSet(rs, pods.length, { deployment: 'web' });
  for (const pod of pods) world.later(1).create(`${rs}-${pod}`, loose);
  return world.later(60);
}

function deleted(world: World, pod: string): World {
  return world.pod(`${rs}-${pod}`, { ...loose, deleting: true });
}

describe('whose a pod is', () => {
  const cases: [string, (world: World) => World, string[], string[]][] = [
    [
      'pod, ReplicaSet, Deployment',
      (w) => w.deployment('web', 1).replicaSet(rs, 1, { deployment: 'web' }).create(`${rs}-aa`, loose),
      ['Deployment web: web-7d9c-aa'],
      [],
    ],
    [
      'a ReplicaSet that nobody controls',
      (w) => w.replicaSet(rs, 1).create(`${rs}-aa`, loose),
      ['ReplicaSet web-7d9c: web-7d9c-aa'],
      [],
    ],
    [
      'a ReplicaSet whose Deployment is not here (any more)',
      (w) => w.replicaSet(rs, 1, { deployment: 'web' }).create(`${rs}-aa`, loose),
      ['ReplicaSet web-7d9c: web-7d9c-aa'],
      [],
    ],
    [
      'a pod whose ReplicaSet may not be seen',
      (w) => w.deployment('web', 1).create(`${rs}-aa`, loose),
      ['Deployment web: '],
      ['web-7d9c-aa'],
    ],
    [
      'names say nothing: owner references do',
      (w) =>
        w.deployment('web', 1).replicaSet(rs, 1, { deployment: 'web' }).create(`${rs}-aa`, { orphan: true, claim: '' }),
      ['Deployment web: '],
      ['web-7d9c-aa'],
    ],
    [
      'a Deployment beside a StatefulSet of the same name',
      (w) =>
        w
          .set(1)
          .create('web-0')
          .deployment('web', 1)
          .replicaSet(rs, 1, { deployment: 'web' })
          .create(`${rs}-aa`, loose),
      ['Deployment web: web-7d9c-aa'],
      [],
    ],
  ];
  it.each(cases)('%s', (_name, build, expected, others) => {
    const board = deriveBoard(build(new World()).snapshot());
    expect(board.deployments.map((d) => `${d.kind} ${d.name}: ${d.pods.map((pod) => pod.name).join(' ')}`)).toEqual(
      expected,
    );
    expect(board.otherPods.map((pod) => pod.name)).toEqual(others);
  });
});

describe('pods of a Deployment', () => {
  const cases: [string, () => World, string[]][] = [
    ['stand in the order of their creation', () => aDeployment('zz', 'aa'), [`${rs}-zz ready`, `${rs}-aa ready`]],
    [
      'of the same second, in the order in which they were told',
      () =>
        new World()
          .deployment('web', 2)
          .replicaSet(rs, 2, { deployment: 'web' })
          .create(`${rs}-zz`, loose)
          .create(`${rs}-aa`, loose),
      [`${rs}-zz ready`, `${rs}-aa ready`],
    ],
    [
      'a deleted one is made up for at once, last, under another name',
      () => deleted(aDeployment('aa', 'bb'), 'aa').create(`${rs}-cc`, { ...loose, ready: false }),
      [`${rs}-aa terminating terminating`, `${rs}-bb ready`, `${rs}-cc starting readiness instead of ${rs}-aa`],
    ],
    [
      'also when it was gone before anybody saw it going',
      () => aDeployment('aa', 'bb').gone(`${rs}-aa`).later(1).create(`${rs}-cc`, loose),
      [`${rs}-bb ready`, `${rs}-cc ready instead of ${rs}-aa`],
    ],
    [
      'two deleted: the first is made up for first',
      () =>
        deleted(deleted(aDeployment('aa', 'bb'), 'bb'), 'aa')
          .create(`${rs}-cc`, loose)
          .create(`${rs}-dd`, loose),
      [
        `${rs}-aa terminating terminating`,
        `${rs}-bb terminating terminating`,
        `${rs}-cc ready instead of ${rs}-bb`,
        `${rs}-dd ready instead of ${rs}-aa`,
      ],
    ],
    [
      'scaled down and, later, up: nobody comes in the stead of another',
      () => deleted(aDeployment('aa', 'bb'), 'bb').gone(`${rs}-bb`).later(11).create(`${rs}-cc`, loose),
      [`${rs}-aa ready`, `${rs}-cc ready`],
    ],
    [
      'a rolling update is no replacement one for one',
      () =>
        deleted(aDeployment('aa').replicaSet('web-5f5f', 1, { deployment: 'web', revision: 2 }), 'aa').create(
          'web-5f5f-bb',
          {
            ...loose,
            replicaSet: 'web-5f5f',
          },
        ),
      [`${rs}-aa terminating terminating`, 'web-5f5f-bb ready'],
    ],
    [
      'in a first list, the elder sibling of one that is going replaces nobody',
      () => {
        const world = new World().deployment('web', 1).replicaSet(rs, 2, { deployment: 'web' });
        const born = world.now;
        world.later(60).create(`${rs}-aa`, { ...loose, deleting: true });
        world.now = born;
        return world.create(`${rs}-bb`, loose);
      },
      [`${rs}-bb ready`, `${rs}-aa terminating terminating`],
    ],
    [
      'ready once and not now',
      () => aDeployment('aa').pod(`${rs}-aa`, { ...loose, ready: false }),
      [`${rs}-aa unready readiness`],
    ],
    [
      'whose claim is not there',
      () =>
        aDeployment().create(`${rs}-aa`, { replicaSet: rs, claim: 'shared', node: '', ready: false, phase: 'Pending' }),
      [`${rs}-aa pending claimPending`],
    ],
  ];
  it.each(cases)('%s', (_name, build, expected) => {
    expect(deployments(build())[0]?.pods.map(line)).toEqual(expected);
  });

  it('are remembered by name when they are gone, with who came instead, the last twelve', () => {
    const world = deleted(aDeployment('aa', 'bb'), 'aa').create(`${rs}-cc`, loose).later(3).gone(`${rs}-aa`);
    expect(deployments(world)[0]?.departed).toMatchObject([
      { name: `${rs}-aa`, uid: 'pod-1', ip: '10.0.0.1', node: 'node-1', until: world.now, instead: `${rs}-cc` },
    ]);
    for (let count = 0; count < 20; count++) world.later(30).create(`${rs}-n${count}`, loose).gone(`${rs}-n${count}`);
    const names = deployments(world)[0]?.departed.map((gone) => gone.name);
    expect(names).toHaveLength(12);
    expect(names?.[0]).toBe(`${rs}-n19`);
  });

  it('that were let go are not counted as gone', () => {
    const world = aDeployment('aa');
    world.loosePods.podReleased('pod-1');
    expect(deployments(world.gone(`${rs}-aa`))[0]?.departed).toEqual([]);
  });
});

describe('a Deployment', () => {
  it('has each claim once for all pods, with those its template names though no pod is there', () => {
    const volumes = [{ name: 'site', persistentVolumeClaim: { claimName: 'www-web-0' } }];
    const world = new World()
      .claim('web', 0)
      .deployment('web', 2, { template: { spec: { containers: [], volumes } } })
      .replicaSet(rs, 2, { deployment: 'web' });
    expect(deployments(world)[0]?.claims).toMatchObject([{ name: 'www-web-0', phase: 'Bound', kept: false }]);
    const shared = { replicaSet: rs, claim: 'www-web-0' };
    world.create(`${rs}-aa`, shared).create(`${rs}-bb`, shared);
    expect(deployments(world)[0]?.claims.map((claim) => claim.name)).toEqual(['www-web-0']);
  });

  it.each([
    [undefined, { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' }],
    [
      { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      { type: 'RollingUpdate', maxSurge: '1', maxUnavailable: '0' },
    ],
    [{ type: 'Recreate' as const }, { type: 'Recreate' }],
  ])('with strategy %j', (strategy, expected) => {
    const world = new World().deployment('web', 1, strategy === undefined ? {} : { strategy });
    expect(deployments(world)[0]?.strategy).toEqual(expected);
  });

  it('says what keeps it from having its pods, and its ReplicaSets, the newest first', () => {
    const conditions = [{ type: 'ReplicaFailure', status: 'True' as const, message: 'exceeded quota' }];
    const world = new World()
      .deployment('web', 1, { status: { conditions } })
      .replicaSet('web-old', 0, { deployment: 'web', revision: 9 })
      .replicaSet('web-new', 1, { deployment: 'web', revision: 10 });
    const [web] = deployments(world);
    expect(web?.trouble).toEqual({ code: 'createFailed', message: 'exceeded quota' });
    expect(web?.replicaSets.map(({ name, hash, revision }) => [name, hash, revision])).toEqual([
      ['web-new', 'new', 10],
      ['web-old', 'old', 9],
    ]);
  });
});

it('gives the same objects for what did not change, and nothing undefined', () => {
  const world = aDeployment('aa', 'bb').set(1).deployment('other', 0).claim('shared', 0);
  const deriver = new BoardDeriver();
  const steps: ((w: World) => World)[] = [
    (w) => deleted(w, 'aa'),
    (w) => w.create(`${rs}-cc`, { ...loose, ready: false }),
    (w) => w.gone(`${rs}-aa`),
    (w) => w.pod(`${rs}-cc`, loose),
    (w) => w.deployment('web', 3),
    (w) => w.create(`${rs}-dd`, { replicaSet: rs, claim: 'www-shared-0' }),
    (w) => w.event('PersistentVolumeClaim', 'www-shared-0', 'X', 'y'),
    (w) => w.replicaSet('web-5f5f', 1, { deployment: 'web', revision: 2 }),
  ];
  let before = deriver.derive(world.snapshot());
  for (const step of steps) {
    step(world);
    const after = deriver.derive(world.snapshot());
    expect(after).toStrictEqual(deriveBoard(world.snapshot()));
    expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
    expect(after.deployments[0]).toBe(before.deployments[0]);
    expect(after.sets).toBe(before.sets);
    expect(deriver.derive(world.snapshot())).toBe(after);
    before = after;
  }
});
