import { expect, it } from 'vitest';
import { fakeCluster } from '../testing/cluster';
import { pod } from '../testing/objects';

it('holds what the API holds, by name, namespace and index', async () => {
  const { client, informers } = fakeCluster();
  client.seed('pods', pod({ name: 'a', node: 'n1' }));
  const pods = informers.for('pods');
  pods.addIndex('node', (p) => (p.spec.nodeName ? [p.spec.nodeName] : []));
  await informers.synced();
  client.seed('pods', pod({ name: 'b', node: 'n1', namespace: 'other' }));
  const names = (list: { metadata: { name?: string } }[]) => list.map((p) => p.metadata.name).sort();
  expect(names(pods.list())).toEqual(['a', 'b']);
  expect(names(pods.list('other'))).toEqual(['b']);
  expect(names(pods.by('node', 'n1'))).toEqual(['a', 'b']);
  client.seed('pods', pod({ name: 'a', node: 'n2' }));
  expect(names(pods.by('node', 'n1'))).toEqual(['b']);
  expect(pods.get('a', 'default')?.spec.nodeName).toBe('n2');
  await client.delete('pods', 'b', 'other', { gracePeriodSeconds: 0 });
  expect(names(pods.list())).toEqual(['a']);
  expect(() => pods.by('nothing', 'x')).toThrow('no index named nothing');
});

it('is shared, and tells late listeners what there is', () => {
  const { client, informers } = fakeCluster();
  client.seed('pods', pod({ name: 'a' }));
  expect(informers.for('pods')).toBe(informers.for('pods'));
  const heard: string[] = [];
  informers.for('pods').on({
    added: (p) => heard.push(`+${p.metadata.name}`),
    modified: (p, old) => heard.push(`~${old.metadata.uid}>${p.metadata.uid}`),
    deleted: (p) => heard.push(`-${p.metadata.name}`),
  });
  client.seed('pods', pod({ name: 'a', uid: 'next' }));
  expect(heard).toEqual(['+a', '~uid-a>next']);
});

it('knows how far it has read', () => {
  const { client, informers } = fakeCluster();
  const pods = informers.for('pods');
  const { metadata } = client.seed('pods', pod({ name: 'a' }));
  expect(pods.revision()).toBe(Number(metadata.resourceVersion));
  client.holdWatches();
  client.seed('pods', pod({ name: 'b' }));
  expect(pods.revision()).toBe(Number(metadata.resourceVersion));
  client.releaseWatches();
  expect(pods.revision()).toBe(Number(metadata.resourceVersion) + 1);
});
