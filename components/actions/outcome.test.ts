import { describe, expect, it } from 'vitest';
import { aBoard, aClaim, aPod, aSet, aSlot, aVolume, lessonBoard, slotIn } from '../board/fixtures';
import { listNames, type Outcome } from './outcome';
import { outcomeOfScale } from './scaleOutcome';
import {
  outcomeOfDeleteClaim,
  outcomeOfDeleteNamespace,
  outcomeOfDeletePod,
  outcomeOfDeletePods,
  outcomeOfDeleteSet,
  outcomeOfDeleteVolume,
} from './deleteOutcome';

const keys = (outcome: Outcome) => ({
  goes: outcome.goes.map((line) => line.key),
  stays: outcome.stays.map((line) => line.key),
  comes: outcome.comes.map((line) => line.key),
  then: outcome.then.map((line) => line.key),
});
const three = () => aSet([aSlot(0), aSlot(1), aSlot(2)]);

describe('deleting a pod', () => {
  it('takes the pod and leaves its names and its claim', () => {
    const outcome = outcomeOfDeletePod(aBoard([three()]), 'web-1');
    expect(outcome).toEqual({
      goes: [{ key: 'pod', values: { name: 'web-1', ip: '10.244.2.15' } }, { key: 'layer' }],
      stays: [
        { key: 'identityDns', values: { name: 'web-1', dns: 'web-1.nginx.default.svc.cluster.local' } },
        { key: 'claims', values: { count: 1, names: 'www-web-1' } },
      ],
      comes: [],
      then: [{ key: 'comesBack', values: { name: 'web-1' } }],
    });
  });

  it('comes back only after those before it, when the set goes in order', () => {
    const slots = [slotIn('unready', 0), aSlot(1)];
    expect(outcomeOfDeletePod(aBoard([aSet(slots)]), 'web-1').then[0]?.key).toBe('comesBackOrdered');
    expect(outcomeOfDeletePod(aBoard([aSet(slots, { policy: 'Parallel' })]), 'web-1').then[0]?.key).toBe('comesBack');
  });

  it('does not come back when it is not wanted or its set is going', () => {
    const unwanted = aBoard([aSet([aSlot(0), { ...slotIn('terminating', 1), wanted: false }])]);
    expect(keys(outcomeOfDeletePod(unwanted, 'web-1'))).toMatchObject({ stays: ['claims'], then: ['notAgain'] });
    const going = aBoard([aSet([aSlot(0)], { terminating: true })]);
    expect(outcomeOfDeletePod(going, 'web-0').then[0]?.key).toBe('notAgain');
  });

  it('has nobody to bring back a pod without a slot', () => {
    const board = aBoard([], { otherPods: [aPod(0, { name: 'dns-test', ip: '' })] });
    expect(keys(outcomeOfDeletePod(board, 'dns-test'))).toMatchObject({ goes: ['podNoIp', 'layer'], then: ['nobody'] });
  });
});

describe('deleting all pods of a set', () => {
  it.each([
    ['OrderedReady', 'podsBackOrdered'],
    ['Parallel', 'podsBackParallel'],
  ] as const)('brings them back %s', (policy, expected) => {
    const outcome = outcomeOfDeletePods({ ...three(), policy });
    expect(keys(outcome)).toEqual({
      goes: ['pods', 'layer'],
      stays: ['identities', 'claims'],
      comes: [],
      then: [expected],
    });
    expect(outcome.goes[0]?.values).toEqual({ count: 3, names: 'web-0, web-1, web-2' });
  });
});

describe('deleting a set', () => {
  it('takes the pods and leaves claims and Service', () => {
    const outcome = outcomeOfDeleteSet(aBoard([three()]), three(), 'background');
    expect(keys(outcome)).toEqual({
      goes: ['set', 'pods'],
      stays: ['claims', 'service'],
      comes: [],
      then: ['noOrder'],
    });
  });

  it('leaves the pods when they are orphaned', () => {
    const outcome = outcomeOfDeleteSet(aBoard([three()]), three(), 'orphan');
    expect(keys(outcome)).toEqual({
      goes: ['set'],
      stays: ['pods', 'claims', 'service'],
      comes: [],
      then: ['orphans'],
    });
  });

  it('takes the claims too when the set says so', () => {
    const set = { ...three(), claimRetention: { whenDeleted: 'Delete' as const, whenScaled: 'Retain' as const } };
    expect(keys(outcomeOfDeleteSet(aBoard([set]), set, 'background'))).toMatchObject({
      goes: ['set', 'pods', 'claimsLost'],
      stays: ['service'],
    });
  });
});

