import { expect, test } from 'vitest';
import { kinds } from '../../api/kinds';
import { testApi } from '../../api/testing';
import { schemaForTests } from '../../api/schema/testSchema';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';

const read = (resource: string) => ({ apiGroups: [''], resources: [resource], verbs: ['get'] });

test('an aggregated role holds the rules of those it matches, each once, and follows them', async () => {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  startControllers({ client, informers: createInformers(client), clock, ids: seededIds(2), rootCa: 'PEM' });
  const labels = { part: 'of-all' };
  const rulesOfAll = async () => {
    await clock.advance(1_000);
    return (await client.get('clusterroles', 'all')).rules;
  };
  await client.create('clusterroles', {
    metadata: { name: 'all', labels },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] },
    rules: [read('nodes')],
  });
  await client.create('clusterroles', { metadata: { name: 'b', labels }, rules: [read('pods'), read('secrets')] });
  await client.create('clusterroles', { metadata: { name: 'a', labels }, rules: [read('services'), read('pods')] });
  await client.create('clusterroles', { metadata: { name: 'other' }, rules: [read('events')] });
  expect(await rulesOfAll()).toEqual([read('services'), read('pods'), read('secrets')]);
  const { managedFields } = (await client.get('clusterroles', 'all')).metadata;
  expect(managedFields?.find(({ operation }) => operation === 'Apply')).toMatchObject({
    manager: 'clusterrole-aggregation-controller',
    fieldsV1: { 'f:rules': {} },
  });
  await client.delete('clusterroles', 'a');
  expect(await rulesOfAll()).toEqual([read('pods'), read('secrets')]);
  await client.patch('clusterroles', 'b', '', { metadata: { labels: { part: null } } });
  expect((await rulesOfAll()) ?? []).toEqual([]);
});
