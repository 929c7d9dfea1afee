import { describe, expect, it } from 'vitest';
import { seededIds } from '../../ids';
import { equalJson, isJsonObject, type JsonObject } from '../json';
import { schemaForTests } from '../schema/testSchema';
import { noSchema } from '../testing';
import { jsonPatch } from './jsonPatch';
import { mergePatch } from './mergePatch';
import { strategicPatch } from './strategicPatch';

const set = 'k8s.io.api.apps.v1.StatefulSet';
const pod = 'k8s.io.api.core.v1.Pod';

describe('merge patch', () => {
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('RFC 7386: %j with %j', (original, patch, result) => expect(mergePatch(original, patch)).toEqual(result));

  it('does not follow a member called __proto__', () => {
    const patched = mergePatch({}, JSON.parse('{"__proto__":{"x":1}}'));
    expect(({} as JsonObject).x).toBeUndefined();
    expect(JSON.stringify(patched)).toBe('{"__proto__":{"x":1}}');
  });
});

describe('JSON patch', () => {
  it.each<[unknown, unknown[], unknown]>([
    [{ a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
    [{ a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
    [{ a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    [{ a: 1, b: 2 }, [{ op: 'remove', path: '/a' }], { b: 2 }],
    [{ a: [1, 2] }, [{ op: 'remove', path: '/a/-1' }], { a: [1] }],
    [{ a: 1 }, [{ op: 'replace', path: '/a', value: 3 }], { a: 3 }],
    [{ a: { b: 1 }, c: {} }, [{ op: 'move', from: '/a/b', path: '/c/d' }], { a: {}, c: { d: 1 } }],
    [{ a: { b: 1 } }, [{ op: 'copy', from: '/a', path: '/c' }], { a: { b: 1 }, c: { b: 1 } }],
    [{ 'x/y': { '~': 1 } }, [{ op: 'test', path: '/x~1y/~0', value: 1 }], { 'x/y': { '~': 1 } }],
    [{ a: 1 }, [{ op: 'test', path: '/z', value: null }], { a: 1 }],
    [{ a: 1 }, [{ op: 'replace', path: '', value: { z: 1 } }], { z: 1 }],
  ])('%j with %j', (original, patch, result) => expect(jsonPatch(original, patch)).toEqual(result));

  it.each<[unknown, unknown]>([
    [{ a: 1 }, [{ op: 'test', path: '/a', value: 2 }]],
    [{ a: 1 }, [{ op: 'remove', path: '/b' }]],
    [{ a: 1 }, [{ op: 'replace', path: '/b', value: 1 }]],
    [{ a: 1 }, [{ op: 'add', path: '/b/c', value: 1 }]],
    [{ a: [1] }, [{ op: 'add', path: '/a/3', value: 1 }]],
    [{ a: [1] }, [{ op: 'add', path: '/a/01', value: 1 }]],
    [{ a: 1 }, [{ op: 'hop', path: '/a' }]],
    [{ a: 1 }, [{ op: 'add', path: '/b' }]],
  ])('does not fit: %j with %j', (original, patch) =>
    expect(() => jsonPatch(original, patch)).toThrow('the server rejected our request due to an error in our request'),
  );
});

describe('strategic merge patch', () => {
  const schema = schemaForTests();
  const containers = (...list: object[]) => ({ spec: { containers: list } });
  const cases: [string, object, object, object][] = [
    [
      'merges containers by name, new ones first',
      containers({ name: 'a', image: '1' }, { name: 'b', image: '2' }),
      containers({ name: 'new', image: '3' }, { name: 'b', image: '4' }),
      containers({ name: 'new', image: '3' }, { name: 'a', image: '1' }, { name: 'b', image: '4' }),
    ],
    [
      'puts a new item before the server’s where nothing decides',
      containers({ name: 'a' }),
      containers({ name: 'new' }),
      containers({ name: 'new' }, { name: 'a' }),
    ],
    [
      'follows $setElementOrder',
      containers({ name: 'a' }, { name: 'b' }),
      {
        spec: {
          '$setElementOrder/containers': [{ name: 'b' }, { name: 'new' }, { name: 'a' }],
          containers: [{ name: 'new' }],
        },
      },
      containers({ name: 'b' }, { name: 'new' }, { name: 'a' }),
    ],
    [
      'deletes an item by its key',
      containers({ name: 'a' }, { name: 'b' }),
      containers({ name: 'a', $patch: 'delete' }),
      containers({ name: 'b' }),
    ],
    [
      'replaces a list',
      containers({ name: 'a' }),
      containers({ name: 'b' }, { $patch: 'replace' }),
      containers({ name: 'b' }),
    ],
    [
      'replaces an object',
      { spec: { nodeSelector: { a: '1' } } },
      { spec: { nodeSelector: { $patch: 'replace', b: '2' } } },
      { spec: { nodeSelector: { b: '2' } } },
    ],
    [
      'merges lists of scalars as sets',
      { metadata: { finalizers: ['a', 'b'] } },
      { metadata: { finalizers: ['b', 'c'] } },
      { metadata: { finalizers: ['a', 'b', 'c'] } },
    ],
    [
      'takes out of lists of scalars',
      { metadata: { finalizers: ['a', 'b'] } },
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
      { metadata: { finalizers: ['b'] } },
    ],
    [
      'replaces lists without a key',
      { spec: { containers: [{ name: 'a', command: ['x'] }] } },
      { spec: { containers: [{ name: 'a', command: ['y'] }] } },
      { spec: { containers: [{ name: 'a', command: ['y'] }] } },
    ],
    [
      'retains keys',
      { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
      { spec: { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/' } }] } },
      { spec: { volumes: [{ name: 'v', hostPath: { path: '/' } }] } },
    ],
    [
      'merges owners by uid',
      { metadata: { ownerReferences: [{ uid: '1', name: 'a' }] } },
      { metadata: { ownerReferences: [{ uid: '1', controller: true }] } },
      { metadata: { ownerReferences: [{ uid: '1', name: 'a', controller: true }] } },
    ],
    ['drops nulls of what is new', {}, { spec: { x: { y: null, z: 1 } } }, { spec: { x: { z: 1 } } }],
  ];
  it.each(cases)('%s', (_, original, patch, result) => {
    const before = JSON.stringify(original);
    expect(strategicPatch(schema, pod, original, patch)).toEqual(result);
    expect(JSON.stringify(original)).toBe(before);
  });

  it('answers as upstream to what it cannot merge', () => {
    expect(() => strategicPatch(schema, pod, containers({ name: 'a' }), containers({ image: 'k' }))).toThrow(
      'map: map[image:k] does not contain declared merge key: name',
    );
    expect(() => strategicPatch(schema, set, { spec: {} }, { spec: { $patch: 'zap' } })).toThrow(
      'unknown patch type: zap in map: map[$patch:zap]',
    );
  });
});

describe('properties of patches', () => {
  const trees = (seed: number) => {
    const ids = seededIds(seed);
    const tree = (depth: number): unknown => {
      const pick = ids.fraction();
      if (depth === 0 || pick < 0.3) return Math.floor(ids.fraction() * 4);
      if (pick < 0.4) return [1, 2, 3].slice(0, Math.floor(ids.fraction() * 4));
      return Object.fromEntries(
        ['a', 'b', 'c', 'd'].filter(() => ids.fraction() < 0.6).map((key) => [key, tree(depth - 1)]),
      );
    };
    return () => ({ root: tree(3), more: tree(3) });
  };

  /** The merge patch that leads from one tree to another. */
  const difference = (from: unknown, to: unknown): unknown => {
    if (!isJsonObject(from) || !isJsonObject(to)) return to;
    const patch: JsonObject = {};
    for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch[key] = null;
    for (const key of Object.keys(to)) {
      if (!Object.hasOwn(from, key)) patch[key] = to[key];
      else if (!equalJson(from[key], to[key])) patch[key] = difference(from[key], to[key]);
    }
    return patch;
  };

  it('a merge patch leads where it was meant to, twice as well as once, and strategic agrees where nothing is known', () => {
    for (let seed = 0; seed < 300; seed++) {
      const next = trees(seed);
      const [from, to] = [next(), next()];
      const patch = difference(from, to);
      const once = mergePatch(from, patch);
      expect(once).toEqual(to);
      expect(mergePatch(once, patch)).toEqual(to);
      expect(strategicPatch(noSchema, 'x', from, patch)).toEqual(to);
      const operations = Object.entries(to).map(([key, value]) => ({ op: 'replace', path: `/${key}`, value }));
      expect(jsonPatch(from, operations)).toEqual(to);
    }
  });

  it('a strategic patch of containers keeps every other one, and its own in its own order', () => {
    const schema = schemaForTests();
    for (let seed = 0; seed < 200; seed++) {
      const ids = seededIds(seed);
      const some = () => ['a', 'b', 'c', 'd', 'e', 'f'].filter(() => ids.fraction() < 0.5).map((name) => ({ name }));
      const shuffled = (list: { name: string }[]) => [...list].sort(() => ids.fraction() - 0.5);
      const [live, patch] = [shuffled(some()), shuffled(some())];
      const result = strategicPatch(schema, pod, { spec: { containers: live } }, { spec: { containers: patch } });
      const names = (result as { spec: { containers: { name: string }[] } }).spec.containers.map((c) => c.name);
      const isNew = (name: string) => patch.some((c) => c.name === name);
      expect([...names].sort()).toEqual([...new Set([...live, ...patch].map((c) => c.name))].sort());
      expect(names.filter(isNew)).toEqual(patch.map((c) => c.name));
      expect(names.filter((name) => !isNew(name))).toEqual(live.map((c) => c.name).filter((name) => !isNew(name)));
    }
  });
});
