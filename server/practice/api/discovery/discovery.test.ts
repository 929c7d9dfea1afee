import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../json';
import { kinds } from '../kinds';
import { createDiscovery } from './discovery';

const recorded: unknown = JSON.parse(readFileSync(new URL('./fixtures/recorded.json', import.meta.url), 'utf8'));
const discovery = createDiscovery(kinds);
const aggregatedAccept =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

function get(path: string, accept = 'application/json'): JsonObject {
  const body: unknown = JSON.parse(String(discovery(path, accept)?.body));
  if (!isJsonObject(body)) throw new Error(`${path} is no object`);
  return body;
}

function list(object: unknown, member: string): JsonObject[] {
  const value = isJsonObject(object) ? object[member] : undefined;
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function recordedAt(path: string): JsonObject {
  const answer = isJsonObject(recorded) ? recorded[path] : undefined;
  if (!isJsonObject(answer)) throw new Error(`nothing recorded at ${path}`);
  return answer;
}

const lists = [
  '/api/v1',
  '/apis/apps/v1',
  '/apis/authorization.k8s.io/v1',
  '/apis/batch/v1',
  '/apis/coordination.k8s.io/v1',
  '/apis/discovery.k8s.io/v1',
  '/apis/events.k8s.io/v1',
  '/apis/policy/v1',
  '/apis/rbac.authorization.k8s.io/v1',
  '/apis/storage.k8s.io/v1',
];

describe('discovery is a real server’s, less what is not served', () => {
  test.each(lists)('%s', (path) => {
    const own = get(path);
    const names = list(own, 'resources').map((resource) => resource.name);
    expect(names.length).toBeGreaterThan(0);
    const real = recordedAt(path);
    const shared = list(real, 'resources').filter((resource) => names.includes(resource.name));
    expect(own).toEqual({ ...real, resources: shared });
  });

  test('/apis', () => {
    const own = list(get('/apis'), 'groups');
    const names = own.map((group) => group.name);
    expect(own).toEqual(list(recordedAt('/apis'), 'groups').filter((group) => names.includes(group.name)));
  });

  test('aggregated', () => {
    const real = list(recordedAt('/apis aggregated'), 'items');
    const own = list(get('/apis', aggregatedAccept), 'items');
    for (const group of own) {
      const known = real.find((other) => JSON.stringify(other.metadata) === JSON.stringify(group.metadata));
      const [mine, theirs] = [group, known].map((one) => list(list(one, 'versions')[0], 'resources'));
      const served = theirs?.filter((other) => mine?.some((resource) => resource.resource === other.resource));
      expect(mine).toEqual(served);
    }
  });
});

describe('which form is sent', () => {
  test.each([
    [aggregatedAccept, 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'],
    [
      'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json',
      'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
    ],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['', 'application/json'],
  ])('%s', (accept, contentType) => {
    expect(discovery('/apis', accept)?.contentType).toBe(contentType);
    expect(discovery('/api', accept)?.contentType).toBe(contentType);
  });

  test('an aggregated answer can be asked for again by its tag', () => {
    expect(discovery('/apis', aggregatedAccept)?.etag).toMatch(/^"[0-9A-F]{128}"$/);
  });

  test.each(['/apis/nothing', '/apis/apps/v2', '/api/v2', '/apis/apps/v1/statefulsets', '/'])(
    '%s is no document',
    (path) => {
      expect(discovery(path, 'application/json')).toBeUndefined();
    },
  );

  test('one group', () => {
    expect(get('/apis/apps')).toEqual({
      kind: 'APIGroup',
      apiVersion: 'v1',
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    });
  });
});
