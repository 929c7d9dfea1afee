import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../../lib/kubernetes/statefulSet';
import { testApi } from './testing';

const set = (name: string): StatefulSet => ({
  metadata: { name },
  spec: { serviceName: 'web', selector: {}, template: { metadata: {}, spec: { containers: [] } } },
  status: {},
});

describe('the in-process client', () => {
  it('creates, reads, lists, changes and deletes', async () => {
    const { client } = await testApi();
    const made = await client.create('statefulsets', set('web'), 'default');
    expect(made).toMatchObject({
      kind: 'StatefulSet',
      apiVersion: 'apps/v1',
      spec: { replicas: 1 },
      metadata: { generation: 1 },
    });
    expect(Object.isFrozen(made.spec)).toBe(true);
    expect(await client.get('statefulsets', 'web', 'default')).toBe(made);
    const scaled = await client.patch('statefulsets', 'web', 'default', { spec: { replicas: 3 } });
    expect(scaled).toMatchObject({ spec: { replicas: 3 }, metadata: { generation: 2 } });
    const done = await client.update('statefulsets', { ...scaled, status: { replicas: 3 } }, 'status');
    expect(done.status).toEqual({ replicas: 3 });
    await expect(client.update('statefulsets', { ...made, spec: { ...made.spec, replicas: 9 } })).rejects.toMatchObject(
      {
        code: 409,
        message:
          'Operation cannot be fulfilled on statefulsets.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      },
    );
    expect((await client.list('statefulsets', { namespace: 'default' })).items).toEqual([done]);
    await client.delete('statefulsets', 'web', 'default');
    await expect(client.get('statefulsets', 'web', 'default')).rejects.toMatchObject({
      code: 404,
      message: 'statefulsets.apps "web" not found',
    });
  });

  it('watches in the order of revisions, even when a handler writes', async () => {
    const { client } = await testApi();
    const seen: string[] = [];
    const note = (who: string) => ({
      added: (o: { metadata: { name?: string; resourceVersion?: string } }) => {
        seen.push(`${who} + ${o.metadata.name} ${o.metadata.resourceVersion}`);
        if (who === 'a' && o.metadata.name === 'one')
          void client.create('configmaps', { metadata: { name: 'two' } }, 'default');
      },
      modified: () => seen.push(`${who} ~`),
      deleted: () => seen.push(`${who} -`),
      synced: () => void seen.push(`${who} synced`),
    });
    client.watch('configmaps', note('a'));
    client.watch('configmaps', note('b'));
    await client.create('configmaps', { metadata: { name: 'one' } }, 'default');
    expect(seen).toEqual(['a synced', 'b synced', 'a + one 2', 'b + one 2', 'a + two 3', 'b + two 3']);
  });

  it('ends a namespace only when its finalizers are gone', async () => {
    const { client } = await testApi();
    await client.create('namespaces', { metadata: { name: 'lab' } });
    await client.delete('namespaces', 'lab');
    const going = await client.get('namespaces', 'lab');
    expect(going.status?.phase).toBe('Terminating');
    await expect(client.create('configmaps', { metadata: { name: 'x' } }, 'lab')).rejects.toMatchObject({
      code: 403,
      message:
        'configmaps "x" is forbidden: unable to create new content in namespace lab because it is being terminated',
    });
    await client.update('namespaces', { ...going, spec: {} }, 'finalize');
    await expect(client.get('namespaces', 'lab')).rejects.toMatchObject({ reason: 'NotFound' });
  });

  it('deletes a pod in two steps', async () => {
    const { client } = await testApi();
    await client.create('pods', { metadata: { name: 'p' }, spec: { containers: [] } }, 'default');
    await client.delete('pods', 'p', 'default');
    expect((await client.get('pods', 'p', 'default')).metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
    await client.delete('pods', 'p', 'default', { gracePeriodSeconds: 0 });
    await expect(client.get('pods', 'p', 'default')).rejects.toMatchObject({ reason: 'NotFound' });
  });
});
