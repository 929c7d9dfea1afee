import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { Deployment, DeploymentSpec } from '../../../../lib/kubernetes/workloads';
import { kinds } from '../../api/kinds';
import { schemaForTests } from '../../api/schema/testSchema';
import { testApi } from '../../api/testing';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { template } from '../testing/objects';

/** The controllers over the API as it really is. Pods of the image `bad` never become ready. */
async function startCluster(spec: Partial<DeploymentSpec> = {}) {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  const failures: string[] = [];
  const startMs = 1000;
  startFakeKubelet({ client, clock, startMs, isHealthy: (pod: Pod) => pod.spec.containers[0]?.image !== 'bad' });
  startControllers({
    client,
    informers: createInformers(client),
    clock,
    ids: seededIds(2),
    rootCa: 'PEM',
    onError: ({ controller, key, error, failures: count }) =>
      count > 3 && failures.push(`${controller} ${key}: ${String(error)}`),
  });
  await client.create('nodes', { metadata: { name: 'node-1' } });
  const settle = () => clock.advance(60_000);
  await settle();
  await client.create(
    'deployments',
    {
      metadata: { name: 'web', annotations: { note: 'first' } },
      spec: { replicas: 4, selector: { matchLabels: { app: 'nginx' } }, template: template('nginx:1'), ...spec },
    },
    'default',
  );
  const get = () => client.get('deployments', 'web', 'default');
  const sets = async () => (await client.list('replicasets', { namespace: 'default' })).items;
  return {
    client,
    clock,
    settle,
    failures,
    get,
    sets,
    change: (patch: Partial<DeploymentSpec>) =>
      client.patch('deployments', 'web', 'default', { spec: patch }, { type: 'merge' }),
    image: (image: string) => client.patch('deployments', 'web', 'default', { spec: { template: template(image) } }),
    /** `image replicas revision` of each set, by revision. */
    async revisions() {
      const shown = (await sets()).map(({ metadata, spec: { template: t, replicas } }) => {
        const revision = metadata.annotations?.['deployment.kubernetes.io/revision'];
        return { revision, text: `${revision}: ${t.spec.containers[0]?.image} ${replicas}` };
      });
      return shown.sort((a, b) => Number(a.revision) - Number(b.revision)).map(({ text }) => text);
    },
    async events() {
      const { items } = await client.list('events', { namespace: 'default' });
      return items
        .filter((e) => e.involvedObject.kind === 'Deployment')
        .map((e) => e.message?.replace(/web-\w+/, 'RS'));
    },
  };
}

const saysOf = ({ status }: Deployment, type: string) => {
  const found = status.conditions?.find((condition) => condition.type === type);
  return found && [found.status, found.reason, found.message?.replace(/web-\w+/, 'RS')];
};

