import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { StatusError } from '../../status';
import { eventsOf, fakeCluster } from '../testing/cluster';
import { claimTemplate, webSet } from '../testing/objects';
import { startSetCluster } from '../testing/setCluster';
import { startStatefulSetController } from './statefulSetController';

describe('ownership', () => {
  const relabel = async (c: Awaited<ReturnType<typeof startSetCluster>>, name: string, metadata: Pod['metadata']) => {
    const pod = await c.pod(name);
    await c.client.update('pods', { ...pod, metadata: { ...pod.metadata, ...metadata } });
    await c.settle();
  };

  it('adopts matching orphans and releases what no longer matches', async () => {
    const c = await startSetCluster();
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
    const c = await startSetCluster();
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
    const c = await startSetCluster();
    await c.settle();
    await c.client.delete('statefulsets', 'web', 'default', { propagationPolicy: 'Orphan' });
    await c.client.delete('pods', 'web-2', 'default', { gracePeriodSeconds: 0 });
    await c.settle();
    expect(c.pods()).toEqual(['web-0', 'web-1']);
    expect((await c.set()).status.replicas).toBe(2);
  });
});

describe('claims', () => {
  const missing = (c: Awaited<ReturnType<typeof startSetCluster>>) =>
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
    const c = await startSetCluster({ replicas: 1 });
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
    const c = await startSetCluster({ volumeClaimTemplates: [claimTemplate('www'), claimTemplate('log')] });
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
    const c = await startSetCluster({
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
    expect(owners(0)).toBeUndefined();
    expect(eventsOf(c.client)).toContain('SuccessfulUpdate: Update Pod web-0 in StatefulSet web successful');
  });

  it('of a former pod hold its successor back until they are gone', async () => {
    const c = await startSetCluster({
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
