import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import { seededIds } from '../../ids';
import { schemaForTests } from '../schema/testSchema';
import { admin, setKind, testApi } from '../testing';
import { applyObject } from './apply';
import { FieldSet, shownPath } from './fieldSet';
import { sharedJson } from './sharedFields';

const target = { kind: setKind, namespace: 'default', name: 'web' };
const container = (image: string, more: object = {}) => ({ name: 'c', image, ...more });
const config = (spec: object, metadata: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', ...metadata },
  spec: { serviceName: 'n', ...spec },
});
const template = (...containers: object[]) => ({ template: { spec: { containers } } });

async function start() {
  const made = await testApi({ schema: schemaForTests() });
  const call = (manager: string) => ({ user: admin, manager, dryRun: false, warnings: [] });
  const apply = async (manager: string, patch: unknown, force = false) => {
    const decoding = { fieldValidation: 'Strict' as const, problems: [] };
    const { object } = await applyObject(made.api.core, call(manager), target, {
      patch,
      subresource: '',
      force,
      decoding,
    });
    return object as StatefulSet;
  };
  return { ...made, apply };
}

function owned(object: KubernetesObject, manager: string): string[] {
  const entries = (object.metadata.managedFields ?? []).filter((entry) => entry.manager === manager);
  return entries.flatMap((entry) => [...FieldSet.parse(entry.fieldsV1).paths()].map(shownPath));
}