describe('a Deployment', () => {
  it('makes a set of its template and tells of its progress', async () => {
    const c = await startCluster();
    await c.settle();
    const [set] = await c.sets();
    const hash = set?.metadata.labels?.['pod-template-hash'] ?? '';
    expect(set?.metadata.name).toBe(`web-${hash}`);
    expect(set?.spec.selector.matchLabels).toEqual({ app: 'nginx', 'pod-template-hash': hash });
    expect(set?.metadata.annotations).toEqual({
      note: 'first',
      'deployment.kubernetes.io/revision': '1',
      'deployment.kubernetes.io/desired-replicas': '4',
      'deployment.kubernetes.io/max-replicas': '5',
    });
    const deployment = await c.get();
    expect(deployment.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('1');
    expect(deployment.status).toMatchObject({
      observedGeneration: 1,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
      terminatingReplicas: 0,
    });
    expect(deployment.status.unavailableReplicas).toBeUndefined();
    expect(saysOf(deployment, 'Available')).toEqual([
      'True',
      'MinimumReplicasAvailable',
      'Deployment has minimum availability.',
    ]);
    expect(saysOf(deployment, 'Progressing')).toEqual([
      'True',
      'NewReplicaSetAvailable',
      'ReplicaSet "RS" has successfully progressed.',
    ]);
    expect(await c.events()).toEqual(['Scaled up replica set RS from 0 to 4']);
    expect(c.failures).toEqual([]);
  });

  it('rolls to a new template within surge and gap, and back again under the next number', async () => {
    const c = await startCluster();
    await c.settle();
    await c.image('nginx:2');
    let [most, least] = [0, 99];
    for (let step = 0; step < 200; step++) {
      await c.clock.advance(100);
      const { status } = await c.get();
      most = Math.max(most, status.replicas ?? 0);
      least = Math.min(least, status.availableReplicas ?? 0);
    }
    expect([most, least]).toEqual([5, 3]);
    expect(await c.revisions()).toEqual(['1: nginx:1 0', '2: nginx:2 4']);
    await c.image('nginx:1');
    await c.settle();
    expect(await c.revisions()).toEqual(['2: nginx:2 0', '3: nginx:1 4']);
    const back = (await c.sets()).find((set) => set.spec.replicas === 4);
    expect(back?.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1');
  });

  it('rolls over one rollout with another', async () => {
    const c = await startCluster();
    await c.settle();
    await c.image('bad');
    await c.clock.advance(5000);
    expect(await c.revisions()).toEqual(['1: nginx:1 3', '2: bad 2']);
    await c.image('nginx:3');
    await c.settle();
    expect(await c.revisions()).toEqual(['1: nginx:1 0', '2: bad 0', '3: nginx:3 4']);
  });

  it('says when it is late', async () => {
    const c = await startCluster({ progressDeadlineSeconds: 20 });
    await c.settle();
    await c.image('bad');
    await c.clock.advance(15_000);
    expect(saysOf(await c.get(), 'Progressing')).toEqual([
      'True',
      'ReplicaSetUpdated',
      'ReplicaSet "RS" is progressing.',
    ]);
    await c.clock.advance(20_000);
    expect(saysOf(await c.get(), 'Progressing')).toEqual([
      'False',
      'ProgressDeadlineExceeded',
      'ReplicaSet "RS" has timed out progressing.',
    ]);
  });

  it('recreates: nothing new starts before the old is gone', async () => {
    const c = await startCluster({ strategy: { type: 'Recreate' } });
    await c.settle();
    await c.image('nginx:2');
    for (let step = 0; step < 60; step++) {
      await c.clock.advance(50);
      const images = (await c.client.list('pods', { namespace: 'default' })).items.map(
        (pod) => pod.spec.containers[0]?.image,
      );
      expect(new Set(images).size).toBeLessThanOrEqual(1);
    }
    await c.settle();
    expect(await c.revisions()).toEqual(['1: nginx:1 0', '2: nginx:2 4']);
  });

  it('keeps still while paused, but for its size, and goes on when resumed', async () => {
    const c = await startCluster();
    await c.settle();
    await c.change({ paused: true });
    await c.image('nginx:2');
    await c.change({ replicas: 6 });
    await c.settle();
    expect(await c.revisions()).toEqual(['1: nginx:1 6']);
    expect(saysOf(await c.get(), 'Progressing')).toEqual(['Unknown', 'DeploymentPaused', 'Deployment is paused']);
    await c.change({ paused: false });
    await c.settle();
    expect(await c.revisions()).toEqual(['1: nginx:1 0', '2: nginx:2 6']);
  });

  it('shares a change of size among its sets in the middle of a rollout', async () => {
    const c = await startCluster({ replicas: 8 });
    await c.settle();
    await c.image('bad');
    await c.clock.advance(5000);
    expect(await c.revisions()).toEqual(['1: nginx:1 6', '2: bad 4']);
    await c.change({ replicas: 16 });
    await c.clock.advance(5000);
    expect(await c.revisions()).toEqual(['1: nginx:1 12', '2: bad 8']);
  });

  it('keeps as many old sets as it is told', async () => {
    const c = await startCluster({ revisionHistoryLimit: 1 });
    for (const image of ['nginx:2', 'nginx:3', 'nginx:4']) {
      await c.settle();
      await c.image(image);
    }
    await c.settle();
    expect(await c.revisions()).toEqual(['3: nginx:3 0', '4: nginx:4 4']);
  });

  it('counts on from the number of a set it adopts, however large', async () => {
    const c = await startCluster();
    await c.settle();
    const [set] = await c.sets();
    const annotations = { 'deployment.kubernetes.io/revision': '3546343826724305832' };
    await c.client.patch('replicasets', set?.metadata.name ?? '', 'default', { metadata: { annotations } });
    await c.image('nginx:2');
    await c.settle();
    expect((await c.get()).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3546343826724305833');
  });

  it('takes its sets with it', async () => {
    const c = await startCluster();
    await c.settle();
    await c.client.delete('deployments', 'web', 'default');
    await c.settle();
    expect(await c.sets()).toEqual([]);
    expect((await c.client.list('pods', { namespace: 'default' })).items).toEqual([]);
    expect(c.failures).toEqual([]);
  });
});
