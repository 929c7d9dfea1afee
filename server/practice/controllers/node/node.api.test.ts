import { expect, test } from 'vitest';
import { kinds } from '../../api/kinds';
import { testApi } from '../../api/testing';
import { schemaForTests } from '../../api/schema/testSchema';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';

test('a node is greeted once, freed of the taint it was made with, and tainted while it is cordoned', async () => {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  startControllers({ client, informers: createInformers(client), clock, ids: seededIds(2), rootCa: 'PEM' });
  await clock.advance(1_000);
  const made = await client.create('nodes', { metadata: { name: 'one' } });
  expect(made.spec?.taints).toEqual([{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
  await clock.advance(1_000);
  const looked = await client.get('nodes', 'one');
  expect(looked.spec?.taints).toBeUndefined();
  expect(looked.metadata.annotations).toEqual({ 'node.alpha.kubernetes.io/ttl': '0' });

  await client.patch('nodes', 'one', '', { spec: { unschedulable: true } });
  await clock.advance(1_000);
  expect((await client.get('nodes', 'one')).spec?.taints).toMatchObject([{ key: 'node.kubernetes.io/unschedulable' }]);
  await client.patch('nodes', 'one', '', { spec: { unschedulable: null } });
  await clock.advance(1_000);
  expect((await client.get('nodes', 'one')).spec?.taints).toBeUndefined();

  const { items } = await client.list('events', { namespace: 'default' });
  expect(items.filter(({ reason }) => reason === 'RegisteredNode').map(({ message }) => message)).toEqual([
    'Node one event: Registered Node one in Controller',
  ]);
});
