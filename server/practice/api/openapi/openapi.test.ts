import { describe, expect, test } from 'vitest';
import { isJsonObject, objectAt, type JsonObject } from '../json';
import { kinds } from '../kinds';
import { schemaForTests } from '../schema/testSchema';
import { createOpenApi } from './openapi';

const openApi = createOpenApi(kinds, schemaForTests());

function get(path: string): JsonObject {
  const body: unknown = JSON.parse(String(openApi(path, 'application/json')?.body));
  return isJsonObject(body) ? body : {};
}

function at(object: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
}

const component = (document: JsonObject, name: string) => at(document, 'components', 'schemas', name);
const set = 'io.k8s.api.apps.v1.StatefulSet';

describe('the index', () => {
  test('names each group with a hash of its document', () => {
    const paths = objectAt(get('/openapi/v3'), 'paths') ?? {};
    expect(Object.keys(paths)).toContain('api/v1');
    for (const [path, entry] of Object.entries(paths)) {
      const tag = openApi(`/openapi/v3/${path}`, '')?.etag?.replaceAll('"', '');
      expect(at(entry, 'serverRelativeURL')).toBe(`/openapi/v3/${path}?hash=${tag}`);
    }
  });

  test('nothing else is there', () => {
    expect(openApi('/openapi/v2', '')).toBeUndefined();
    expect(openApi('/openapi/v3/apis/nothing/v1', '')).toBeUndefined();
  });
});

describe('a document', () => {
  const apps = get('/openapi/v3/apis/apps/v1');
  const core = get('/openapi/v3/api/v1');

  test('every reference leads somewhere', () => {
    for (const document of [apps, core]) {
      const names = new Set(
        [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
      );
      const missing = [...names].filter((name) => component(document, name ?? '') === undefined);
      expect(missing).toEqual([]);
    }
  });

  test('says which kind a schema is', () => {
    expect(at(component(apps, set), 'x-kubernetes-group-version-kind')).toEqual([
      { group: 'apps', version: 'v1', kind: 'StatefulSet' },
    ]);
  });

  test('says for every kind that fields are checked here', () => {
    for (const kind of kinds) {
      const document = get(`/openapi/v3/${kind.group === '' ? 'api' : `apis/${kind.group}`}/${kind.version}`);
      const patches = Object.values(objectAt(document, 'paths') ?? {}).map((path) => at(path, 'patch'));
      const own = patches.find((patch) => at(patch, 'x-kubernetes-group-version-kind', 'kind') === kind.kind);
      const parameters = at(own, 'parameters');
      const names = (Array.isArray(parameters) ? parameters : []).map((parameter: unknown) => at(parameter, 'name'));
      expect([kind.kind, names.includes('fieldValidation')]).toEqual([kind.kind, true]);
    }
  });

  test('carries merge keys and list types', () => {
    const containers = at(component(core, 'io.k8s.api.core.v1.PodSpec'), 'properties', 'containers');
    expect(containers).toMatchObject({
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    });
    expect(at(component(core, 'io.k8s.api.core.v1.PodSpec'), 'properties', 'volumes')).toMatchObject({
      'x-kubernetes-patch-strategy': 'merge,retainKeys',
    });
  });

  test('flattens what Go inlines', () => {
    const volume = component(core, 'io.k8s.api.core.v1.Volume');
    expect(Object.keys(objectAt(volume, 'properties') ?? {})).toEqual(
      expect.arrayContaining(['name', 'configMap', 'persistentVolumeClaim']),
    );
  });

  test('has a description for every field that kubectl explain shows of a set', () => {
    const properties = objectAt(component(apps, 'io.k8s.api.apps.v1.StatefulSetSpec'), 'properties') ?? {};
    for (const [name, schema] of Object.entries(properties)) {
      const reference = JSON.stringify(schema).match(/schemas\/([^"]+)/)?.[1];
      const text = at(schema, 'description') ?? at(component(apps, reference ?? ''), 'description');
      expect([name, typeof text]).toEqual([name, 'string']);
    }
  });

  test('names what a field can be, where that is fixed, and what the items of a list can be', () => {
    const field = (kind: string, name: string) =>
      objectAt(objectAt(component(core, `io.k8s.api.core.v1.${kind}`), 'properties'), name);
    expect(field('PodSpec', 'restartPolicy')).toMatchObject({ enum: ['Always', 'Never', 'OnFailure'] });
    expect(objectAt(field('PersistentVolumeSpec', 'accessModes'), 'items')).toMatchObject({
      enum: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'],
    });
    expect(field('PodSpec', 'nodeName')).not.toHaveProperty('enum');
  });

  test('writes quantities and times as they are', () => {
    const quantity = component(core, 'io.k8s.apimachinery.pkg.api.resource.Quantity');
    expect(quantity).toEqual({ oneOf: [{ type: 'string' }, { type: 'number' }] });
    const time = component(core, 'io.k8s.apimachinery.pkg.apis.meta.v1.Time');
    expect(time).toEqual({ type: 'string', format: 'date-time' });
  });
});
