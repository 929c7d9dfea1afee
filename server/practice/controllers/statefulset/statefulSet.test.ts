import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetSpec } from '../../../../lib/kubernetes/statefulSet';
import { StatusError } from '../../status';
import { eventsOf, fakeCluster } from '../testing/cluster';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { claimTemplate, template, webSet } from '../testing/objects';
import { startStatefulSetController } from './statefulSetController';

async function startCluster(spec: Partial<StatefulSetSpec> = {}) {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  const unhealthy = new Set<string>();
  const kubelet = startFakeKubelet({
    client,
    clock,
    isHealthy: (pod) => !unhealthy.has(pod.metadata.name ?? '') && !unhealthy.has(pod.spec.containers[0]?.image ?? ''),
  });
  startStatefulSetController(cluster);
  await client.create('statefulsets', webSet(spec));
  const set = () => client.get('statefulsets', 'web', 'default');
  return {
    ...cluster,
    kubelet,
    unhealthy,
    set,
    pods: () => client.all('pods').map((p) => p.metadata.name),
    claims: () => client.all('persistentvolumeclaims').map((c) => c.metadata.name),
    podWrites: () => client.writes.filter((w) => /^(create|delete) pods /.test(w)),
    pod: (name: string) => client.get('pods', name, 'default'),
    async change(next: Partial<StatefulSetSpec>) {
      const live = await set();
      await client.update('statefulsets', { ...live, spec: { ...live.spec, ...next } });
      await clock.advance(0);
    },
    async settle() {
      await clock.advance(60_000);
    },
  };
}

const revisionOf = (pod: Pod) => pod.metadata.labels?.['controller-revision-hash'];

