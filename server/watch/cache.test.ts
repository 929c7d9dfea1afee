import { expect, it } from 'vitest';
import { deploymentFacts, replicaSetFacts } from '../../lib/board/facts/deployment';
import { podFacts } from '../../lib/board/facts/pod';
import { claimFacts } from '../../lib/board/facts/storage';
import { deriveBoard } from '../../lib/board/derive';
import type { KeptLives } from '../../lib/board/history';
import type { Written } from '../../lib/board/writes';
import { Cache, type WriteTold } from './cache';

const meta = (name: string, owner?: [kind: string, uid: string]) => ({
  name,
  namespace: 'lab',
  uid: `uid-${name}`,
  resourceVersion: '1',
  ...(owner && {
    ownerReferences: [{ apiVersion: 'apps/v1', kind: owner[0], name: 'x', uid: owner[1], controller: true }],
  }),
});
const spec = { replicas: 1, selector: {}, template: { spec: { containers: [] } } };
const deployment = deploymentFacts({ metadata: meta('web'), spec, status: {} });
const set = replicaSetFacts({ metadata: meta('web-7d', ['Deployment', 'uid-web']), spec, status: {} });
const pod = (name: string, owner?: [string, string]) =>
  podFacts({ metadata: meta(name, owner), spec: { containers: [] }, status: {} });

function aCache() {
  const changed: string[] = [];
  const cache = new Cache({ clusterDomain: 'cluster.local', now: () => 5000, changed: (name) => changed.push(name) });
  return { cache, changed, board: () => deriveBoard(cache.snapshot('lab')) };
}

it('remembers who is gone, under the Deployment that had it', () => {
  const { cache, board } = aCache();
  cache.upsert('deployments', deployment);
  cache.upsert('replicasets', set);
  const first = pod('web-7d-aa', ['ReplicaSet', set.uid]);
  cache.upsert('pods', first);
  cache.remove('pods', first);
  cache.upsert('pods', pod('web-7d-bb', ['ReplicaSet', set.uid]));
  expect(board().deployments[0]).toMatchObject({
    pods: [{ name: 'web-7d-bb', replaces: 'web-7d-aa' }],
    departed: [{ name: 'web-7d-aa', until: 5000, instead: 'web-7d-bb' }],
  });
});

it('still knows them when the ReplicaSet has been cleared away', () => {
  const { cache, board } = aCache();
  cache.upsert('deployments', deployment);
  cache.upsert('replicasets', set);
  const first = pod('web-7d-aa', ['ReplicaSet', set.uid]);
  cache.upsert('pods', first);
  cache.remove('pods', first);
  cache.remove('replicasets', set);
  expect(board().deployments[0]?.departed.map(({ name }) => name)).toEqual(['web-7d-aa']);
});

it('does not call gone what its ReplicaSet has let go', () => {
  const { cache, board } = aCache();
  cache.upsert('deployments', deployment);
  cache.upsert('replicasets', set);
  cache.upsert('pods', pod('web-7d-aa', ['ReplicaSet', set.uid]));
  cache.upsert('pods', pod('web-7d-aa'));
  cache.remove('pods', pod('web-7d-aa'));
  expect(board().deployments[0]?.departed).toEqual([]);
});

it('says where Deployments may not be seen, until they may', () => {
  const { cache, changed, board } = aCache();
  cache.setRefused('replicasets', 'lab', true);
  cache.setRefused('replicasets', 'lab', true);
  expect(changed).toEqual(['lab']);
  expect(board().hidden).toEqual(['deployments']);
  // Another kind that is hidden takes nothing away from it.
  cache.setRefused('events', 'lab', true);
  cache.setRefused('events', '', false);
  expect(board().hidden).toEqual(['deployments']);
  cache.setRefused('replicasets', '', false);
  expect(board().hidden).toEqual([]);
});

