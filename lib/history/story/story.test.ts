import { describe, expect, it } from 'vitest';
import { deriveBoard } from '../../board/derive';
import type { Board, DnsAnswer, StatefulSetView } from '../../board/model';
import { World } from '../../board/testing';
import { sentencesOf } from './story';
import { brief, changeOf, running, saidOfBoard, saidOfSet, saidWhen, slotOf } from './testing';

const parallel = { podManagementPolicy: 'Parallel' } as const;
const noClaims = { volumeClaimTemplates: [] };
const deletes = { whenDeleted: 'Delete', whenScaled: 'Delete' } as const;
const answered = (...addresses: string[]): DnsAnswer => ({ status: 'answered', addresses });

describe('a set', () => {
  type Row = [name: string, world: () => World, act: (world: World) => void, said: string[]];
  it.each<Row>([
    ['comes', () => new World().service(), (w) => w.set(3), ['setCreated web oneByOne']],
    ['comes, Parallel', () => new World().service(), (w) => w.set(3, parallel), ['setCreated web allAtOnce']],
    ['comes without its Service', () => new World(), (w) => w.set(3), ['setCreated web serviceMissing']],
    ['goes up', () => running(2), (w) => w.set(5), ['scaledUp web oneByOne']],
    ['goes up, Parallel', () => running(2, 2, parallel), (w) => w.set(5, parallel), ['scaledUp web allAtOnce']],
    ['goes down', () => running(2), (w) => w.set(1), ['scaledDown web highestFirst']],
    ['goes down, Parallel', () => running(2, 2, parallel), (w) => w.set(1, parallel), ['scaledDown web allAtOnceDown']],
    [
      'goes down without claims',
      () => running(2, 2, noClaims),
      (w) => w.set(1, noClaims),
      ['scaledDown web highestGoes'],
    ],
    ['goes down to nothing', () => running(2), (w) => w.set(0), ['scaledDown web highestFirst']],
    ['goes, with its pods to follow', () => running(2), (w) => w.sets.clear(), ['setGone web podsFollowClaimsStay']],
    [
      'goes, and leaves orphans',
      () => running(1).pod('web-0', { orphan: true }),
      (w) => w.sets.clear(),
      ['setGone web podsStay'],
    ],
    ['goes after its pods', () => running(1).gone('web-0'), (w) => w.sets.clear(), ['setGone web claimsStay']],
    ['has nothing to leave', () => running(1, 0), (w) => w.sets.clear(), ['setGone web']],
  ])('%s', (_name, world, act, said) => {
    expect(saidWhen(world(), act).map(brief)).toEqual(said);
  });

  type Edit = [name: string, edit: (set: StatefulSetView) => void, said: string[]];
  it.each<Edit>([
    ['is deleted from the foreground', (set) => (set.terminating = true), ['setEnding web']],
    ['counts from another ordinal', (set) => (set.start = 5), ['startChanged web']],
    ['waits for a hand to update', (set) => (set.strategy = 'OnDelete'), ['strategyChanged web whenDeleted']],
    ['holds back lower ordinals', (set) => (set.partition = 2), ['partitionChanged web ordinalsFrom']],
    ['gives up its claims', (set) => (set.claimRetention = deletes), ['retentionChanged web']],
    ['says what it did before', (set) => (set.claimRetention = { whenDeleted: 'Retain', whenScaled: 'Retain' }), []],
    ['has a new revision', (set) => (set.updateRevision = 'r2'), ['newRevision web updateDown']],
    ['has a new image, of which nothing is known yet', (set) => (set.image = 'nginx:2'), []],
    ['has other counts', (set) => (set.readyReplicas = 1), []],
    [
      'has a new revision for the upper ordinals',
      (set) => Object.assign(set, { updateRevision: 'r2', partition: 1 }),
      ['newRevision web ordinalsFrom'],
    ],
    [
      'has a new revision for who is deleted',
      (set) => Object.assign(set, { updateRevision: 'r2', strategy: 'OnDelete' }),
      ['newRevision web whenDeleted'],
    ],
  ])('%s', (_name, edit, said) => {
    expect(saidOfSet(running(2), edit).map(brief)).toEqual(said);
  });

  it('is updated, from the beginning to the end, and back', () => {
    const world = running(2);
    const revise = (current: string, update: string) =>
      saidWhen(world, (w) => {
        for (const [name, set] of w.sets) {
          w.sets.set(name, { ...set, view: { ...set.view, currentRevision: current, updateRevision: update } });
        }
      }).map(brief);
    expect(revise('r1', 'r2')).toEqual(['newRevision web updateDown']);
    expect(revise('r1', 'r1')).toEqual(['rollback web updateDown']);
    expect(revise('r1', 'r2')).toEqual(['newRevision web updateDown']);
    expect(revise('r2', 'r2')).toEqual(['updateDone web allRevised']);
    expect(revise('r2', 'r1')).toEqual(['rollback web updateDown']);
  });
});