function timeOf(object: KubernetesObject, manager: string): string | undefined {
  return object.metadata.managedFields?.find((entry) => entry.manager === manager)?.time;
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const appliedByClient = {
  metadata: {
    name: 'web',
    annotations: { [lastApplied]: JSON.stringify(config({ replicas: 2, ...template(container('i')) })) },
  },
  spec: {
    serviceName: 'n',
    replicas: 2,
    selector: {},
    template: { metadata: {}, spec: { containers: [container('i')] } },
  },
};

describe('writes that are not applied', () => {
  it('own what they change, and take it from others', async () => {
    const { api, client } = await start();
    const draft = {
      metadata: { name: 'web', labels: { a: '1', b: '2' } },
      spec: { serviceName: 'n', selector: {}, template: { metadata: {}, spec: { containers: [] } } },
    };
    await client.create('statefulsets', draft, 'default');
    const other = api.client(admin, 'other');
    const changed = await other.patch('statefulsets', 'web', 'default', { metadata: { labels: { b: '3', c: '4' } } });
    expect(owned(changed, 'test').filter((path) => path.startsWith('.metadata'))).toEqual([
      '.metadata.labels',
      '.metadata.labels.a',
    ]);
    expect(owned(changed, 'other')).toEqual(['.metadata.labels.b', '.metadata.labels.c']);
    const cleared = await other.patch('statefulsets', 'web', 'default', { metadata: { labels: { a: null } } });
    expect(owned(cleared, 'test').filter((path) => path.startsWith('.metadata'))).toEqual(['.metadata.labels']);
    const status = await other.update('statefulsets', { ...cleared, status: { replicas: 1 } }, 'status');
    expect(status.metadata.managedFields?.find((entry) => entry.subresource === 'status')).toMatchObject({
      manager: 'other',
      operation: 'Update',
      fieldsV1: { 'f:status': { 'f:replicas': {} } },
    });
  });

  it('leave no trace of a list that they emptied', async () => {
    const { client } = await start();
    const owner = { apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' };
    await client.create(
      'configmaps',
      { metadata: { name: 'c', ownerReferences: [owner] }, data: { a: '1' } },
      'default',
    );
    const gone = { metadata: { ownerReferences: [{ $patch: 'delete', uid: 'u' }] } };
    const released = await client.patch('configmaps', 'c', 'default', gone, { type: 'strategic' });
    expect(owned(released, 'test')).toEqual(['.data', '.data.a']);
  });

  it('are not followed on an object that nobody owns anything of, until it is applied', async () => {
    const { client, apply } = await start();
    const bare = await client.create('configmaps', { metadata: { name: 'one' } }, 'default');
    expect(bare.metadata.managedFields).toBeUndefined();
    const labelled = await client.patch('configmaps', 'one', 'default', { metadata: { labels: { a: '1' } } });
    expect(labelled.metadata.managedFields).toBeUndefined();
    await client.create('statefulsets', { ...appliedByClient, metadata: { name: 'web' } } as never, 'default');
    const nobody = await client.patch('statefulsets', 'web', 'default', { metadata: { managedFields: [{}] } });
    expect(nobody.metadata.managedFields).toBeUndefined();
    const applied = await apply('me', config({ replicas: 2 }));
    expect(owned(applied, 'before-first-apply')).toContain('.spec.replicas');
    expect(owned(applied, 'me')).toEqual(['.spec.replicas', '.spec.serviceName']);
  });

  it('changes nothing, not even the time, when nothing changes', async () => {
    const { client, clock, storage } = await start();
    await client.create('configmaps', { metadata: { name: 'c' }, data: { a: '1' } }, 'default');
    const before = storage.revision;
    await clock.advance(5_000);
    await client.patch('configmaps', 'c', 'default', { data: { a: '1' } });
    expect(storage.revision).toBe(before);
  });
});

describe('server-side apply', () => {
  it('creates, owns what it names, and removes what it no longer names', async () => {
    const { apply } = await start();
    const first = await apply(
      'me',
      config(
        { replicas: 2, ...template(container('i', { ports: [{ containerPort: 80 }] })) },
        { labels: { a: '1', b: '2' } },
      ),
    );
    expect(owned(first, 'me')).toEqual([
      '.metadata.labels.a',
      '.metadata.labels.b',
      '.spec.replicas',
      '.spec.serviceName',
      '.spec.template.spec.containers[name="c"]',
      '.spec.template.spec.containers[name="c"].image',
      '.spec.template.spec.containers[name="c"].name',
      '.spec.template.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"]',
      '.spec.template.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"].containerPort',
    ]);
    const second = await apply('me', config(template(container('i'), { name: 'd' }), { labels: { a: '1' } }));
    expect(second.metadata.labels).toEqual({ a: '1' });
    expect(second.spec.template.spec.containers.map((c) => c.name)).toEqual(['c', 'd']);
    expect(second.spec.template.spec.containers[0]).not.toHaveProperty('ports');
    const third = await apply('me', config(template(container('i'))));
    expect(third.spec.template.spec.containers.map((c) => c.name)).toEqual(['c']);
    expect(third.metadata.labels).toBeUndefined();
  });

  it('gives no time to who applies what already stands there', async () => {
    const { apply } = await start();
    await apply('me', config({ replicas: 2, ...template(container('i')) }));
    const shared = await apply('you', config({ replicas: 2 }));
    expect(owned(shared, 'you')).toEqual(['.spec.replicas', '.spec.serviceName']);
    expect(timeOf(shared, 'you')).toBeUndefined();
    expect(timeOf(shared, 'me')).toBeDefined();
  });

  it('lets kubectl go on server-side with what its client side applied', async () => {
    const { apply, client } = await start();
    await client.create('statefulsets', appliedByClient, 'default');
    await expect(apply('other', config({ replicas: 3 }))).rejects.toMatchObject({ code: 409 });
    const second = await apply('kubectl', config({ replicas: 3, ...template(container('i')) }));
    expect(second.spec.replicas).toBe(3);
    expect(second.metadata.annotations?.[lastApplied]).toBe(
      '{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"web"},' +
        '"spec":{"replicas":3,"serviceName":"n","template":{"spec":{"containers":[{"image":"i","name":"c"}]}}}}\n',
    );
  });

  it('still refuses kubectl what somebody changed since', async () => {
    const { apply, client } = await start();
    await client.create('statefulsets', appliedByClient, 'default');
    await client.patch('statefulsets', 'web', 'default', { spec: { replicas: 5 } });
    await expect(apply('kubectl', config({ replicas: 3, serviceName: 'n' }))).rejects.toMatchObject({
      message: 'Apply failed with 1 conflict: conflict with "test" using apps/v1: .spec.replicas',
    });
  });

  it('refuses what another manager set to something else, unless forced', async () => {
    const { apply, client } = await start();
    await apply('me', config({ replicas: 2, ...template(container('i')) }));
    await client.patch('statefulsets', 'web', 'default', { spec: { replicas: 5 } });
    await expect(apply('me', config({ replicas: 2, ...template(container('i')) }))).rejects.toMatchObject({
      code: 409,
      message: 'Apply failed with 1 conflict: conflict with "test" using apps/v1: .spec.replicas',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message: 'conflict with "test" using apps/v1', field: '.spec.replicas' },
        ],
      },
    });
    await expect(apply('you', config({ replicas: 3, ...template(container('j')) }))).rejects.toMatchObject({
      message: [
        'Apply failed with 2 conflicts: conflicts with "me":',
        '- .spec.template.spec.containers[name="c"].image',
        'conflicts with "test" using apps/v1:',
        '- .spec.replicas',
      ].join('\n'),
    });
    const forced = await apply('you', config({ replicas: 3, ...template(container('j')) }), true);
    expect(owned(forced, 'me')).not.toContain('.spec.template.spec.containers[name="c"].image');
    expect(owned(forced, 'you')).toContain('.spec.replicas');
    expect(owned(forced, 'test')).toEqual([]);
  });

  it('leaves what others own too, and shares what is equal', async () => {
    const { apply } = await start();
    await apply('me', config({ ...template(container('i')) }, { labels: { shared: 'x', mine: '1' } }));
    const both = await apply('you', config({ ...template(container('i')) }, { labels: { shared: 'x' } }));
    expect(both.metadata.labels).toEqual({ mine: '1', shared: 'x' });
    const left = await apply('me', config({ ...template(container('i')) }));
    expect(left.metadata.labels).toEqual({ shared: 'x' });
  });

  it('is no write the second time', async () => {
    const { apply, storage, clock } = await start();
    await apply('me', config({ replicas: 2, ...template(container('i')) }));
    const before = storage.revision;
    await clock.advance(10_000);
    await apply('me', config({ replicas: 2, ...template(container('i')) }));
    expect(storage.revision).toBe(before);
  });

  it('refuses unknown fields, other versions and managedFields', async () => {
    const { apply } = await start();
    await expect(apply('me', config({ foo: 1 }))).rejects.toThrow('.spec.foo: field not declared in schema');
    await expect(apply('me', { ...config({}), apiVersion: 'v1' })).rejects.toThrow(
      'invalid object type: /v1, Kind=StatefulSet',
    );
    await expect(apply('me', config({}, { managedFields: [] }))).rejects.toThrow('metadata.managedFields must be nil');
  });
});

