import { expect, test } from 'vitest';
import type { Service } from '../../../../lib/kubernetes/network';
import { kinds } from '../kinds';
import { schemaForTests } from '../schema/testSchema';
import { testServer } from '../testing';

const path = '/api/v1/namespaces/default/services';
const merge = { 'Content-Type': 'application/merge-patch+json' };
const service = (more: Partial<Service['spec']> = {}) => ({
  metadata: { name: 'web' },
  spec: { ports: [{ port: 80 }], ...more },
});

test('what an update allocates and lets go of is free exactly when nobody holds it', async () => {
  const { api, ask, close } = await testServer({ kinds, schema: schemaForTests() });
  const { nodePorts, addresses } = api.core;
  const spec = async (method: string, at: string, body: unknown, headers = {}) =>
    (await ask(method, at, body, headers)).json.spec as Service['spec'];
  const { clusterIP = '' } = await spec('POST', path, service({ type: 'NodePort' }));
  const before = await spec('PATCH', `${path}/web`, { spec: { type: 'ClusterIP' } }, merge);
  expect(before.ports?.[0]?.nodePort).toBeUndefined();

  const tried = await spec('PATCH', `${path}/web?dryRun=All`, { spec: { type: 'NodePort' } }, merge);
  expect(nodePorts.take(tried.ports?.[0]?.nodePort ?? 0)).toBe(true);
  nodePorts.release(tried.ports?.[0]?.nodePort ?? 0);

  const bad = { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31234, protocol: 'X' }] } };
  expect((await ask('PATCH', `${path}/web`, bad, merge)).status).toBe(422);
  expect(nodePorts.take(31234)).toBe(true);
  expect(addresses.take(clusterIP)).toBe(false);

  await ask('PATCH', `${path}/web`, { spec: { type: 'ExternalName', externalName: 'example.com' } }, merge);
  expect(addresses.take(clusterIP)).toBe(true);
  close();
});

test('a kind on its way out says so on every request', async () => {
  const { ask, close } = await testServer({ kinds, schema: schemaForTests() });
  const { headers } = await ask('GET', '/api/v1/namespaces/default/endpoints');
  expect(headers.get('warning')).toContain('v1 Endpoints is deprecated in v1.33+');
  close();
});