describe('starting', () => {
  it('creates pods one after the other, each when the one before is ready', async () => {
    const c = await startCluster();
    await c.clock.advance(500);
    expect(c.pods()).toEqual(['web-0']);
    await c.clock.advance(1000);
    expect(c.pods()).toEqual(['web-0', 'web-1']);
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2']);
    expect((await c.set()).status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      currentRevision: (await c.set()).status.updateRevision,
      updateRevision: (await c.set()).status.updateRevision,
      collisionCount: 0,
    });
    expect(c.failures).toEqual([]);
  });

  it('gives pods their identity', async () => {
    const c = await startCluster();
    await c.settle();
    const set = await c.set();
    const pod = await c.pod('web-1');
    expect(pod.metadata).toMatchObject({
      generateName: 'web-',
      labels: {
        app: 'nginx',
        'apps.kubernetes.io/pod-index': '1',
        'controller-revision-hash': set.status.currentRevision,
        'statefulset.kubernetes.io/pod-name': 'web-1',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: 'web',
          uid: set.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
    expect(pod.spec).toMatchObject({ hostname: 'web-1', subdomain: 'nginx' });
    expect(pod.spec.volumes).toEqual([{ name: 'www', persistentVolumeClaim: { claimName: 'www-web-1' } }]);
    const claim = await c.client.get('persistentvolumeclaims', 'www-web-1', 'default');
    expect(claim.metadata.labels).toEqual({ app: 'nginx' });
    expect(claim.metadata.ownerReferences).toBeUndefined();
  });

  it('tells what it did, in the words of Kubernetes', async () => {
    const c = await startCluster({ replicas: 2 });
    await c.settle();
    expect(eventsOf(c.client)).toEqual([
      'SuccessfulCreate: Create Claim www-web-0 Pod web-0 in StatefulSet web success',
      'SuccessfulCreate: Create Pod web-0 in StatefulSet web successful',
      'SuccessfulCreate: Create Claim www-web-1 Pod web-1 in StatefulSet web success',
      'SuccessfulCreate: Create Pod web-1 in StatefulSet web successful',
    ]);
  });

  it('creates all at once in parallel mode', async () => {
    const c = await startCluster({ podManagementPolicy: 'Parallel', replicas: 5 });
    c.unhealthy.add('web-0');
    await c.clock.advance(100);
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2', 'web-3', 'web-4']);
  });

  it('waits for a pod to be available when minReadySeconds is set', async () => {
    const c = await startCluster({ minReadySeconds: 30, replicas: 2 });
    await c.clock.advance(30_000);
    expect(c.pods()).toEqual(['web-0']);
    expect((await c.set()).status).toMatchObject({ readyReplicas: 1, availableReplicas: 0 });
    await c.clock.advance(1_500);
    expect(c.pods()).toEqual(['web-0', 'web-1']);
    await c.clock.advance(35_000);
    expect((await c.set()).status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
    await c.change({ minReadySeconds: 3600 });
    expect((await c.set()).status).toMatchObject({ readyReplicas: 2, availableReplicas: 0 });
  });

  it('starts where ordinals.start says, and follows it', async () => {
    const c = await startCluster({ ordinals: { start: 2 } });
    await c.settle();
    expect(c.pods()).toEqual(['web-2', 'web-3', 'web-4']);
    await c.change({ ordinals: { start: 4 } });
    await c.settle();
    expect(c.pods()).toEqual(['web-4', 'web-5', 'web-6']);
    await c.change({ ordinals: undefined });
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2']);
  });
});

describe('scaling', () => {
  it('removes the highest ordinal first and keeps the claims', async () => {
    const c = await startCluster();
    await c.settle();
    await c.change({ replicas: 0 });
    await c.settle();
    expect(c.pods()).toEqual([]);
    expect(
      c
        .podWrites()
        .filter((w) => w.startsWith('delete'))
        .map((w) => w.slice(-5)),
    ).toEqual(['web-2', 'web-2', 'web-1', 'web-1', 'web-0', 'web-0']);
    expect(c.claims()).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
    expect((await c.set()).status).toMatchObject({ replicas: 0, availableReplicas: 0 });
    expect((await c.set()).status.readyReplicas).toBeUndefined();
  });

  it('uses the same claims again', async () => {
    const c = await startCluster();
    await c.settle();
    const before = (await c.client.get('persistentvolumeclaims', 'www-web-2', 'default')).metadata.uid;
    await c.change({ replicas: 1 });
    await c.settle();
    await c.change({ replicas: 3 });
    await c.settle();
    expect((await c.client.get('persistentvolumeclaims', 'www-web-2', 'default')).metadata.uid).toBe(before);
    expect(eventsOf(c.client).filter((e) => e.includes('www-web-2'))).toHaveLength(1);
    expect(eventsOf(c.client)).toContain('SuccessfulCreate: Create Pod web-2 in StatefulSet web successful (x2)');
  });

  it('halts up and down while a pod is unwell', async () => {
    const c = await startCluster({ replicas: 1 });
    await c.settle();
    c.unhealthy.add('web-0');
    await c.kubelet.probe('web-0');
    await c.change({ replicas: 3 });
    await c.settle();
    expect(c.pods()).toEqual(['web-0']);
    c.unhealthy.clear();
    await c.kubelet.probe('web-0');
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2']);
    for (const name of ['web-0', 'web-1', 'web-2']) {
      c.unhealthy.add(name);
      await c.kubelet.probe(name);
    }
    await c.change({ replicas: 0 });
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2']);
    c.unhealthy.clear();
    for (const name of ['web-0', 'web-1', 'web-2']) await c.kubelet.probe(name);
    await c.settle();
    expect(c.pods()).toEqual([]);
  });

  it('does not halt in parallel mode', async () => {
    const c = await startCluster({ podManagementPolicy: 'Parallel' });
    ['web-0', 'web-1', 'web-2', 'web-3'].forEach((name) => c.unhealthy.add(name));
    await c.settle();
    await c.change({ replicas: 0 });
    await c.settle();
    expect(c.pods()).toEqual([]);
  });
});

describe('pods that go', () => {
  it('come back with the same name, on the same claim', async () => {
    const c = await startCluster();
    await c.settle();
    const before = (await c.pod('web-1')).metadata.uid;
    await c.client.delete('pods', 'web-1', 'default');
    await c.settle();
    const after = await c.pod('web-1');
    expect(after.metadata.uid).not.toBe(before);
    expect(after.spec.volumes?.[0]?.persistentVolumeClaim?.claimName).toBe('www-web-1');
  });

  it.each(['Failed', 'Succeeded'] as const)('are replaced when %s', async (phase) => {
    const c = await startCluster();
    await c.settle();
    const pod = await c.pod('web-1');
    await c.client.update('pods', { ...pod, status: { ...pod.status, phase } }, 'status');
    await c.settle();
    expect((await c.pod('web-1')).metadata.uid).not.toBe(pod.metadata.uid);
    expect(eventsOf(c.client)).toContain('SuccessfulDelete: Delete Pod web-1 in StatefulSet web successful');
  });

  it('are waited for while a finalizer holds them', async () => {
    const c = await startCluster();
    await c.settle();
    const pod = await c.pod('web-0');
    const finalizers = ['example.com/hold'];
    await c.client.update('pods', { ...pod, metadata: { ...pod.metadata, finalizers } });
    await c.client.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    const creates = () => c.podWrites().filter((w) => w.startsWith('create'));
    expect(creates()).toHaveLength(3);
    await c.settle();
    expect(creates()).toHaveLength(3);
    const held = await c.pod('web-0');
    await c.client.update('pods', { ...held, metadata: { ...held.metadata, finalizers: [] } });
    await c.settle();
    expect((await c.pod('web-0')).metadata.uid).not.toBe(pod.metadata.uid);
  });

  it('leave no gap when a predecessor fails while a successor starts', async () => {
    const c = await startCluster({ replicas: 2 });
    c.unhealthy.add('web-1');
    await c.clock.advance(5000);
    await c.client.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    await c.settle();
    expect((await c.pod('web-0')).status.phase).toBe('Running');
    c.unhealthy.clear();
    await c.kubelet.probe('web-1');
    await c.settle();
    expect((await c.set()).status.readyReplicas).toBe(2);
  });
});

describe('rolling updates', () => {
  it('replace the highest ordinal first, one at a time', async () => {
    const c = await startCluster();
    await c.settle();
    const first = (await c.set()).status.currentRevision;
    const before = c.podWrites().length;
    await c.change({ template: template('nginx:2') });
    expect((await c.set()).status).toMatchObject({ currentRevision: first, currentReplicas: 2, replicas: 3 });
    await c.settle();
    expect(
      c
        .podWrites()
        .slice(before)
        .filter((w) => w.startsWith('create')),
    ).toEqual(['create pods web-2', 'create pods web-1', 'create pods web-0']);
    const { status } = await c.set();
    expect(status.currentRevision).toBe(status.updateRevision);
    expect(status.currentRevision).not.toBe(first);
    for (const pod of c.client.all('pods')) expect(revisionOf(pod)).toBe(status.updateRevision);
  });

  it('take an older revision again on a roll back', async () => {
    const c = await startCluster();
    await c.settle();
    const first = (await c.set()).status.currentRevision ?? '';
    await c.change({ template: template('nginx:2') });
    await c.settle();
    await c.change({ template: template('nginx:1') });
    await c.settle();
    expect((await c.set()).status.currentRevision).toBe(first);
    expect((await c.client.get('controllerrevisions', first, 'default')).revision).toBe(3);
    expect(c.client.all('controllerrevisions')).toHaveLength(2);
  });

  it('stick at a broken revision until its pod is deleted, even when the template is put back', async () => {
    const c = await startCluster();
    await c.settle();
    c.unhealthy.add('nginx:broken');
    await c.change({ template: template('nginx:broken') });
    await c.settle();
    expect(c.client.all('pods').map((p) => p.spec.containers[0]?.image)).toEqual([
      'nginx:1',
      'nginx:1',
      'nginx:broken',
    ]);
    await c.change({ template: template('nginx:1') });
    await c.settle();
    expect((await c.pod('web-2')).spec.containers[0]?.image).toBe('nginx:broken');
    await c.client.delete('pods', 'web-2', 'default');
    await c.settle();
    expect((await c.pod('web-2')).spec.containers[0]?.image).toBe('nginx:1');
    expect((await c.set()).status).toMatchObject({ readyReplicas: 3, updatedReplicas: 3 });
  });

  it('leave the pods below the partition, also when they are deleted', async () => {
    const c = await startCluster({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
    await c.settle();
    await c.change({ template: template('nginx:2') });
    await c.settle();
    await c.client.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    await c.client.delete('pods', 'web-2', 'default', { gracePeriodSeconds: 0 });
    await c.settle();
    const images = () => c.client.all('pods').map((p) => p.spec.containers[0]?.image);
    expect(images()).toEqual(['nginx:1', 'nginx:1', 'nginx:2']);
    expect((await c.set()).status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 });
    await c.change({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } });
    await c.settle();
    expect(images()).toEqual(['nginx:2', 'nginx:2', 'nginx:2']);
  });

  it('touch no pod with OnDelete', async () => {
    const c = await startCluster({ updateStrategy: { type: 'OnDelete' } });
    await c.settle();
    await c.change({ template: template('nginx:2') });
    await c.settle();
    expect((await c.pod('web-2')).spec.containers[0]?.image).toBe('nginx:1');
    await c.client.delete('pods', 'web-1', 'default');
    await c.settle();
    expect(c.client.all('pods').map((p) => p.spec.containers[0]?.image)).toEqual(['nginx:1', 'nginx:2', 'nginx:1']);
  });

  it('forget revisions beyond the limit', async () => {
    const c = await startCluster({ revisionHistoryLimit: 1 });
    await c.settle();
    for (const image of ['a', 'b', 'c', 'd']) {
      await c.change({ template: template(image) });
      await c.settle();
    }
    expect(
      c.client
        .all('controllerrevisions')
        .map((r) => r.revision)
        .sort(),
    ).toEqual([4, 5]);
  });

  it('count collisions of names', async () => {
    const c = await startCluster({ replicas: 0 });
    await c.settle();
    const [own] = c.client.all('controllerrevisions');
    if (!own) throw new Error('no revision');
    await c.client.delete('controllerrevisions', own.metadata.name ?? '', 'default');
    const metadata = { name: own.metadata.name, namespace: 'default', labels: {} };
    await c.client.create('controllerrevisions', { ...own, metadata, data: { other: true } });
    await c.change({ replicas: 1 });
    await c.settle();
    const { status } = await c.set();
    expect(status.collisionCount).toBe(1);
    expect(status.updateRevision).not.toBe(own.metadata.name);
  });
});

describe('ownership', () => {
  const relabel = async (c: Awaited<ReturnType<typeof startCluster>>, name: string, metadata: Pod['metadata']) => {
    const pod = await c.pod(name);
    await c.client.update('pods', { ...pod, metadata: { ...pod.metadata, ...metadata } });
    await c.settle();
  };

  it('adopts matching orphans and releases what no longer matches', async () => {
    const c = await startCluster();
    await c.settle();
    const labels = (await c.pod('web-0')).metadata.labels;
    await relabel(c, 'web-0', { ownerReferences: undefined });
    expect((await c.pod('web-0')).metadata.ownerReferences).toHaveLength(1);
    await relabel(c, 'web-0', { labels: {} });
    expect((await c.pod('web-0')).metadata.ownerReferences).toEqual([]);
    await relabel(c, 'web-0', { labels });
    expect((await c.pod('web-0')).metadata.ownerReferences).toHaveLength(1);
  });

  it('adopts orphaned revisions', async () => {
    const c = await startCluster();
    await c.settle();
    const [revision] = c.client.all('controllerrevisions');
    if (!revision) throw new Error('no revision');
    await c.client.update('controllerrevisions', {
      ...revision,
      metadata: { ...revision.metadata, ownerReferences: [] },
    });
    await c.change({ replicas: 4 });
    await c.settle();
    expect(c.client.all('controllerrevisions')[0]?.metadata.ownerReferences).toHaveLength(1);
  });

  it('does nothing but status while the set is being deleted', async () => {
    const c = await startCluster();
    await c.settle();
    await c.client.delete('statefulsets', 'web', 'default', { propagationPolicy: 'Orphan' });
    await c.client.delete('pods', 'web-2', 'default', { gracePeriodSeconds: 0 });
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1']);
    expect((await c.set()).status.replicas).toBe(2);
  });
});

describe('claims', () => {
  const missing = (c: Awaited<ReturnType<typeof startCluster>>) =>
    eventsOf(c.client).filter((e) => e.includes('Claim'));

  it('come back for a pending pod that lost its own', async () => {
    const cluster = fakeCluster();
    startStatefulSetController(cluster);
    await cluster.client.create('statefulsets', webSet());
    await cluster.clock.advance(100);
    await cluster.client.delete('persistentvolumeclaims', 'www-web-0', 'default');
    const pending = await cluster.client.get('pods', 'web-0', 'default');
    await cluster.client.update('pods', {
      ...pending,
      metadata: { ...pending.metadata, annotations: { touched: '1' } },
    });
    await cluster.clock.advance(100);
    expect(cluster.client.peek('persistentvolumeclaims', 'www-web-0', 'default')).toBeDefined();
  });

  it('that are being deleted hold the pod back', async () => {
    const c = await startCluster({ replicas: 1 });
    await c.settle();
    const claim = await c.client.get('persistentvolumeclaims', 'www-web-0', 'default');
    const finalizers = ['kubernetes.io/pvc-protection'];
    await c.client.update('persistentvolumeclaims', { ...claim, metadata: { ...claim.metadata, finalizers } });
    await c.client.delete('persistentvolumeclaims', 'www-web-0', 'default');
    await c.client.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    await c.clock.advance(200);
    expect(c.pods()).toEqual([]);
    expect(
      eventsOf(c.client).some((e) =>
        e.startsWith('FailedCreate: Create Pod web-0 in StatefulSet web failed error: pvc www-web-0 is being deleted'),
      ),
    ).toBe(true);
    const dying = await c.client.get('persistentvolumeclaims', 'www-web-0', 'default');
    await c.client.update('persistentvolumeclaims', { ...dying, metadata: { ...dying.metadata, finalizers: [] } });
    await c.settle();
    expect(c.pods()).toEqual(['web-0']);
  });

  it('that the API refuses are told of and tried again', async () => {
    const c = await startCluster({ volumeClaimTemplates: [claimTemplate('www'), claimTemplate('log')] });
    let refusals = 2;
    c.client.fault = ({ verb, resource }) =>
      verb === 'create' && resource === 'persistentvolumeclaims' && refusals-- > 0
        ? new StatusError(403, 'Forbidden', 'exceeded quota')
        : undefined;
    await c.settle();
    expect(missing(c).slice(0, 2)).toEqual([
      'FailedCreate: Create Claim www-web-0 for Pod web-0 in StatefulSet web failed error: exceeded quota',
      'FailedCreate: Create Claim log-web-0 for Pod web-0 in StatefulSet web failed error: exceeded quota',
    ]);
    expect(eventsOf(c.client)).toContain(
      'FailedCreate: Create Pod web-0 in StatefulSet web failed error: [failed to create PVC www-web-0: exceeded quota, failed to create PVC log-web-0: exceeded quota]',
    );
    expect(c.pods()).toHaveLength(3);
  });

  it('get owners as the retention policy says, also when it changes', async () => {
    const c = await startCluster({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
    });
    await c.settle();
    const owners = (n: number) =>
      c.client
        .peek('persistentvolumeclaims', `www-web-${n}`, 'default')
        ?.metadata.ownerReferences?.map((r) => `${r.kind}/${r.name}`);
    expect([owners(0), owners(1), owners(2)]).toEqual([['StatefulSet/web'], ['StatefulSet/web'], ['StatefulSet/web']]);
    await c.change({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
      replicas: 2,
    });
    await c.settle();
    expect([owners(0), owners(2)]).toEqual([['StatefulSet/web'], ['Pod/web-2']]);
    await c.change({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } });
    await c.settle();
    expect(owners(0)).toEqual([]);
    expect(eventsOf(c.client)).toContain('SuccessfulUpdate: Update Pod web-0 in StatefulSet web successful');
  });

  it('of a former pod hold its successor back until they are gone', async () => {
    const c = await startCluster({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
    });
    await c.settle();
    await c.change({ replicas: 2 });
    await c.settle();
    await c.change({ replicas: 3 });
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1']);
    await c.client.delete('persistentvolumeclaims', 'www-web-2', 'default');
    await c.change({ replicas: 4 });
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2', 'web-3']);
  });
});

describe('writes', () => {
  it('stop when nothing changes', async () => {
    const c = await startCluster();
    await c.settle();
    const writes = c.client.writes.length;
    await c.clock.advance(600_000);
    expect(c.client.writes).toHaveLength(writes);
  });

  it('leave a status alone that others wrote conditions into', async () => {
    const c = await startCluster();
    await c.settle();
    const set: StatefulSet = await c.set();
    const conditions = [{ type: 'StatusUpdate', status: 'True' as const, reason: 'E2E', message: 'Set from e2e test' }];
    await c.client.update('statefulsets', { ...set, status: { ...set.status, conditions } }, 'status');
    await c.settle();
    expect((await c.set()).status.conditions).toEqual(conditions);
  });

  it('are not done twice when the caches lag behind', async () => {
    const c = await startCluster();
    c.client.holdWatches();
    await c.clock.advance(2000);
    c.client.releaseWatches();
    await c.settle();
    expect(c.podWrites().filter((w) => w.startsWith('create'))).toEqual([
      'create pods web-0',
      'create pods web-1',
      'create pods web-2',
    ]);
  });

  it('survive conflicts', async () => {
    const c = await startCluster();
    let conflicts = 3;
    c.client.fault = ({ verb, resource }) =>
      verb === 'update' && resource === 'statefulsets' && conflicts-- > 0
        ? new StatusError(409, 'Conflict', 'the object has been modified')
        : undefined;
    await c.settle();
    expect((await c.set()).status.readyReplicas).toBe(3);
  });
});