describe('field sets', () => {
  it('come back from FieldsV1 as they went, and combine as sets do', () => {
    for (let seed = 0; seed < 200; seed++) {
      const ids = seededIds(seed);
      const some = () => {
        const set = new FieldSet();
        for (let i = 0; i < 8; i++)
          set.insert(Array.from({ length: 1 + Math.floor(ids.fraction() * 3) }, () => `f:${ids.suffix(1)[0] ?? ''}`));
        return set;
      };
      const [a, b] = [some(), some()];
      const texts = (set: FieldSet) => [...set.paths()].map((path) => path.join('/')).sort();
      expect(texts(FieldSet.parse(sharedJson(a)))).toEqual(texts(a));
      const [inA, inB] = [new Set(texts(a)), new Set(texts(b))];
      expect(texts(a.union(b))).toEqual([...new Set([...inA, ...inB])].sort());
      expect(texts(a.intersection(b))).toEqual([...inA].filter((path) => inB.has(path)).sort());
      expect(texts(a.difference(b))).toEqual([...inA].filter((path) => !inB.has(path)).sort());
    }
  });

  it('share the parts that say the same', () => {
    const of = (...paths: string[]) => {
      const set = new FieldSet();
      for (const path of paths) set.insert(path.split('/'));
      return sharedJson(set);
    };
    const a = of('f:status/f:phase', 'f:status/f:conditions', 'f:status/f:podIPs/k:{"ip":"10.244.0.2"}');
    const b = of('f:status/f:conditions', 'f:status/f:phase', 'f:status/f:podIPs/k:{"ip":"10.244.0.3"}');
    expect(a).not.toEqual(b);
    expect(of('f:status/f:phase', 'f:status/f:conditions', 'f:status/f:podIPs/k:{"ip":"10.244.0.2"}')).toBe(a);
    expect(of('f:status/f:phase')['f:status']).toBe(of('f:metadata/f:name', 'f:status/f:phase')['f:status']);
    expect(Object.isFrozen(a)).toBe(true);
  });
});
