import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { template } from '../testing/objects';
import { startSetCluster } from '../testing/setCluster';

const revisionOf = (pod: Pod) => pod.metadata.labels?.['controller-revision-hash'];

describe('rolling updates', () => {
  it('replace the highest ordinal first, one at a time', async () => {
    const c = await startSetCluster();
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
    const c = await startSetCluster();
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
    const c = await startSetCluster();
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
    const c = await startSetCluster({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
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
    const c = await startSetCluster({ updateStrategy: { type: 'OnDelete' } });
    await c.settle();
    await c.change({ template: template('nginx:2') });
    await c.settle();
    expect((await c.pod('web-2')).spec.containers[0]?.image).toBe('nginx:1');
    await c.client.delete('pods', 'web-1', 'default');
    await c.settle();
    expect(c.client.all('pods').map((p) => p.spec.containers[0]?.image)).toEqual(['nginx:1', 'nginx:2', 'nginx:1']);
  });

  it('forget revisions beyond the limit', async () => {
    const c = await startSetCluster({ revisionHistoryLimit: 1 });
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
    const c = await startSetCluster({ replicas: 0 });
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
