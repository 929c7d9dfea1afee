import { expect, test } from 'vitest';
import { kinds } from '../../api/kinds';
import { admin, testApi } from '../../api/testing';
import { evictPod } from '../../api/operations/evict';
import { schemaForTests } from '../../api/schema/testSchema';
import { seededIds } from '../../ids';
import { StatusError } from '../../status';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { template } from '../testing/objects';

test('an eviction asks the budget, which the controller then fills up again', async () => {
  const { api, client, clock } = await testApi({ kinds, schema: schemaForTests() });
  startFakeKubelet({ client, clock });
  startControllers({ client, informers: createInformers(client), clock, ids: seededIds(2), rootCa: 'PEM' });
  await client.create('nodes', { metadata: { name: 'node-1' } });
  await clock.advance(60_000);
  const selector = { matchLabels: { app: 'nginx' } };
  await client.create('replicasets', {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 3, selector, template: template('nginx:1') },
  });
  await client.create('poddisruptionbudgets', {
    metadata: { name: 'web', namespace: 'default' },
    spec: { maxUnavailable: 1, selector },
  });
  await clock.advance(60_000);
  const budget = () => client.get('poddisruptionbudgets', 'web', 'default');
  expect((await budget()).status).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3, desiredHealthy: 2 });
  const { items } = await client.list('pods', { namespace: 'default' });
  const evict = (name = '') => {
    const kind = api.core.registry.named('pods');
    if (!kind) throw new Error('no pods');
    const call = { user: admin, manager: 'test', dryRun: false, warnings: [] };
    evictPod(api.core, call, { kind, namespace: 'default', name }, { metadata: { name } });
  };
  evict(items[0]?.metadata.name);
  expect((await budget()).status.disruptionsAllowed).toBe(0);
  const refusal = (() => {
    try {
      evict(items[1]?.metadata.name);
    } catch (error) {
      return error instanceof StatusError ? error.toStatus() : error;
    }
    return undefined;
  })();
  expect(refusal).toMatchObject({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: 'DisruptionBudget' }] },
  });
  await clock.advance(60_000);
  expect((await budget()).status).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3, expectedPods: 3 });
  expect((await budget()).status.disruptedPods).toBeUndefined();
});
