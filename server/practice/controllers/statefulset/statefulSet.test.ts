import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import { StatusError } from '../../status';
import { eventsOf } from '../testing/cluster';
import { startSetCluster } from '../testing/setCluster';

describe('starting', () => {
  it('creates pods one after the other, each when the one before is ready', async () => {
    const c = await startSetCluster();
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
    const c = await startSetCluster();
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
    const c = await startSetCluster({ replicas: 2 });
    await c.settle();
    expect(eventsOf(c.client)).toEqual([
      'SuccessfulCreate: Create Claim www-web-0 Pod web-0 in StatefulSet web success',
      'SuccessfulCreate: Create Pod web-0 in StatefulSet web successful',
      'SuccessfulCreate: Create Claim www-web-1 Pod web-1 in StatefulSet web success',
      'SuccessfulCreate: Create Pod web-1 in StatefulSet web successful',
    ]);
  });

  it('creates all at once in parallel mode', async () => {
    const c = await startSetCluster({ podManagementPolicy: 'Parallel', replicas: 5 });
    c.unhealthy.add('web-0');
    await c.clock.advance(100);
    expect(c.pods()).toEqual(['web-0', 'web-1', 'web-2', 'web-3', 'web-4']);
  });

  it('waits for a pod to be available when minReadySeconds is set', async () => {
    const c = await startSetCluster({ minReadySeconds: 30, replicas: 2 });
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
    const c = await startSetCluster({ ordinals: { start: 2 } });
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
    const c = await startSetCluster();
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
    const c = await startSetCluster();
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
    const c = await startSetCluster({ replicas: 1 });
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
    const c = await startSetCluster({ podManagementPolicy: 'Parallel' });
    ['web-0', 'web-1', 'web-2', 'web-3'].forEach((name) => c.unhealthy.add(name));
    await c.settle();
    await c.change({ replicas: 0 });
    await c.settle();
    expect(c.pods()).toEqual([]);
  });
});

describe('pods that go', () => {
  it('come back with the same name, on the same claim', async () => {
    const c = await startSetCluster();
    await c.settle();
    const before = (await c.pod('web-1')).metadata.uid;
    await c.client.delete('pods', 'web-1', 'default');
    await c.settle();
    const after = await c.pod('web-1');
    expect(after.metadata.uid).not.toBe(before);
    expect(after.spec.volumes?.[0]?.persistentVolumeClaim?.claimName).toBe('www-web-1');
  });

  it.each(['Failed', 'Succeeded'] as const)('are replaced when %s', async (phase) => {
    const c = await startSetCluster();
    await c.settle();
    const pod = await c.pod('web-1');
    await c.client.update('pods', { ...pod, status: { ...pod.status, phase } }, 'status');
    await c.settle();
    expect((await c.pod('web-1')).metadata.uid).not.toBe(pod.metadata.uid);
    expect(eventsOf(c.client)).toContain('SuccessfulDelete: Delete Pod web-1 in StatefulSet web successful');
  });

  it('are waited for while a finalizer holds them', async () => {
    const c = await startSetCluster();
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
    const c = await startSetCluster({ replicas: 2 });
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

describe('writes', () => {
  it('stop when nothing changes', async () => {
    const c = await startSetCluster();
    await c.settle();
    const writes = c.client.writes.length;
    await c.clock.advance(600_000);
    expect(c.client.writes).toHaveLength(writes);
  });

  it('leave a status alone that others wrote conditions into', async () => {
    const c = await startSetCluster();
    await c.settle();
    const set: StatefulSet = await c.set();
    const conditions = [{ type: 'StatusUpdate', status: 'True' as const, reason: 'E2E', message: 'Set from e2e test' }];
    await c.client.update('statefulsets', { ...set, status: { ...set.status, conditions } }, 'status');
    await c.settle();
    expect((await c.set()).status.conditions).toEqual(conditions);
  });

  it('are not done twice when the caches lag behind', async () => {
    const c = await startSetCluster();
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
    const c = await startSetCluster();
    let conflicts = 3;
    c.client.fault = ({ verb, resource }) =>
      verb === 'update' && resource === 'statefulsets' && conflicts-- > 0
        ? new StatusError(409, 'Conflict', 'the object has been modified')
        : undefined;
    await c.settle();
    expect((await c.set()).status.readyReplicas).toBe(3);
  });
});
