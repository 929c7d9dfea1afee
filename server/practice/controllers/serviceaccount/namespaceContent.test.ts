import { expect, it } from 'vitest';
import { fakeCluster } from '../testing/cluster';
import { startRootCaPublisher, startServiceAccountController } from './namespaceContent';

async function startCluster() {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  startServiceAccountController({ ...cluster, rootCa: 'PEM' });
  startRootCaPublisher({ ...cluster, rootCa: 'PEM' });
  await client.create('namespaces', { metadata: { name: 'lab' } });
  await clock.advance(10);
  return {
    ...cluster,
    account: () => client.peek('serviceaccounts', 'default', 'lab'),
    configMap: () => client.peek('configmaps', 'kube-root-ca.crt', 'lab'),
  };
}

it('a new namespace gets its account and the root certificate', async () => {
  const c = await startCluster();
  expect(c.account()?.metadata.name).toBe('default');
  expect(c.configMap()?.data).toEqual({ 'ca.crt': 'PEM' });
  expect(c.configMap()?.metadata.annotations?.['kubernetes.io/description']).toMatch(
    /^Contains a CA bundle .* Kubernetes clusters\.$/,
  );
});

it('they come back when deleted, and are repaired when changed', async () => {
  const c = await startCluster();
  const uid = c.account()?.metadata.uid;
  await c.client.delete('serviceaccounts', 'default', 'lab');
  await c.client.delete('configmaps', 'kube-root-ca.crt', 'lab');
  await c.clock.advance(10);
  expect(c.account()?.metadata.uid).not.toBe(uid);
  const published = c.configMap();
  if (!published) throw new Error('not published');
  const metadata = { ...published.metadata, annotations: { own: 'x' } };
  await c.client.update('configmaps', { ...published, metadata, data: { 'ca.crt': 'PEM', more: 'y' } });
  await c.clock.advance(10);
  expect(c.configMap()?.data).toEqual({ 'ca.crt': 'PEM' });
  expect(c.configMap()?.metadata.annotations).toMatchObject({
    own: 'x',
    'kubernetes.io/description': expect.stringContaining('CA bundle') as string,
  });
});

it('a namespace that is going is left alone', async () => {
  const c = await startCluster();
  await c.client.delete('namespaces', 'lab');
  await c.client.delete('serviceaccounts', 'default', 'lab');
  await c.client.delete('configmaps', 'kube-root-ca.crt', 'lab');
  await c.clock.advance(60_000);
  expect([c.account(), c.configMap()]).toEqual([undefined, undefined]);
  expect(c.failures).toEqual([]);
});