describe('a claim and its volume', () => {
  type Row = [name: string, world: () => World, act: (board: Board) => void, said: string[]];
  const claim = (board: Board) => {
    const [first] = board.sets[0]?.slots[0]?.claims ?? [];
    if (!first) throw new Error('no claim');
    return first;
  };
  const volume = (board: Board) => {
    const [first] = board.volumes;
    if (!first) throw new Error('no volume');
    return first;
  };
  const withoutClaim = (board: Board) => {
    for (const slot of board.sets[0]?.slots ?? []) slot.claims = [];
  };
  it.each<Row>([
    [
      'is asked to go while it is used',
      () => running(1),
      (b) => (claim(b).terminating = true),
      ['claimEnding www-web-0 stillUsed'],
    ],
    ['is asked to go', () => running(1).gone('web-0'), (b) => (claim(b).terminating = true), ['claimEnding www-web-0']],
    ['is lost', () => running(1), (b) => (claim(b).phase = 'Lost'), ['claimLost www-web-0']],
    ['goes, and its volume is kept', () => running(1), withoutClaim, ['claimGone www-web-0 volumeStays']],
    [
      'goes, and its volume too',
      () => running(1),
      (b) => (withoutClaim(b), (volume(b).reclaimPolicy = 'Delete')),
      ['claimGone www-web-0 volumeGoes'],
    ],
    ['is released', () => running(1), (b) => (volume(b).phase = 'Released'), ['volumeReleased pv-www-web-0 dataStays']],
    [
      'is released on its way out',
      () => running(1),
      (b) => Object.assign(volume(b), { phase: 'Released', reclaimPolicy: 'Delete' }),
      [],
    ],
    [
      'is freed',
      () => running(1),
      (b) => Object.assign(volume(b), { phase: 'Available', claim: '' }),
      ['volumeFree pv-www-web-0'],
    ],
    ['fails', () => running(1), (b) => (volume(b).phase = 'Failed'), ['volumeFailed pv-www-web-0']],
    ['is removed', () => running(1), (b) => (b.volumes = []), ['volumeGone pv-www-web-0 dataLost']],
  ])('%s', (_name, world, act, said) => {
    expect(saidOfBoard(world(), act).map(brief)).toEqual(said);
  });

  it('is made, and bound, in two sentences', () => {
    const world = running(1, 0);
    expect(saidWhen(world, (w) => w.claim('web', 0, 'Pending')).map(brief)).toEqual([
      'claimCreated www-web-0 fromTemplate',
    ]);
    expect(saidWhen(world, (w) => w.claim('web', 0)).map(brief)).toEqual(['claimBound www-web-0 boundForGood']);
  });

  it('stays the same claim when its set is gone', () => {
    expect(saidWhen(running(1).gone('web-0'), (w) => w.sets.clear()).map(brief)).toEqual(['setGone web claimsStay']);
  });

  it('grows', () => {
    const world = running(1);
    for (const known of world.claims.values()) known.view.capacity = '1Gi';
    expect(saidOfBoard(world, (b) => (claim(b).capacity = '2Gi')).map(brief)).toEqual(['claimGrown www-web-0']);
  });
});