describe('deleting a claim', () => {
  it('waits for the pod that uses it, and a new one is made after it', () => {
    expect(keys(outcomeOfDeleteClaim(aBoard([three()]), 'www-web-1'))).toEqual({
      goes: ['claimItself', 'volumeDeleted'],
      stays: [],
      comes: [],
      then: ['claimUsed', 'claimAgain'],
    });
  });

  it('goes at once when it is kept without a pod', () => {
    expect(keys(outcomeOfDeleteClaim(lessonBoard(), 'www-web-3')).then).toEqual([]);
  });

  it('leaves a retained volume', () => {
    const claim = aClaim(3, { kept: true, volume: aVolume(3, { reclaimPolicy: 'Retain' }) });
    const board = aBoard([], { otherClaims: [claim] });
    expect(keys(outcomeOfDeleteClaim(board, claim.name))).toMatchObject({
      goes: ['claimItself'],
      stays: ['volumeRetained'],
    });
  });
});

describe('deleting a volume', () => {
  it('waits for the claim that it is bound to', () => {
    const outcome = outcomeOfDeleteVolume(aBoard([three()]), aVolume(0).name);
    expect(outcome.then).toEqual([{ key: 'volumeBound', values: { claim: 'default/www-web-0' } }]);
  });

  it('says that a retained store is left to its owner', () => {
    const volume = aVolume(7, { phase: 'Released', reclaimPolicy: 'Retain' });
    expect(keys(outcomeOfDeleteVolume(aBoard([], { volumes: [volume] }), volume.name))).toMatchObject({
      stays: ['backing'],
      then: [],
    });
  });
});

describe('deleting a namespace', () => {
  it('takes everything in it', () => {
    const outcome = outcomeOfDeleteNamespace(aBoard([three()], { namespace: 'lab-ana' }));
    expect(outcome.goes[0]).toEqual({
      key: 'namespaceAll',
      values: { sets: 1, deployments: 0, pods: 3, services: 1, claims: 3 },
    });
  });

  it.each(['default', 'kube-system', 'kube-public'])('is refused for %s', (namespace) => {
    expect(keys(outcomeOfDeleteNamespace(aBoard([], { namespace })))).toMatchObject({
      goes: [],
      then: ['namespaceRefused'],
    });
  });
});

describe('scaling', () => {
  it('down: the highest go first, and their claims stay', () => {
    const outcome = outcomeOfScale(three(), 1);
    expect(outcome.goes).toEqual([{ key: 'podsLastFirst', values: { count: 2, names: 'web-2, web-1' } }]);
    expect(outcome.stays).toEqual([{ key: 'claims', values: { count: 2, names: 'www-web-2, www-web-1' } }]);
    expect(keys(outcome).then).toEqual(['oneByOneDown']);
  });

  it('to 0 takes all', () => {
    expect(outcomeOfScale(three(), 0).goes[0]?.values).toEqual({ count: 3, names: 'web-2, web-1, web-0' });
  });

  it('down with claims that go, when the set says so', () => {
    const set = { ...three(), claimRetention: { whenDeleted: 'Retain' as const, whenScaled: 'Delete' as const } };
    expect(keys(outcomeOfScale(set, 2))).toMatchObject({ goes: ['podsLastFirst', 'claimsLost'], stays: [] });
  });

  it('up: kept claims are found again, others are new', () => {
    const set = aSet([aSlot(0), slotIn('kept', 1)]);
    const outcome = outcomeOfScale(set, 3);
    expect(outcome.comes).toEqual([
      { key: 'newPods', values: { count: 2, names: 'web-1, web-2' } },
      { key: 'keptClaims', values: { count: 1, names: 'www-web-1' } },
      { key: 'newClaims', values: { count: 1, names: 'web-2' } },
    ]);
  });

  it('counts from where the ordinals start', () => {
    const set = aSet([aSlot(5), aSlot(6)], { start: 5 });
    expect(outcomeOfScale(set, 3).comes[0]?.values).toEqual({ count: 1, names: 'web-7' });
    expect(outcomeOfScale(set, 1).goes[0]?.values).toEqual({ count: 1, names: 'web-6' });
  });

  it('to the same number changes nothing', () => {
    expect(keys(outcomeOfScale(three(), 3))).toEqual({ goes: [], stays: [], comes: [], then: ['scaleNone'] });
  });
});

it('cuts a long list of names and keeps its end', () => {
  const names = Array.from({ length: 200 }, (_, ordinal) => `web-${ordinal}`);
  expect(listNames(names)).toBe('web-0, web-1, web-2, web-3, web-4 … web-199');
});
