import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { admin, configKind, podKind, setKind, testApi } from '../testing';
import { deleteObject, type DeleteRequest } from './delete';
import { evictPod } from './evict';
import { updateObject } from './update';

const call = () => ({ user: admin, manager: 'test', dryRun: false, warnings: [] });

async function start(finalizers: string[] = []) {
  const { api, client, clock, storage } = await testApi();
  const metadata = { name: 'x', ...(finalizers.length > 0 ? { finalizers } : {}) };
  await client.create('configmaps', { metadata }, 'default');
  await client.create('pods', { metadata, spec: { containers: [] } }, 'default');
  const spec = { serviceName: 'n', selector: {}, template: { metadata: {}, spec: { containers: [] } } };
  await client.create('statefulsets', { metadata, spec }, 'default');
  const at = (kind: typeof podKind) => ({ kind, namespace: 'default', name: 'x' });
  const remove = (kind: typeof podKind, request?: DeleteRequest) => deleteObject(api.core, call(), at(kind), request);
  const find = (kind: typeof podKind) => storage.get(kind.plural, 'default/x');
  const setFinalizers = (kind: typeof podKind, list: string[]) =>
    updateObject(api.core, call(), at(kind), {
      produce: (old) => ({ ...old, metadata: { ...old.metadata, finalizers: list } }),
    });
  const events: string[] = [];
  for (const kind of [configKind, podKind, setKind])
    storage.watch(kind.plural, storage.revision, ({ type, object }) => events.push(`${type} ${shown(object)}`));
  return { api, clock, remove, find, setFinalizers, events, at };
}

const shown = ({ metadata }: KubernetesObject) =>
  [metadata.deletionGracePeriodSeconds ?? '-', ...(metadata.finalizers ?? [])].join(' ');

describe('deleting what knows no grace', () => {
  it('removes it at once', async () => {
    const { remove, find, events } = await start();
    expect(remove(configKind, { gracePeriodSeconds: 9 })).toMatchObject({ isLingering: false });
    expect(find(configKind)).toBeUndefined();
    expect(events).toEqual(['DELETED -']);
  });

  it.each<[string, string[], DeleteRequest, string[]]>([
    ['keeps finalizers', ['a.io/a'], {}, ['a.io/a']],
    ['adds orphan', [], { propagationPolicy: 'Orphan' }, ['orphan']],
    ['adds foreground', ['a.io/a'], { propagationPolicy: 'Foreground' }, ['a.io/a', 'foregroundDeletion']],
    ['the old word for orphan', [], { orphanDependents: true }, ['orphan']],
    ['background takes the others away', ['orphan', 'a.io/a'], { propagationPolicy: 'Background' }, ['a.io/a']],
    ['orphan replaces foreground', ['foregroundDeletion'], { propagationPolicy: 'Orphan' }, ['orphan']],
    ['what is there stays without a wish', ['orphan'], {}, ['orphan']],
  ])('%s', async (_, before, request, after) => {
    const { remove, find, clock } = await start(before);
    expect(remove(setKind, request)).toMatchObject({ isLingering: true, isPending: false });
    const metadata = find(setKind)?.metadata;
    expect(metadata?.finalizers).toEqual(after);
    expect(metadata).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2 });
    expect(Date.parse(metadata?.deletionTimestamp ?? '')).toBe(clock.now());
  });

  it('is finished by the update that takes the last finalizer', async () => {
    const { remove, find, setFinalizers, events } = await start(['a.io/a', 'b.io/b']);
    remove(configKind);
    setFinalizers(configKind, ['b.io/b']);
    expect(find(configKind)).toBeDefined();
    setFinalizers(configKind, []);
    expect(find(configKind)).toBeUndefined();
    expect(events).toEqual(['MODIFIED 0 a.io/a b.io/b', 'MODIFIED 0 b.io/b', 'DELETED 0 b.io/b']);
  });

  it('writes nothing when asked twice', async () => {
    const { remove, api } = await start(['a.io/a']);
    remove(configKind);
    const before = api.core.storage.revision;
    expect(remove(configKind)).toMatchObject({ isLingering: true });
    expect(api.core.storage.revision).toBe(before);
  });

  it('minds preconditions and dry runs', async () => {
    const { remove, find, api, at } = await start();
    expect(() => remove(configKind, { preconditions: { uid: 'x' } })).toThrow(
      /^Operation cannot be fulfilled on ConfigMap "x": the UID in the precondition \(x\) does not match the UID in record/,
    );
    expect(() => remove(setKind, { preconditions: { resourceVersion: '1' } })).toThrow(
      'Operation cannot be fulfilled on StatefulSet.apps "x": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (4). The object might have been modified',
    );
    deleteObject(api.core, { ...call(), dryRun: true }, at(configKind));
    expect(find(configKind)).toBeDefined();
  });
});

describe('deleting what a kubelet has to end', () => {
  it('gives grace, which later requests can only shorten', async () => {
    const { remove, find, clock, events } = await start();
    const began = clock.now();
    const ends = () => (Date.parse(find(podKind)?.metadata.deletionTimestamp ?? '') - began) / 1000;
    expect(remove(podKind)).toMatchObject({ isLingering: true, isPending: false });
    expect(ends()).toBe(30);
    await clock.advance(5_000);
    expect(remove(podKind, { gracePeriodSeconds: 60 })).toMatchObject({ isPending: true });
    expect(remove(podKind)).toMatchObject({ isPending: true });
    expect(ends()).toBe(30);
    remove(podKind, { gracePeriodSeconds: 10 });
    expect(ends()).toBe(10);
    remove(podKind, { gracePeriodSeconds: 2 });
    // Two seconds after the beginning have passed: it ends now, and the kubelet still gets a second.
    expect(ends()).toBe(5);
    expect(find(podKind)?.metadata.deletionGracePeriodSeconds).toBe(1);
    remove(podKind, { gracePeriodSeconds: 0 });
    expect(find(podKind)).toBeUndefined();
    expect(events).toEqual(['MODIFIED 30', 'MODIFIED 10', 'MODIFIED 1', 'MODIFIED 0', 'DELETED 0']);
  });

  it('treats a negative grace as one second', async () => {
    const { remove, find } = await start();
    remove(podKind, { gracePeriodSeconds: -1 });
    expect(find(podKind)?.metadata.deletionGracePeriodSeconds).toBe(1);
  });

  it('waits for finalizers even without grace', async () => {
    const { remove, find, setFinalizers } = await start(['a.io/a']);
    remove(podKind, { gracePeriodSeconds: 0 });
    expect(find(podKind)?.metadata.deletionGracePeriodSeconds).toBe(0);
    setFinalizers(podKind, []);
    expect(find(podKind)).toBeUndefined();
  });

  it('is told by a condition when it was an eviction', async () => {
    const { api, find, at } = await start();
    evictPod(api.core, call(), at(podKind), { metadata: { name: 'x' } });
    expect(find(podKind)).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 30 },
      status: { conditions: [{ type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }] },
    });
    expect(() => evictPod(api.core, call(), at(podKind), { metadata: { name: 'y' } })).toThrow(
      /^name in URL does not match name in Eviction object$/,
    );
  });
});
