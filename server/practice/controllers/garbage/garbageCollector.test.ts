import { describe, expect, it } from 'vitest';
import type { KubernetesObject, OwnerReference } from '../../../../lib/kubernetes/metadata';
import type { DeleteOptions } from '../../client';
import { seededIds } from '../../ids';
import { eventsOf, fakeCluster } from '../testing/cluster';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { webSet } from '../testing/objects';
import { startStatefulSetController } from '../statefulset/statefulSetController';
import { startGarbageCollector } from './garbageCollector';

function startCluster() {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  startGarbageCollector(cluster);
  const settle = () => clock.advance(60_000);
  return {
    ...cluster,
    settle,
    /** A ConfigMap with these owners, as `owner` gives them. */
    async make(name: string, owners: OwnerReference[] = [], namespace = 'default') {
      const ownerReferences = owners.length > 0 ? owners : undefined;
      return client.create('configmaps', { ...configMap, metadata: { name, namespace, ownerReferences } });
    },
    names: () => client.all('configmaps').map((object) => object.metadata.name),
    refs: (name: string) =>
      client.peek('configmaps', name, 'default')?.metadata.ownerReferences?.map((ref) => ref.name),
    async remove(name: string, propagationPolicy?: DeleteOptions['propagationPolicy']) {
      await client.delete('configmaps', name, 'default', { propagationPolicy });
      await settle();
    },
  };
}

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

function owner(object: KubernetesObject, more: Partial<OwnerReference> = {}): OwnerReference {
  const { name = '', uid = '' } = object.metadata;
  return { ...configMap, name, uid, blockOwnerDeletion: true, ...more };
}

describe('in the background', () => {
  it('dependents go after their owner, all the way down', async () => {
    const c = startCluster();
    const a = await c.make('a');
    const b = await c.make('b', [owner(a)]);
    await c.make('c', [owner(b)]);
    await c.make('other');
    await c.settle();
    expect(c.names()).toHaveLength(4);
    await c.remove('a');
    expect(c.names()).toEqual(['other']);
  });

  it('what has another owner stays, without the dead reference', async () => {
    const c = startCluster();
    const [a, b] = [await c.make('a'), await c.make('b')];
    await c.make('both', [owner(a), owner(b)]);
    await c.remove('a');
    expect(c.refs('both')).toEqual(['b']);
    await c.remove('b');
    expect(c.names()).toEqual([]);
  });

  it('an owner is known by uid, not by name', async () => {
    const c = startCluster();
    const a = await c.make('a');
    await c.make('child', [owner(a, { uid: 'former-life' })]);
    await c.settle();
    expect(c.names()).toEqual(['a']);
  });

  it('what is there when the collector starts is looked at too', async () => {
    const cluster = fakeCluster();
    const metadata = {
      name: 'left',
      namespace: 'default',
      ownerReferences: [owner({ metadata: { name: 'x', uid: 'y' } })],
    };
    await cluster.client.create('configmaps', { ...configMap, metadata });
    startGarbageCollector(cluster);
    await cluster.clock.advance(1000);
    expect(cluster.client.all('configmaps')).toEqual([]);
  });

  it('owners of unknown kinds are never taken for absent', async () => {
    const c = startCluster();
    await c.make('child', [
      owner({ metadata: { name: 'x', uid: 'y' } }, { kind: 'Gadget', apiVersion: 'example.com/v1' }),
    ]);
    await c.settle();
    expect(c.names()).toEqual(['child']);
    expect(String(c.failures[0])).toContain('no matches for kind "Gadget" in version "example.com/v1"');
  });

  it('an owner in another namespace is none, and that is told', async () => {
    const c = startCluster();
    const a = await c.make('a', [], 'elsewhere');
    await c.make('child', [owner(a)]);
    await c.settle();
    expect(c.names()).toEqual(['a']);
    expect(eventsOf(c.client)[0]).toContain(
      'OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: default, name: a',
    );
  });

  it('a cluster-scoped object with a namespaced owner is left alone', async () => {
    const c = startCluster();
    const a = await c.make('a');
    await c.client.create('storageclasses', {
      provisioner: 'x',
      metadata: { name: 'sc', ownerReferences: [owner(a)] },
    });
    await c.remove('a');
    expect(c.client.all('storageclasses')).toHaveLength(1);
    expect(c.failures).toEqual([]);
  });

  it('cluster-scoped owners hold namespaced dependents', async () => {
    const c = startCluster();
    const node = await c.client.create('nodes', { metadata: { name: 'n' } });
    await c.make('child', [owner(node, { kind: 'Node' })]);
    await c.settle();
    expect(c.names()).toEqual(['child']);
    await c.client.delete('nodes', 'n');
    await c.settle();
    expect(c.names()).toEqual([]);
  });

  it('the owner is read afresh: one that came back in time saves its dependents', async () => {
    const c = startCluster();
    const a = await c.make('a');
    await c.make('child', [owner(a)]);
    await c.settle();
    c.client.holdWatches();
    await c.client.delete('configmaps', 'a', 'default');
    c.client.seed('configmaps', { ...configMap, metadata: { name: 'a', namespace: 'default', uid: a.metadata.uid } });
    c.client.releaseWatches();
    await c.settle();
    expect(c.names()).toEqual(['a', 'child']);
  });

  it('two that own each other both go when one is deleted', async () => {
    const c = startCluster();
    const a = await c.make('a');
    const b = await c.make('b', [owner(a)]);
    await c.client.update('configmaps', { ...a, metadata: { ...a.metadata, ownerReferences: [owner(b)] } });
    await c.settle();
    expect(c.names()).toEqual(['a', 'b']);
    await c.remove('a');
    expect(c.names()).toEqual([]);
  });
});

