import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { admin, configKind, namespaceKind, podKind, setKind, testApi } from '../testing';
import type { Kind } from '../kinds/kind';
import { createObject } from './create';
import { updateObject } from './update';

const call = (dryRun = false) => ({ user: admin, manager: 'test', dryRun, warnings: [] as string[] });
const target = { kind: configKind, namespace: 'default', name: 'c' };

async function start(kinds?: Kind[]) {
  const made = await testApi(kinds ? { kinds } : {});
  const object = await createObject(made.api.core, call(), configKind, 'default', { metadata: { name: 'c' } });
  const put = (change: (old: KubernetesObject) => KubernetesObject) =>
    updateObject(made.api.core, call(), target, { produce: change });
  return { ...made, core: made.api.core, object, put };
}

describe('an update', () => {
  it('may leave out the resourceVersion where the kind allows it', async () => {
    const strict: Kind = { ...configKind, requiresResourceVersion: true };
    const { put, core } = await start();
    expect(put((old) => ({ ...old, metadata: { name: 'c', labels: { a: '1' } } })).metadata.labels).toEqual({ a: '1' });
    const change = { produce: (old: KubernetesObject) => ({ ...old, metadata: { name: 'c' } }) };
    expect(() => updateObject(core, call(), { ...target, kind: strict }, change)).toThrow(
      'configmaps "c" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
  });

  it('keeps what the system wrote', async () => {
    const { put, object } = await start();
    const next = put((old) => ({
      ...old,
      metadata: { name: 'c', creationTimestamp: '2000-01-01T00:00:00Z', generation: 9, labels: { a: '1' } },
    }));
    expect(next.metadata).toMatchObject({
      uid: object.metadata.uid,
      creationTimestamp: object.metadata.creationTimestamp,
      namespace: 'default',
    });
    expect(next.metadata.generation).toBeUndefined();
  });

  it('speaks of another object in upstream’s words', async () => {
    const { put } = await start();
    expect(() => put((old) => ({ ...old, metadata: { ...old.metadata, uid: 'other' } }))).toThrow(
      /^Operation cannot be fulfilled on configmaps "c": StorageError: invalid object, Code: 4, Key: \/registry\/configmaps\/default\/c, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: /,
    );
    expect(() => put((old) => ({ ...old, metadata: { ...old.metadata, name: 'd' } }))).toThrow(
      'the name of the object (d) does not match the name on the URL (c)',
    );
    expect(() => put((old) => ({ ...old, metadata: { ...old.metadata, namespace: 'x' } }))).toThrow(
      'the namespace of the object (x) does not match the namespace on the request (default)',
    );
  });

  it('writes nothing when nothing changes', async () => {
    const { put, object, storage } = await start();
    const before = storage.revision;
    expect(put((old) => old)).toBe(object);
    expect(storage.revision).toBe(before);
  });
});

describe('a create', () => {
  it('makes up names until one is free', async () => {
    const { core } = await start();
    const make = () => createObject(core, call(), configKind, 'default', { metadata: { generateName: 'x-' } });
    const names = new Set<string>();
    for (let i = 0; i < 50; i++) names.add((await make()).metadata.name ?? '');
    expect(names.size).toBe(50);
    expect([...names].every((name) => /^x-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name))).toBe(true);
    const stuck = { ...core, ids: { ...core.ids, suffix: () => 'aaaaa' } };
    const again = () => createObject(stuck, call(), configKind, 'default', { metadata: { generateName: 'x-' } });
    await again();
    await expect(again()).rejects.toMatchObject({
      message: 'configmaps "x-aaaaa" already exists, the server was not able to generate a unique name for the object',
    });
  });

  it('gives back what was allocated when it fails, and when it was a dry run', async () => {
    const released: string[] = [];
    const kind: Kind = {
      ...configKind,
      prepareCreate: async () => {},
      released: (object) => void released.push(object.metadata.name ?? ''),
      validate: (object) =>
        object.metadata.name === 'bad' ? [{ type: 'FieldValueInvalid', field: 'data', body: 'Invalid value' }] : [],
    };
    const { core } = await start([namespaceKind, kind, setKind, podKind]);
    const make = (name: string, dryRun = false) =>
      createObject(core, call(dryRun), kind, 'default', { metadata: { name } });
    await expect(make('bad')).rejects.toMatchObject({ code: 422 });
    await make('dry', true);
    await make('good');
    // Two at the same time: the one that comes second gives its share back.
    const both = await Promise.allSettled([make('race'), make('race')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(released).toEqual(['bad', 'dry', 'race']);
  });

  it('says when the name belongs to something that is going', async () => {
    const { client } = await testApi();
    await client.create('configmaps', { metadata: { name: 'c', finalizers: ['a.io/a'] } }, 'default');
    await client.delete('configmaps', 'c', 'default');
    await expect(client.create('configmaps', { metadata: { name: 'c' } }, 'default')).rejects.toThrow(
      'object is being deleted: configmaps "c" already exists',
    );
  });
});
