import { describe, expect, it } from 'vitest';
import { StatusError } from '../../status';
import { fakeCluster } from '../testing/cluster';
import { pod } from '../testing/objects';
import { startNamespaceController } from './namespaceController';

async function startCluster() {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  startNamespaceController(cluster);
  await client.create('namespaces', { metadata: { name: 'lab' } });
  const namespace = () => client.peek('namespaces', 'lab');
  return {
    ...cluster,
    namespace,
    condition: (type: string) => namespace()?.status?.conditions?.find((c) => c.type === type),
    put: (name: string, finalizers?: string[]) =>
      client.create('configmaps', { metadata: { name, namespace: 'lab', finalizers } }),
    async remove(seconds: number) {
      await client.delete('namespaces', 'lab');
      await clock.advance(seconds * 1000);
    },
  };
}

describe('a deleted namespace', () => {
  it('goes after five seconds, and all that is in it', async () => {
    const c = await startCluster();
    await c.put('a');
    await c.client.create('services', { metadata: { name: 's', namespace: 'lab' }, spec: {} });
    await c.client.create('configmaps', { metadata: { name: 'elsewhere', namespace: 'default' } });
    await c.remove(4.9);
    expect(c.namespace()?.status?.phase).toBe('Terminating');
    await c.clock.advance(200);
    expect(c.namespace()).toBeUndefined();
    expect(c.client.all('configmaps').map((object) => object.metadata.name)).toEqual(['elsewhere']);
    expect(c.client.all('services')).toEqual([]);
    expect(c.failures).toEqual([]);
  });

  it('takes its pods first, and waits for them before anything else goes', async () => {
    const c = await startCluster();
    await c.put('config');
    const spec = { terminationGracePeriodSeconds: 30 };
    c.client.seed('pods', pod({ name: 'web-0', namespace: 'lab', node: 'node-1', spec }));
    await c.remove(6);
    expect(c.client.peek('pods', 'web-0', 'lab')?.metadata.deletionTimestamp).toBeDefined();
    expect(c.client.peek('configmaps', 'config', 'lab')).toBeDefined();
    expect(c.namespace()?.status?.conditions).toHaveLength(5);
    await c.client.delete('pods', 'web-0', 'lab', { gracePeriodSeconds: 0 });
    await c.clock.advance(20_000);
    expect(c.namespace()).toBeUndefined();
  });

  it('says what remains and which finalizers hold it', async () => {
    const c = await startCluster();
    await c.put('held', ['example.com/hold']);
    await c.put('held-too', ['example.com/hold']);
    await c.remove(6);
    expect(c.condition('NamespaceContentRemaining')).toEqual({
      type: 'NamespaceContentRemaining',
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: 'Some resources are remaining: configmaps. has 2 resource instances',
      lastTransitionTime: '2026-01-01T00:00:05Z',
    });
    expect(c.condition('NamespaceFinalizersRemaining')).toMatchObject({
      status: 'True',
      reason: 'SomeFinalizersRemain',
      message: 'Some content in the namespace has finalizers remaining: example.com/hold in 2 resource instances',
    });
    expect(c.condition('NamespaceDeletionContentFailure')).toMatchObject({
      status: 'False',
      reason: 'ContentDeleted',
      message: 'All content successfully deleted, may be waiting on finalization',
    });
    for (const held of c.client.all('configmaps'))
      await c.client.update('configmaps', { ...held, metadata: { ...held.metadata, finalizers: [] } });
    await c.clock.advance(20_000);
    expect(c.namespace()).toBeUndefined();
  });

  it('tells what could not be deleted, and tries again', async () => {
    const c = await startCluster();
    await c.put('a');
    let refusals = 3;
    c.client.fault = ({ verb, resource }) =>
      verb === 'delete' && resource === 'configmaps' && refusals-- > 0
        ? new StatusError(500, 'InternalError', 'disk full')
        : undefined;
    await c.remove(5);
    expect(c.condition('NamespaceDeletionContentFailure')).toMatchObject({
      status: 'True',
      reason: 'ContentDeletionFailed',
      message: 'Failed to delete all resource types, 1 remaining: disk full',
    });
    await c.clock.advance(10_000);
    expect(c.namespace()).toBeUndefined();
  });

  it('keeps finalizers that are not its own', async () => {
    const c = await startCluster();
    const live = await c.client.get('namespaces', 'lab');
    await c.client.update('namespaces', { ...live, spec: { finalizers: ['example.com/mine', 'kubernetes'] } });
    await c.remove(60);
    expect(c.namespace()?.spec?.finalizers).toEqual(['example.com/mine']);
  });

  it('that is not deleted keeps everything', async () => {
    const c = await startCluster();
    await c.put('a');
    await c.clock.advance(60_000);
    expect(c.client.writes).toEqual(['create namespaces lab', 'create configmaps a']);
  });
});