it('tells what was written onto the claims that are there, and takes it up again', () => {
  const told: [string, Written][] = [];
  const options = { clusterDomain: 'cluster.local', now: () => 5000, changed: () => undefined };
  const cache = new Cache({ ...options, written: (...what) => told.push(what) });
  const claim = (name: string) => claimFacts({ metadata: meta(name), spec: {}, status: { phase: 'Bound' } });
  const write = (name: string): WriteTold => ({
    ...{ path: `/www/${name}`, bytes: 5, at: 4000, pod: 'web-0', podUid: 'p', container: 'nginx', containerId: 'c' },
    place: { kind: 'claim', claim: 'www-web-0', name },
  });
  cache.upsert('persistentvolumeclaims', claim('www-web-0'));
  cache.wrote('lab', write('a'));
  const [[namespace, { onClaims: kept }] = ['', { onClaims: {} as Written['onClaims'] }]] = told;
  expect([namespace, Object.keys(kept)]).toEqual(['lab', ['uid-www-web-0']]);

  const next = new Cache({ ...options, written: (...what) => told.push(what) });
  next.recallWrites('lab', {
    onClaims: { ...kept, 'uid-of-one-that-went': kept['uid-www-web-0'] ?? [] },
    inPods: {},
  });
  next.upsert('persistentvolumeclaims', claim('www-web-0'));
  expect(deriveBoard(next.snapshot('lab')).otherClaims[0]?.files).toMatchObject([
    { name: 'a', pod: 'web-0', at: 4000 },
  ]);
  next.wrote('lab', write('b'));
  expect(
    Object.entries(told.at(-1)?.[1].onClaims ?? {}).map(([uid, files]) => [uid, files.map(({ name }) => name)]),
  ).toEqual([['uid-www-web-0', ['b', 'a']]]);
  next.remove('persistentvolumeclaims', claim('www-web-0'));
  expect(told.at(-1)).toEqual(['lab', { onClaims: {}, inPods: {} }]);
});

it('counts lives on from where an earlier life of the server was', () => {
  const told: KeptLives[] = [];
  const options = { clusterDomain: 'cluster.local', now: () => 5000, changed: () => undefined };
  const ofSet = (name: string, uid: string) => ({
    ...pod(name),
    uid,
    owner: { kind: 'StatefulSet', name: 'web', uid: 's' },
  });
  const cache = new Cache({ ...options, lives: (_, read) => told.push(read()) });
  for (const name of ['web-0', 'web-1', 'web-2']) {
    cache.upsert('pods', ofSet(name, 'a'));
    cache.remove('pods', ofSet(name, 'a'));
    cache.upsert('pods', ofSet(name, 'b'));
  }
  const next = new Cache({ ...options, lives: (_, read) => told.push(read()) });
  next.recallLives('lab', JSON.parse(JSON.stringify(told.at(-1))) as KeptLives);
  // One is still there, one was replaced meanwhile, one went.
  next.upsert('pods', ofSet('web-0', 'b'));
  next.upsert('pods', ofSet('web-1', 'c'));
  const { histories } = next.snapshot('lab');
  expect(['web-0', 'web-1', 'web-2'].map((name) => histories.of(name))).toMatchObject([
    { life: 2, current: { number: 2, uid: 'b' }, lives: [{ number: 1, uid: 'a' }] },
    {
      life: 3,
      current: { number: 3, uid: 'c' },
      lives: [
        { number: 2, uid: 'b', until: 5000 },
        { number: 1, uid: 'a' },
      ],
    },
    {
      life: 2,
      current: undefined,
      lives: [
        { number: 2, uid: 'b' },
        { number: 1, uid: 'a' },
      ],
    },
  ]);
  expect(told.at(-1)).toEqual(histories.kept());
});

it('tells what was written into pods that are there', () => {
  const told: Written[] = [];
  const options = { clusterDomain: 'cluster.local', now: () => 5000, changed: () => undefined };
  const cache = new Cache({ ...options, written: (_, written) => told.push(written) });
  const write = (name: string): WriteTold => ({
    ...{ path: '/tmp/a', bytes: 5, at: 4000, pod: name, podUid: `uid-${name}`, container: 'nginx' },
    ...{ containerId: 'c', place: { kind: 'container' } },
  });
  for (const name of ['web-0', 'web-1']) {
    cache.upsert('pods', pod(name));
    cache.wrote('lab', write(name));
  }
  cache.remove('pods', pod('web-1'));
  cache.wrote('lab', write('web-0'));
  expect(told.map(({ inPods }) => Object.keys(inPods))).toEqual([['web-0'], ['web-0', 'web-1'], ['web-0']]);
  expect(told.at(-1)?.inPods['web-0']).toMatchObject([{ podUid: 'uid-web-0', file: { path: '/tmp/a' } }]);
});
