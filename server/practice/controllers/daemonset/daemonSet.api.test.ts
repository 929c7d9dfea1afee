import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { DaemonSetSpec } from '../../../../lib/kubernetes/workloads';
import { kinds } from '../../api/kinds';
import { schemaForTests } from '../../api/schema/testSchema';
import { testApi } from '../../api/testing';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { template } from '../testing/objects';
import { targetNode } from './placement';

/** The controllers over the API as it really is, with three nodes. Pods of the image `bad` never become ready. */
async function start(spec: Partial<DaemonSetSpec> = {}) {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  const isHealthy = (pod: Pod) => pod.spec.containers[0]?.image !== 'bad';
  startFakeKubelet({ client, clock, isHealthy, nodeOf: (pod) => targetNode(pod) ?? '' });
  startControllers({ client, informers: createInformers(client), clock, ids: seededIds(2), rootCa: 'PEM' });
  for (const name of ['a', 'b', 'c'])
    await client.create('nodes', { metadata: { name, labels: { disk: name === 'c' ? 'ssd' : 'hdd' } } });
  const settle = () => clock.advance(30_000);
  await settle();
  await client.create(
    'daemonsets',
    {
      metadata: { name: 'd' },
      spec: { selector: { matchLabels: { app: 'nginx' } }, template: template('nginx:1'), ...spec },
    },
    'default',
  );
  await settle();
  const pods = async () => (await client.list('pods', { namespace: 'default' })).items;
  return {
    client,
    clock,
    settle,
    pods,
    set: () => client.get('daemonsets', 'd', 'default'),
    image: (image: string) => client.patch('daemonsets', 'd', 'default', { spec: { template: template(image) } }),
    /** `a:nginx:1` of each pod that is not going, by node. */
    shown: async () =>
      (await pods())
        .filter((pod) => !pod.metadata.deletionTimestamp)
        .map((pod) => `${targetNode(pod)}:${pod.spec.containers[0]?.image}`)
        .sort(),
    events: async () => {
      const { items } = await client.list('events', { namespace: 'default' });
      return items.filter((e) => e.involvedObject.kind === 'DaemonSet').map((e) => e.reason);
    },
  };
}

const taint = (effect: string) => [{ key: 'k', value: 'v', effect }];

describe('a DaemonSet', () => {
  it('has a pod on each node, which stays there whatever befalls the node', async () => {
    const c = await start();
    expect(await c.shown()).toEqual(['a:nginx:1', 'b:nginx:1', 'c:nginx:1']);
    const { status, metadata } = await c.set();
    expect(status).toEqual({
      observedGeneration: 1,
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      updatedNumberScheduled: 3,
      numberAvailable: 3,
    });
    expect(metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '1' });
    const [pod] = await c.pods();
    expect(pod?.spec.tolerations?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      'node.kubernetes.io/not-ready:NoExecute',
      'node.kubernetes.io/unreachable:NoExecute',
      'node.kubernetes.io/disk-pressure:NoSchedule',
      'node.kubernetes.io/memory-pressure:NoSchedule',
      'node.kubernetes.io/pid-pressure:NoSchedule',
      'node.kubernetes.io/unschedulable:NoSchedule',
    ]);
    expect(pod?.metadata.labels).toMatchObject({ app: 'nginx', 'pod-template-generation': '1' });
    expect(await c.events()).toEqual(['SuccessfulCreate', 'SuccessfulCreate', 'SuccessfulCreate']);
  });

  it('goes where its selector lets it, and follows the nodes', async () => {
    const t = template('nginx:1');
    const c = await start({ template: { ...t, spec: { ...t.spec, nodeSelector: { disk: 'ssd' } } } });
    expect(await c.shown()).toEqual(['c:nginx:1']);
    await c.client.patch('nodes', 'a', undefined, { metadata: { labels: { disk: 'ssd' } } });
    await c.client.patch('nodes', 'c', undefined, { metadata: { labels: { disk: 'hdd' } } });
    await c.settle();
    expect(await c.shown()).toEqual(['a:nginx:1']);
  });

  it.each([
    ['NoSchedule', ['a:nginx:1', 'b:nginx:1', 'c:nginx:1'], 1],
    ['NoExecute', ['b:nginx:1', 'c:nginx:1'], 0],
  ])('keeps or loses its pod when a node gets a taint: %s', async (effect, left, misscheduled) => {
    const c = await start();
    await c.client.patch('nodes', 'a', undefined, { spec: { taints: taint(effect) } });
    await c.settle();
    expect(await c.shown()).toEqual(left);
    expect((await c.set()).status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: misscheduled });
  });

  it('replaces a pod that failed, later and later', async () => {
    const c = await start();
    const fail = async () => {
      const pod = (await c.pods()).find((one) => targetNode(one) === 'a' && one.status.phase === 'Running');
      if (pod) await c.client.update('pods', { ...pod, status: { ...pod.status, phase: 'Failed' } }, 'status');
    };
    await fail();
    await c.clock.advance(2000);
    expect(await c.shown()).toEqual(['a:nginx:1', 'b:nginx:1', 'c:nginx:1']);
    expect(await c.events()).toContain('FailedDaemonPod');
    expect((await c.pods()).map((pod) => pod.status.phase)).not.toContain('Failed');
  });
});

describe('a new template', () => {
  it('goes from node to node, and stops at a pod that does not serve', async () => {
    const c = await start();
    await c.image('nginx:2');
    await c.settle();
    expect(await c.shown()).toEqual(['a:nginx:2', 'b:nginx:2', 'c:nginx:2']);
    await c.image('bad');
    await c.settle();
    const images = (await c.shown()).map((text) => text.slice(2)).sort();
    expect(images).toEqual(['bad', 'nginx:2', 'nginx:2']);
    expect((await c.set()).status).toMatchObject({
      updatedNumberScheduled: 1,
      numberAvailable: 2,
      numberUnavailable: 1,
    });
  });

  it('starts beside the old pod when it may surge', async () => {
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    const c = await start({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
    await c.image('bad');
    await c.settle();
    const images = (await c.shown()).map((text) => text.slice(2)).sort();
    expect(images).toEqual(['bad', 'nginx:1', 'nginx:1', 'nginx:1']);
    await c.image('nginx:3');
    await c.settle();
    expect(await c.shown()).toEqual(['a:nginx:3', 'b:nginx:3', 'c:nginx:3']);
  });

  it('waits for the old pods to be deleted, if that is the strategy', async () => {
    const c = await start({ updateStrategy: { type: 'OnDelete' } });
    await c.image('nginx:2');
    await c.settle();
    expect(await c.shown()).toEqual(['a:nginx:1', 'b:nginx:1', 'c:nginx:1']);
    const [pod] = await c.pods();
    await c.client.delete('pods', pod?.metadata.name ?? '', 'default');
    await c.settle();
    expect((await c.shown()).filter((text) => text.endsWith(':2'))).toHaveLength(1);
  });

  it('is kept as a revision, and an older one that comes back is the newest again', async () => {
    const c = await start({ revisionHistoryLimit: 1 });
    const revisions = async () => {
      const { items } = await c.client.list('controllerrevisions', { namespace: 'default' });
      return items.map(({ revision }) => revision).sort();
    };
    await c.image('nginx:2');
    await c.settle();
    expect(await revisions()).toEqual([1, 2]);
    await c.image('nginx:1');
    await c.settle();
    expect(await revisions()).toEqual([2, 3]);
    await c.image('nginx:3');
    await c.settle();
    expect(await revisions()).toEqual([3, 4]);
    expect((await c.set()).metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '4' });
  });
});
