import { describe, expect, it } from 'vitest';
import type { World } from '../../board/testing';
import { brief, running, saidOfSet, saidWhen, slotOf } from './testing';

type Row = [name: string, start: () => World, act: (world: World) => void, said: string[]];

const starting = { ready: false, phase: 'Pending', waiting: 'ContainerCreating', ip: '' } as const;
const pending = { ...starting, node: '' } as const;
const parallel = { podManagementPolicy: 'Parallel' } as const;
const noClaims = { volumeClaimTemplates: [] };
const revised = (world: World) => {
  for (const set of world.sets.values()) set.view = { ...set.view, updateRevision: 'r2' };
  return world;
};

const arrivals: Row[] = [
  ['the first ordinal', () => running(2, 0), (w) => w.create('web-0', pending), ['podCreated web-0 firstOrdinal']],
  ['the next one', () => running(2, 1), (w) => w.create('web-1', pending), ['podCreated web-1 afterPrevious']],
  ['one of Parallel', () => running(2, 1, parallel), (w) => w.create('web-1', pending), ['podCreated web-1 parallel']],
  ['a second life', () => running(2).gone('web-1'), (w) => w.create('web-1', pending), ['podBack web-1 sameClaim']],
  [
    'a second life without a claim',
    () => running(2, 2, noClaims).gone('web-1'),
    (w) => w.create('web-1', pending),
    ['podBack web-1 sameName'],
  ],
  [
    'a second life that is seen at once with the end of the first',
    () => running(2),
    (w) => w.gone('web-1').create('web-1', pending),
    ['podBack web-1 sameClaim'],
  ],
  [
    'a life of another revision',
    () => running(2).gone('web-1'),
    (w) => w.create('web-1', { ...pending, revision: 'r2' }),
    ['podBackUpdated web-1 sameClaim'],
  ],
  ['an orphan', () => running(1), (w) => w.pod('web-0', { orphan: true }), ['podOrphaned web-0 nobodyBringsBack']],
  ['an adoption', () => running(1).pod('web-0', { orphan: true }), (w) => w.pod('web-0'), ['podAdopted web-0']],
];

const departures: Row[] = [
  ['a deletion', () => running(2), (w) => w.pod('web-1', { deleting: true }), ['podStopping web-1 comesBackClaim']],
  [
    'a deletion without a claim',
    () => running(2, 2, noClaims),
    (w) => w.pod('web-1', { deleting: true }),
    ['podStopping web-1 comesBack'],
  ],
  [
    'the way down',
    () => running(2).set(1),
    (w) => w.pod('web-1', { deleting: true }),
    ['podScalingAway web-1 highestGoes'],
  ],
  [
    'the way down of Parallel',
    () => running(2, 2, parallel).set(1, parallel),
    (w) => w.pod('web-1', { deleting: true }),
    ['podScalingAway web-1'],
  ],
  ['an update', () => revised(running(2)), (w) => w.pod('web-1', { deleting: true }), ['podUpdating web-1 updateDown']],
  ['the end', () => running(2), (w) => w.gone('web-1'), ['podGone web-1 comesBack']],
  ['the end of an old revision', () => revised(running(2)), (w) => w.gone('web-1'), ['podGone web-1 comesBackUpdated']],
  ['the end, scaled away', () => running(2).set(1), (w) => w.gone('web-1'), ['podScaledAway web-1 claimKept']],
  [
    'the end, scaled away without a claim',
    () => running(2, 2, noClaims).set(1, noClaims),
    (w) => w.gone('web-1'),
    ['podScaledAway web-1'],
  ],
];

const progress: Row[] = [
  [
    'a node',
    () => running(1, 0).create('web-0', pending),
    (w) => w.pod('web-0', starting),
    ['podScheduled web-0 scheduler'],
  ],
  [
    'another node than before',
    () => running(1).gone('web-0').create('web-0', pending),
    (w) => w.pod('web-0', { ...starting, node: 'node-2' }),
    ['podScheduled web-0 anotherNode'],
  ],
  [
    'containers',
    () => running(1, 0).create('web-0', starting),
    (w) => w.pod('web-0', { ready: false }),
    ['podStarted web-0 notReadyYet'],
  ],
  ['readiness', () => running(1, 0).create('web-0', starting), (w) => w.pod('web-0'), ['podReadyAt web-0']],
  [
    'readiness that lets the next one start',
    () => running(2, 0).create('web-0', starting),
    (w) => w.pod('web-0'),
    ['podReadyAt web-0 nextMayStart'],
  ],
  [
    'readiness at another address',
    () => running(1).gone('web-0').create('web-0', starting),
    (w) => w.pod('web-0', { ip: '10.0.0.9' }),
    ['podReadyAt web-0 newAddress'],
  ],
  ['readiness lost', () => running(1), (w) => w.pod('web-0', { ready: false }), ['podUnready web-0 leavesDns']],
];

