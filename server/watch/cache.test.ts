import { expect, it } from 'vitest';
import { deploymentFacts, replicaSetFacts } from '../../lib/board/facts/deployment';
import { podFacts } from '../../lib/board/facts/pod';
import { deriveBoard } from '../../lib/board/derive';
import { Cache } from './cache';

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
  expect(board().deploymentsHidden).toBe(true);
  // Another kind that is hidden takes nothing away from it.
  cache.setRefused('events', 'lab', true);
  cache.setRefused('events', '', false);
  expect(board().deploymentsHidden).toBe(true);
  cache.setRefused('replicasets', '', false);
  expect(board().deploymentsHidden).toBe(false);
});
