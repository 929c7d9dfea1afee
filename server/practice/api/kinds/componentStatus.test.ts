import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaForTests } from '../schema/testSchema';
import { testServer } from '../testing';
import { kinds } from './index';

let server: Awaited<ReturnType<typeof testServer>>;
beforeAll(async () => (server = await testServer({ kinds, schema: schemaForTests() })));
afterAll(() => server.close());

test('the parts of the control plane are listed and got, though nothing is stored', async () => {
  const { status, json } = await server.ask('GET', '/api/v1/componentstatuses');
  const items = json.items as { metadata: { name: string } }[];
  expect([status, json.metadata, items.map(({ metadata }) => metadata.name)]).toEqual([
    200,
    {},
    ['scheduler', 'controller-manager', 'etcd-0'],
  ]);
  const one = await server.ask('GET', '/api/v1/componentstatuses/etcd-0');
  expect(one.json).toEqual({
    kind: 'ComponentStatus',
    apiVersion: 'v1',
    metadata: { name: 'etcd-0' },
    conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
  });
});

test.each([
  ['GET', '/nothing', 500, 'Component not found: nothing'],
  ['DELETE', '/etcd-0', 405, 'the server does not allow this method on the requested resource'],
])('%s %s is answered with %i', async (method, path, code, message) => {
  const { status, json } = await server.ask(method, `/api/v1/componentstatuses${path}`);
  expect([status, json.message]).toEqual([code, message]);
});
