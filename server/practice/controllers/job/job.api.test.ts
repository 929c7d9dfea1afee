import { describe, expect, it } from 'vitest';
import type { JobSpec } from '../../../../lib/kubernetes/batch';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { kinds } from '../../api/kinds';
import { schemaForTests } from '../../api/schema/testSchema';
import { testApi } from '../../api/testing';
import { timestamp } from '../../clock';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';
import { startFakeKubelet } from '../testing/fakeKubelet';

/** The controllers over the API as it really is. Pods run until the test ends them. */
async function start(spec: Partial<JobSpec> = {}) {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  startFakeKubelet({ client, clock });
  startControllers({ client, informers: createInformers(client), clock, ids: seededIds(2), rootCa: 'PEM' });
  await client.create('nodes', { metadata: { name: 'node-1' } });
  const settle = (ms = 5_000) => clock.advance(ms);
  await settle();
  const containers = [{ name: 'c', image: 'busybox:1' }];
  await client.create(
    'jobs',
    { metadata: { name: 'j' }, spec: { template: { spec: { restartPolicy: 'Never', containers } }, ...spec } },
    'default',
  );
  await settle();
  const pods = async () => (await client.list('pods', { namespace: 'default' })).items;
  const running = async () =>
    (await pods()).filter((p) => p.status.phase === 'Running' && !p.metadata.deletionTimestamp);
  const end = async (pod: Pod | undefined, exitCode = 0) => {
    if (!pod) throw new Error('no such pod');
    const state = { terminated: { exitCode, finishedAt: timestamp(clock.now()) } };
    const status = { name: 'c', state, ready: false, restartCount: 0, image: '', imageID: '' };
    const phase = exitCode === 0 ? ('Succeeded' as const) : ('Failed' as const);
    await client.update('pods', { ...pod, status: { ...pod.status, phase, containerStatuses: [status] } }, 'status');
  };
  return {
    client,
    clock,
    settle,
    pods,
    running,
    end,
    job: () => client.get('jobs', 'j', 'default'),
    /** Ends so many of the running pods. */
    async endSome(count: number, exitCode = 0) {
      for (const pod of (await running()).slice(0, count)) await end(pod, exitCode);
      await settle();
    },
    conditions: async () => {
      const { conditions = [] } = (await client.get('jobs', 'j', 'default')).status;
      return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
    },
    events: async () => {
      const { items } = await client.list('events', { namespace: 'default' });
      return items.filter((e) => e.involvedObject.kind === 'Job').map((e) => `${e.reason}: ${e.message}`);
    },
  };
}