describe('orphaning', () => {
  it('keeps the dependents, without their references', async () => {
    const c = startCluster();
    const [a, b] = [await c.make('a'), await c.make('b')];
    await c.make('one', [owner(a)]);
    await c.make('two', [owner(a), owner(b)]);
    await c.remove('a', 'Orphan');
    expect(c.names()).toEqual(['b', 'one', 'two']);
    expect([c.refs('one'), c.refs('two')]).toEqual([[], ['b']]);
  });
});

describe('in the foreground', () => {
  it('blocking dependents go first, the owner last', async () => {
    const c = startCluster();
    const a = await c.make('a');
    const b = await c.make('b', [owner(a)]);
    await c.make('c', [owner(b)]);
    await c.make('d', [owner(a, { blockOwnerDeletion: false })]);
    await c.remove('a', 'Foreground');
    expect(c.names()).toEqual([]);
    expect(c.failures).toEqual([]);
  });

  it('the owner waits for a dependent that a finalizer holds, and not for one that does not block', async () => {
    const c = startCluster();
    const a = await c.make('a');
    await c.make('slow', [owner(a)]);
    const slow = await c.client.get('configmaps', 'slow', 'default');
    await c.client.update('configmaps', { ...slow, metadata: { ...slow.metadata, finalizers: ['example.com/hold'] } });
    await c.remove('a', 'Foreground');
    expect(c.names()).toEqual(['a', 'slow']);
    const held = await c.client.get('configmaps', 'slow', 'default');
    expect(held.metadata.deletionTimestamp).toBeDefined();
    await c.client.update('configmaps', { ...held, metadata: { ...held.metadata, finalizers: [] } });
    await c.settle();
    expect(c.names()).toEqual([]);
  });

  it('a dependent with another owner stays', async () => {
    const c = startCluster();
    const [a, b] = [await c.make('a'), await c.make('b')];
    await c.make('both', [owner(a), owner(b)]);
    await c.remove('a', 'Foreground');
    expect(c.names()).toEqual(['b', 'both']);
    expect(c.refs('both')).toEqual(['b']);
  });

  it('a circle does not wait for itself', async () => {
    const c = startCluster();
    const a = await c.make('a');
    const b = await c.make('b', [owner(a)]);
    const third = await c.make('c', [owner(b)]);
    await c.client.update('configmaps', { ...a, metadata: { ...a.metadata, ownerReferences: [owner(third)] } });
    await c.settle();
    await c.remove('a', 'Foreground');
    expect(c.names()).toEqual([]);
  });
});

describe('a deleted set', () => {
  async function withSet() {
    const c = startCluster();
    startFakeKubelet(c);
    startStatefulSetController(c);
    const policy = { whenDeleted: 'Delete', whenScaled: 'Delete' } as const;
    await c.client.create('statefulsets', webSet({ persistentVolumeClaimRetentionPolicy: policy }));
    await c.settle();
    const pods = () => c.client.all('pods').map((pod) => pod.metadata.name);
    const claims = () => c.client.all('persistentvolumeclaims').map((claim) => claim.metadata.name);
    expect(pods()).toHaveLength(3);
    return { ...c, pods, claims };
  }

  it.each(['Background', 'Foreground'] as const)('takes its pods, claims and revisions along (%s)', async (policy) => {
    const c = await withSet();
    await c.client.delete('statefulsets', 'web', 'default', { propagationPolicy: policy });
    await c.settle();
    expect([c.pods(), c.claims(), c.client.all('controllerrevisions'), c.client.all('statefulsets')]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it('leaves them when orphaning, and a new set of the name takes them over', async () => {
    const c = await withSet();
    const uids = c.client.all('pods').map((pod) => pod.metadata.uid);
    await c.client.delete('statefulsets', 'web', 'default', { propagationPolicy: 'Orphan' });
    await c.settle();
    expect(c.client.all('statefulsets')).toEqual([]);
    expect(c.pods()).toHaveLength(3);
    await c.client.create('statefulsets', webSet());
    await c.settle();
    expect(c.client.all('pods').map((pod) => pod.metadata.uid)).toEqual(uids);
    for (const pod of c.client.all('pods')) expect(pod.metadata.ownerReferences).toHaveLength(1);
  });

  it('loses the claims of the pods it is scaled down by', async () => {
    const c = await withSet();
    await c.client.patch('statefulsets', 'web', 'default', { spec: { replicas: 1 } });
    await c.settle();
    expect([c.pods(), c.claims()]).toEqual([['web-0'], ['www-web-0']]);
  });
});

it('never deletes what has an owner, in a hundred seeded forests', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    const ids = seededIds(seed);
    const c = startCluster();
    const made: KubernetesObject[] = [];
    for (let n = 0; n < 12; n++) {
      const owners = made.filter(() => ids.fraction() < 0.25).map((object) => owner(object));
      made.push(await c.make(`o-${n}`, owners));
    }
    await c.settle();
    const gone = made.filter(() => ids.fraction() < 0.3).map((object) => object.metadata.name ?? '');
    for (const name of gone) await c.remove(name).catch(() => undefined);
    const alive = new Set<string>();
    for (const { metadata } of made) {
      const parents = metadata.ownerReferences ?? [];
      const isHeld = parents.length === 0 || parents.some((ref) => alive.has(ref.name));
      if (isHeld && !gone.includes(metadata.name ?? '')) alive.add(metadata.name ?? '');
    }
    expect(c.names(), `seed ${seed}`).toEqual([...alive].sort());
  }
});