describe('names and addresses', () => {
  it('tells what a Service gives', () => {
    expect(saidWhen(new World().set(1), (w) => w.service()).map(brief)).toEqual(['serviceCreated nginx givesNames']);
    expect(saidWhen(new World(), (w) => w.service()).map(brief)).toEqual(['serviceCreated nginx givesAddresses']);
    expect(saidWhen(new World(), (w) => w.service('front', '10.96.0.9')).map(brief)).toEqual([
      'serviceCreated front givesOneAddress',
    ]);
    expect(saidWhen(running(1), (w) => w.services.clear()).map(brief)).toEqual(['serviceGone nginx namesLost']);
  });

  it('tells who is behind a Service, together', () => {
    const world = running(2);
    const both = [
      { name: 'web-0', ip: '10.0.0.1' },
      { name: 'web-1', ip: '10.0.0.2' },
    ];
    const [joined] = saidWhen(world, (w) => w.endpoints(both));
    expect(joined).toMatchObject({ what: 'endpointsJoined', isDetail: true, values: { pods: 'web-0, web-1' } });
    const said = saidWhen(world, (w) => w.endpoints([{ name: 'web-0', ip: '10.0.0.8' }]));
    expect(said.map((one) => `${one.what} ${one.values['pods']}`)).toEqual([
      'endpointsLeft web-1',
      'endpointsJoined web-0',
    ]);
  });

  it('leaves the endpoint to DNS where one follows from the other', () => {
    const world = running(1);
    world.problem = 'nobody to ask';
    expect(saidWhen(world, (w) => w.endpoints([{ name: 'web-0', ip: '10.0.0.1' }])).map(brief)).toEqual([
      'dnsAnswers web-0.nginx',
    ]);
  });

  type Row = [name: string, before: DnsAnswer, after: DnsAnswer, said: string[]];
  const none: DnsAnswer = { status: 'nxdomain', addresses: [] };
  const unknown: DnsAnswer = { status: 'unknown', addresses: [] };
  const failed: DnsAnswer = { status: 'failed', addresses: [] };
  it.each<Row>([
    ['comes', none, answered('10.0.0.1'), ['dnsAnswers web-0.nginx']],
    ['is asked again', answered('10.0.0.1'), { ...answered('10.0.0.1'), askedAt: 7 }, []],
    ['moves', answered('10.0.0.1'), answered('10.0.0.2'), ['dnsMoved web-0.nginx sameNameNewAddress']],
    ['goes', answered('10.0.0.1'), none, ['dnsWithdrawn web-0.nginx']],
    ['is not known any more', answered('10.0.0.1'), unknown, []],
    ['is not answered', answered('10.0.0.1'), failed, ['dnsFailed web-0.nginx']],
    ['is asked for the first time, long after', unknown, answered('10.0.0.1'), []],
  ])('a name %s', (_name, before, after, said) => {
    const world = running(1);
    world.answers.set('web-0.nginx.default.svc.cluster.local', before);
    const act = (w: World) => w.answers.set('web-0.nginx.default.svc.cluster.local', after);
    expect(saidWhen(world, act).map(brief)).toEqual(said);
  });

  it('tells the first answer of a pod that has just become ready', () => {
    const world = running(1);
    const before = deriveBoard(world.snapshot());
    for (const set of before.sets) Object.assign(slotOf(set, 0).pod ?? {}, { readySince: world.now - 2000 });
    const after = structuredClone(before);
    for (const set of before.sets) slotOf(set, 0).dns = unknown;
    for (const set of after.sets) slotOf(set, 0).dns = answered('10.0.0.1');
    expect(sentencesOf(changeOf(before, after, world.now)).map(brief)).toEqual(['dnsAnswers web-0.nginx']);
  });
});

describe('a namespace and what is beside the sets', () => {
  it.each<[Partial<Board>, Partial<Board>, string[]]>([
    [{ exists: false }, { exists: true }, ['namespaceCreated default']],
    [{}, { terminating: true }, ['namespaceEnding default allGoes']],
    [{ terminating: true }, { exists: false, terminating: false }, ['namespaceGone default']],
  ])('from %j to %j', (before, after, said) => {
    const board = deriveBoard(new World().snapshot());
    expect(sentencesOf(changeOf({ ...board, ...before }, { ...board, ...after })).map(brief)).toEqual(said);
  });

  it('follows a pod of no slot', () => {
    const world = new World();
    const said = (act: (w: World) => void) => saidWhen(world, act).map(brief);
    expect(said((w) => w.create('debug', { orphan: true, ready: false, phase: 'Pending' }))).toEqual([
      'podCreated debug',
    ]);
    expect(said((w) => w.pod('debug', { orphan: true }))).toEqual(['podReady debug']);
    expect(said((w) => w.pod('debug', { orphan: true, deleting: true }))).toEqual(['podStopping debug']);
    expect(said((w) => w.gone('debug'))).toEqual(['podGone debug nobodyBringsBack']);
  });

  it('says nothing where nothing changed, or across namespaces', () => {
    const board = deriveBoard(running(2).snapshot());
    expect(sentencesOf(changeOf(board, board))).toEqual([]);
    expect(sentencesOf({ ...changeOf(board, board), after: { ...board, namespace: 'other', sets: [] } })).toEqual([]);
  });
});