describe('a Job', () => {
  it('runs its pod, counts it, and is complete', async () => {
    const c = await start();
    const [pod] = await c.running();
    expect(pod?.metadata.finalizers).toEqual(['batch.kubernetes.io/job-tracking']);
    const { uid } = (await c.job()).metadata;
    expect(pod?.metadata.labels).toMatchObject({ 'job-name': 'j', 'batch.kubernetes.io/controller-uid': uid });
    expect((await c.job()).status).toMatchObject({ active: 1, ready: 1, terminating: 0, uncountedTerminatedPods: {} });
    await c.endSome(1);
    const { status } = await c.job();
    expect(status).toMatchObject({ succeeded: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    expect(status.active).toBeUndefined();
    expect(status.completionTime).toBeDefined();
    expect(await c.conditions()).toEqual([
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    expect((await c.pods())[0]?.metadata.finalizers).toBeUndefined();
    expect((await c.events()).at(-1)).toBe('Completed: Job completed');
  });

  it('has no more pods than it may, nor more than are still needed', async () => {
    const c = await start({ completions: 3, parallelism: 2 });
    expect(await c.running()).toHaveLength(2);
    await c.endSome(2);
    expect(await c.running()).toHaveLength(1);
    expect((await c.job()).status).toMatchObject({ succeeded: 2, active: 1 });
    await c.endSome(1);
    expect((await c.job()).status).toMatchObject({ succeeded: 3 });
    expect(await c.pods()).toHaveLength(3);
  });

  it('that is a work queue starts none after the first success', async () => {
    const c = await start({ parallelism: 3 });
    await c.endSome(1);
    expect(await c.running()).toHaveLength(2);
    expect(await c.conditions()).toEqual([]);
    await c.endSome(1);
    await c.endSome(1, 1);
    expect((await c.job()).status).toMatchObject({ succeeded: 2, failed: 1 });
    expect(await c.conditions()).toContain('Complete=True CompletionsReached');
  });

  it('replaces a failed pod after a while, and gives up after so many', async () => {
    const c = await start({ backoffLimit: 1 });
    await c.endSome(1, 1);
    expect(await c.running()).toHaveLength(0);
    await c.settle(10_000);
    expect(await c.running()).toHaveLength(1);
    await c.endSome(1, 1);
    expect((await c.job()).status).toMatchObject({ failed: 2 });
    expect(await c.conditions()).toEqual([
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
    expect((await c.events()).at(-1)).toBe('BackoffLimitExceeded: Job has reached the specified backoff limit');
  });

  it('is stopped when it has been active for too long', async () => {
    const c = await start({ activeDeadlineSeconds: 30 });
    await c.settle(40_000);
    expect(await c.conditions()).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
    expect((await c.job()).status).toMatchObject({ failed: 1, terminating: 0 });
    expect(await c.pods()).toEqual([]);
  });

  it('is suspended and goes on', async () => {
    const c = await start({ suspend: true });
    expect(await c.pods()).toEqual([]);
    expect(await c.conditions()).toEqual(['Suspended=True JobSuspended']);
    await c.client.patch('jobs', 'j', 'default', { spec: { suspend: false } });
    await c.settle();
    expect(await c.running()).toHaveLength(1);
    expect(await c.conditions()).toEqual(['Suspended=False JobResumed']);
    await c.client.patch('jobs', 'j', 'default', { spec: { suspend: true } });
    await c.settle();
    expect(await c.pods()).toEqual([]);
    expect((await c.job()).status.startTime).toBeUndefined();
    expect((await c.job()).status.failed).toBeUndefined();
  });

  it('lets its pods go when it is deleted', async () => {
    const c = await start();
    await c.client.delete('jobs', 'j', 'default', { propagationPolicy: 'Background' });
    await c.settle();
    expect(await c.pods()).toEqual([]);
  });

  it('is deleted so long after it has finished', async () => {
    const c = await start({ ttlSecondsAfterFinished: 20 });
    await c.endSome(1);
    await expect(c.job()).resolves.toBeDefined();
    await c.settle(30_000);
    await expect(c.job()).rejects.toThrow('jobs.batch "j" not found');
    expect(await c.pods()).toEqual([]);
  });

  it('leaves alone what another manages', async () => {
    const c = await start({ managedBy: 'example.com/other' });
    expect(await c.pods()).toEqual([]);
    expect((await c.job()).status).toEqual({});
  });
});

describe('a Job with indexes', () => {
  const indexed = { completionMode: 'Indexed', completions: 4, parallelism: 4 };
  const indexOf = (pod: Pod) => Number(pod.metadata.labels?.['batch.kubernetes.io/job-completion-index']);

  it('gives each pod its number', async () => {
    const c = await start(indexed);
    const pods = (await c.running()).sort((a, b) => indexOf(a) - indexOf(b));
    expect(pods.map((pod) => [indexOf(pod), pod.spec.hostname])).toEqual([
      [0, 'j-0'],
      [1, 'j-1'],
      [2, 'j-2'],
      [3, 'j-3'],
    ]);
    expect(pods[0]?.metadata.name).toMatch(/^j-0-[a-z0-9]{5}$/);
    expect(pods[0]?.spec.containers[0]?.env?.[0]?.name).toBe('JOB_COMPLETION_INDEX');
    for (const index of [0, 2, 3]) await c.end(pods[index]);
    await c.settle();
    expect((await c.job()).status).toMatchObject({ succeeded: 3, completedIndexes: '0,2,3', active: 1 });
    await c.end(pods[1], 1);
    await c.settle(20_000);
    expect((await c.running()).map(indexOf)).toEqual([1]);
    await c.endSome(1);
    expect((await c.job()).status).toMatchObject({ succeeded: 4, failed: 1, completedIndexes: '0-3' });
  });

  it('gives up single indexes, and fails when all the others are done', async () => {
    const c = await start({ ...indexed, completions: 2, parallelism: 2, backoffLimitPerIndex: 1 });
    const one = async () => (await c.running()).find((pod) => indexOf(pod) === 1);
    await c.end((await c.running()).find((pod) => indexOf(pod) === 0));
    await c.end(await one(), 1);
    await c.settle(20_000);
    expect((await one())?.metadata.annotations?.['batch.kubernetes.io/job-index-failure-count']).toBe('1');
    await c.end(await one(), 1);
    await c.settle();
    expect((await c.job()).status).toMatchObject({
      succeeded: 1,
      failed: 2,
      completedIndexes: '0',
      failedIndexes: '1',
    });
    expect(await c.conditions()).toEqual(['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes']);
  });

  it('is done when its success policy is met', async () => {
    const c = await start({ ...indexed, successPolicy: { rules: [{ succeededIndexes: '1-2', succeededCount: 1 }] } });
    await c.end((await c.running()).find((pod) => indexOf(pod) === 2));
    await c.settle();
    expect(await c.conditions()).toEqual(['SuccessCriteriaMet=True SuccessPolicy', 'Complete=True SuccessPolicy']);
    expect((await c.job()).status).toMatchObject({ succeeded: 1, terminating: 0 });
  });
});

describe('a failure policy', () => {
  const rules = [
    { action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } },
    { action: 'Ignore', onExitCodes: { operator: 'In', values: [7] } },
  ];

  it('fails the whole Job at once', async () => {
    const c = await start({ podFailurePolicy: { rules } });
    const name = (await c.running())[0]?.metadata.name;
    await c.endSome(1, 42);
    const { conditions } = (await c.job()).status;
    expect(conditions?.map(({ type, message }) => `${type}: ${message}`)).toEqual(
      ['FailureTarget', 'Failed'].map(
        (type) =>
          `${type}: Container c for pod default/${name} failed with exit code 42 matching FailJob rule at index 0`,
      ),
    );
  });

  it('does not count what it ignores', async () => {
    const c = await start({ backoffLimit: 0, podFailurePolicy: { rules } });
    await c.endSome(1, 7);
    await c.settle(30_000);
    expect(await c.running()).toHaveLength(1);
    expect((await c.job()).status.failed).toBeUndefined();
  });
});
