import { describe, expect, it } from 'vitest';
import { kinds } from '../../api/kinds';
import { schemaForTests } from '../../api/schema/testSchema';
import { testApi } from '../../api/testing';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';
import type { Container } from '../../../../lib/kubernetes/pod';

async function start(hard: Record<string, string>, scopes?: string[]) {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  startControllers({ client, informers: createInformers(client), clock, ids: seededIds(2), rootCa: 'PEM' });
  await clock.advance(1000);
  await client.create('resourcequotas', {
    metadata: { name: 'q', namespace: 'default' },
    spec: { hard, ...(scopes ? { scopes } : {}) },
  });
  await clock.advance(1000);
  const pod = (name: string, resources?: Container['resources']) =>
    client.create(
      'pods',
      { metadata: { name }, spec: { containers: [{ name: 'web', image: 'nginx:1', resources }] } },
      'default',
    );
  const used = async () => (await client.get('resourcequotas', 'q', 'default')).status.used;
  return { client, clock, pod, used };
}

describe('a quota', () => {
  it('counts what comes at once, refuses what is too much, and gives back what goes', async () => {
    const c = await start({ pods: '2', 'requests.cpu': '1', 'count/configmaps': '9' });
    await c.pod('a', { requests: { cpu: '600m' } });
    expect(await c.used()).toMatchObject({ pods: '1', 'requests.cpu': '600m' });
    await expect(c.pod('b', { requests: { cpu: '0.5' } })).rejects.toThrow(
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    await expect(c.pod('b')).rejects.toThrow(
      'pods "b" is forbidden: failed quota: q: must specify requests.cpu for: web',
    );
    await c.client.delete('pods', 'a', 'default');
    await c.clock.advance(1000);
    expect(await c.used()).toMatchObject({ pods: '0', 'requests.cpu': '0' });
  });

  it('is for its scope only', async () => {
    const c = await start({ pods: '1' }, ['BestEffort']);
    await c.pod('a', { requests: { cpu: '1' } });
    expect(await c.used()).toEqual({ pods: '0' });
    await c.pod('b');
    await expect(c.pod('c')).rejects.toThrow('exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1');
  });

  it('takes over a pod that comes into its scope', async () => {
    const c = await start({ pods: '1' }, ['Terminating']);
    await c.pod('a');
    expect(await c.used()).toEqual({ pods: '0' });
    await c.client.patch('pods', 'a', 'default', { spec: { activeDeadlineSeconds: 60 } });
    await c.clock.advance(1000);
    expect(await c.used()).toEqual({ pods: '1' });
  });

  it('counts resources that only some nodes have', async () => {
    const c = await start({ 'requests.example.com/gpu': '3' });
    const gpu = { 'example.com/gpu': '2' };
    await c.pod('a', { requests: gpu, limits: gpu });
    expect(await c.used()).toEqual({ 'requests.example.com/gpu': '2' });
  });

  it('knows how many there were before it', async () => {
    const c = await start({ pods: '5' });
    await c.pod('a');
    const hard = { pods: '5', 'count/pods': '5' };
    await c.client.patch('resourcequotas', 'q', 'default', { spec: { hard } });
    await c.clock.advance(1000);
    expect(await c.used()).toEqual({ pods: '1', 'count/pods': '1' });
  });
});
