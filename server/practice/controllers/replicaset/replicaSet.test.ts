import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ReplicaSet, ReplicaSetSpec } from '../../../../lib/kubernetes/workloads';
import { StatusError } from '../../status';
import { eventsOf, fakeCluster } from '../testing/cluster';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { pod, template } from '../testing/objects';
import { startReplicaSetController } from './replicaSetController';
import { startReplicationController } from './replicationController';

function webReplicas(spec: Partial<ReplicaSetSpec> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 3, selector: { matchLabels: { app: 'nginx' } }, template: template('nginx:1'), ...spec },
    status: { replicas: 0 },
  };
}

async function start(spec: Partial<ReplicaSetSpec> = {}) {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  const unhealthy = new Set<string>();
  startFakeKubelet({ client, clock, isHealthy: (p: Pod) => !unhealthy.has(p.metadata.name ?? '') });
  startReplicaSetController(cluster);
  const set = () => client.get('replicasets', 'web', 'default');
  return {
    ...cluster,
    unhealthy,
    set,
    create: () => client.create('replicasets', webReplicas(spec)),
    async scale(replicas: number) {
      const live = await set();
      await client.update('replicasets', { ...live, spec: { ...live.spec, replicas } });
      await clock.advance(0);
    },
    pods: () => client.all('pods').filter((p) => !p.metadata.deletionTimestamp),
  };
}

describe('a ReplicaSet', () => {
  it('makes its pods from the template, and tells of each', async () => {
    const c = await start();
    await c.create();
    await c.clock.advance(60_000);
    expect(c.pods().map((p) => p.metadata.generateName)).toEqual(['web-', 'web-', 'web-']);
    const set = await c.set();
    expect(c.pods()[0]?.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'web',
        uid: set.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
    expect(set.status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
    });
    expect(eventsOf(c.client).sort()).toEqual(c.pods().map((p) => `SuccessfulCreate: Created pod: ${p.metadata.name}`));
    expect(c.failures).toEqual([]);
  });

  it('counts those that are leaving apart, and takes no more than needed while the cache is behind', async () => {
    const c = await start();
    await c.create();
    await c.clock.advance(60_000);
    c.client.holdWatches();
    const live = await c.set();
    await c.client.update('replicasets', { ...live, spec: { ...live.spec, replicas: 1 } });
    c.client.releaseWatches();
    await c.clock.advance(0);
    expect(c.client.writes.filter((w) => w.startsWith('delete pods'))).toHaveLength(2);
    expect((await c.set()).status).toMatchObject({ replicas: 1, terminatingReplicas: 2 });
    await c.clock.advance(60_000);
    expect((await c.set()).status).toMatchObject({ replicas: 1, terminatingReplicas: 0 });
    expect(eventsOf(c.client).filter((e) => e.startsWith('SuccessfulDelete: Deleted pod: web-'))).toHaveLength(2);
  });

  it('adopts a matching pod and lets go of one whose label changed', async () => {
    const c = await start({ replicas: 1 });
    await c.client.create('pods', pod({ name: 'stray' }));
    await c.create();
    await c.clock.advance(60_000);
    expect(c.pods().map((p) => p.metadata.name)).toEqual(['stray']);
    const stray = await c.client.get('pods', 'stray', 'default');
    expect(stray.metadata.ownerReferences).toHaveLength(1);
    await c.client.patch('pods', 'stray', 'default', { metadata: { labels: { app: 'other' } } });
    await c.clock.advance(60_000);
    expect((await c.client.get('pods', 'stray', 'default')).metadata.ownerReferences ?? []).toEqual([]);
    expect(c.pods()).toHaveLength(2);
  });

  it('starts slowly when the API refuses, and says so until it no longer does', async () => {
    const c = await start({ replicas: 8 });
    let refuse = true;
    c.client.fault = ({ verb, resource }) =>
      refuse && verb === 'create' && resource === 'pods'
        ? new StatusError(403, 'Forbidden', 'pods "web-" is forbidden: exceeded quota')
        : undefined;
    await c.create();
    await c.clock.advance(0);
    // One for the set itself, one when it sees its own new condition.
    expect(c.client.writes.filter((w) => w.startsWith('create pods'))).toHaveLength(2);
    expect((await c.set()).status.conditions).toMatchObject([
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: 'pods "web-" is forbidden: exceeded quota',
      },
    ]);
    expect(eventsOf(c.client)[0]).toMatch(/^FailedCreate: Error creating: pods "web-" is forbidden: exceeded quota/);
    refuse = false;
    await c.clock.advance(60_000);
    expect((await c.set()).status.conditions).toBeUndefined();
    expect(c.pods()).toHaveLength(8);
  });

  it('calls a pod available only after minReadySeconds', async () => {
    const c = await start({ replicas: 1, minReadySeconds: 30 });
    await c.create();
    await c.clock.advance(20_000);
    expect((await c.set()).status).toMatchObject({ readyReplicas: 1 });
    expect((await c.set()).status.availableReplicas).toBeUndefined();
    await c.clock.advance(20_000);
    expect((await c.set()).status).toMatchObject({ availableReplicas: 1 });
  });

  it('replaces a pod that failed, and does nothing once it is being deleted', async () => {
    const c = await start({ replicas: 1 });
    await c.create();
    await c.clock.advance(60_000);
    const [first] = c.pods();
    if (!first) throw new Error('no pod');
    await c.client.update('pods', { ...first, status: { ...first.status, phase: 'Failed' } }, 'status');
    await c.clock.advance(60_000);
    expect(c.pods()).toHaveLength(2);
    await c.client.delete('replicasets', 'web', 'default', { propagationPolicy: 'Foreground' });
    await c.scale(5);
    await c.clock.advance(60_000);
    expect(c.pods()).toHaveLength(2);
  });
});

describe('a ReplicationController', () => {
  it('is kept like a ReplicaSet, in its own name and with its own status', async () => {
    const cluster = fakeCluster();
    const { client, clock } = cluster;
    startFakeKubelet({ client, clock });
    startReplicationController(cluster);
    await client.create('replicationcontrollers', {
      metadata: { name: 'web', namespace: 'default' },
      spec: { replicas: 2, selector: { app: 'nginx' }, template: template('nginx:1') },
    });
    await clock.advance(60_000);
    const controller = await client.get('replicationcontrollers', 'web', 'default');
    expect(controller.status).toEqual({
      observedGeneration: 1,
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
    });
    expect(client.all('pods').map((p) => p.metadata.ownerReferences?.[0])).toEqual(
      Array(2).fill(expect.objectContaining({ apiVersion: 'v1', kind: 'ReplicationController', name: 'web' })),
    );
    const { source, involvedObject } = client.all('events')[0] ?? {};
    expect([source?.component, involvedObject?.kind]).toEqual(['replication-controller', 'ReplicationController']);
    expect(cluster.failures).toEqual([]);
  });
});