const trouble: Row[] = [
  [
    'an image that is not there',
    () => running(1, 0).create('web-0', starting),
    (w) => w.pod('web-0', { ...starting, waiting: 'ErrImagePull' }),
    ['pullFailed web-0 triesAgain'],
  ],
  [
    'an image that is not there, with others above',
    () => running(2, 0).create('web-0', starting),
    (w) => w.pod('web-0', { ...starting, waiting: 'ErrImagePull' }),
    ['pullFailed web-0 othersWait'],
  ],
  [
    'the same again',
    () => running(1, 0).create('web-0', { ...starting, waiting: 'ErrImagePull' }),
    (w) => w.pod('web-0', { ...starting, waiting: 'ImagePullBackOff' }),
    [],
  ],
  [
    'a crash loop',
    () => running(1),
    (w) => w.pod('web-0', { ready: false, waiting: 'CrashLoopBackOff' }),
    ['crashLoop web-0 triesAgain'],
  ],
  [
    'a container that cannot be made',
    () => running(1, 0).create('web-0', starting),
    (w) => w.pod('web-0', { ...starting, waiting: 'CreateContainerConfigError' }),
    ['cannotStart web-0'],
  ],
  [
    'a failed pod',
    () => running(1),
    (w) => w.pod('web-0', { phase: 'Failed', ready: false }),
    ['podFailed web-0 comesBack'],
  ],
  [
    'a pod that ends',
    () => running(1),
    (w) => w.pod('web-0', { phase: 'Succeeded', ready: false }),
    ['podFinished web-0'],
  ],
  [
    'no node',
    () => running(1, 0).claim('web', 0).create('web-0', pending),
    (w) => w.pod('web-0', { ...pending, unscheduled: '0/2 nodes are available' }),
    ['unschedulable web-0 triesAgain'],
  ],
  [
    'no volume',
    () => running(1, 0).claim('web', 0, 'Pending').create('web-0', pending),
    (w) => w.pod('web-0', { ...pending, unscheduled: 'unbound immediate PersistentVolumeClaims' }),
    ['waitsForClaim web-0 triesAgain'],
  ],
  [
    'a quota',
    () => running(1, 0).later(1),
    (w) => w.event('StatefulSet', 'web', 'FailedCreate', 'create Pod web-0 in StatefulSet web failed error: no'),
    ['createFailed web-0 triesAgain'],
  ],
  [
    'an image on its way',
    () => running(1, 0).create('web-0', starting),
    (w) => w.event('Pod', 'web-0', 'Pulling', 'Pulling image "nginx:1"'),
    ['pulling web-0'],
  ],
  [
    'a volume that is held elsewhere',
    () => running(1, 0).create('web-0', starting),
    (w) => w.event('Pod', 'web-0', 'FailedAttachVolume', 'Multi-Attach error'),
    ['mountFailed web-0 triesAgain'],
  ],
];

describe.each([
  ['a pod comes', arrivals],
  ['a pod goes', departures],
  ['a pod gets on', progress],
  ['a pod is in trouble', trouble],
])('%s', (_part, rows) => {
  it.each(rows)('%s', (_name, start, act, said) => {
    expect(saidWhen(start(), act).map(brief)).toEqual(said);
  });
});

it('tells a restart of the pod that stays', () => {
  const said = saidOfSet(running(1), (set) => {
    const slot = slotOf(set, 0);
    if (slot.pod) slot.pod.restarts += 1;
  });
  expect(said.map(brief)).toEqual(['podRestarted web-0 samePod']);
});

it('tells a restart that brought another address', () => {
  const said = saidWhen(running(1), (w) => w.pod('web-0', { restarts: 1, ip: '10.0.0.9' }));
  expect(said.map(brief)).toContain('podRestarted web-0 samePodMoved');
  expect(said[0]?.values).toMatchObject({ ip: '10.0.0.9', former: '10.0.0.1' });
});

it('tells that a pod goes because its set does', () => {
  const world = running(1);
  for (const set of world.sets.values()) set.view = { ...set.view, terminating: true };
  expect(saidWhen(world, (w) => w.pod('web-0', { deleting: true })).map(brief)).toEqual(['podStopping web-0 withSet']);
  expect(saidWhen(world, (w) => w.gone('web-0')).map(brief)).toEqual(['podGone web-0 withSet']);
});

it('says which claim, and which address it was', () => {
  const world = running(2);
  const [gone] = saidWhen(world, (w) => w.gone('web-1'));
  const [back] = saidWhen(world, (w) => w.create('web-1', starting));
  const [ready] = saidWhen(world, (w) => w.pod('web-1', { ip: '10.0.0.7' }));
  expect(gone?.values).toEqual({ name: 'web-1' });
  expect(back?.values).toMatchObject({ name: 'web-1', claim: 'www-web-1', life: 2 });
  expect(ready?.values).toMatchObject({ ip: '10.0.0.7', former: '10.0.0.2' });
});
