import { describe, expect, test } from 'vitest';
import { difference } from './difference';
import type { Json } from './json';
import { fieldsText, normalise } from './normalise';

const names = {
  known: new Map([
    ['parity-x7kq2', '<namespace>'],
    ['0a1b2c3d-0000-4000-8000-000000000001', '<uid of pods/web-0>'],
  ]),
};

describe('what differs from run to run is named', () => {
  test.each<[string, Json, Json]>([
    ['a uid it knows', '0a1b2c3d-0000-4000-8000-000000000001', '<uid of pods/web-0>'],
    ['another uid, inside a text', 'pvc-ffffffff-0000-4000-8000-000000000001', 'pvc-<uid>'],
    ['a time', { creationTimestamp: '2026-01-01T00:00:00Z' }, { creationTimestamp: '<time>' }],
    ['a time with microseconds', '2026-01-01T00:00:00.123456Z', '<time>'],
    [
      'a resource version, in a quoted object',
      '"{\\"resourceVersion\\":\\"17\\"}"',
      '"{\\"resourceVersion\\":\\"<rv>\\"}"',
    ],
    ['a resource version', { resourceVersion: '17' }, { resourceVersion: '<rv>' }],
    ['an address', 'dial 10.96.0.1:443', 'dial <ip>:443'],
    ['a volume with a generated name', 'kube-api-access-x7kq2', 'kube-api-access-<suffix>'],
    ['the namespace, also in a key', { 'parity-x7kq2/a': 'in parity-x7kq2' }, { '<namespace>/a': 'in <namespace>' }],
  ])('%s', (_, given, expected) => expect(normalise(given, names)).toEqual(expected));

  test.each<[string, Json]>([
    ['a version of a program', 'v1.36.3'],
    ['a hash of a template', 'web-56b954c668'],
    ['a generation', { generation: 3, observedGeneration: 2 }],
    ['null, which is not the same as nothing', { lastProbeTime: null }],
  ])('kept: %s', (_, given) => expect(normalise(given, names)).toEqual(given));

  test('field sets become one line and keep every field', () => {
    const fields = { 'f:spec': { 'f:replicas': {} }, 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } } };
    expect(fieldsText(fields)).toBe('metadata{labels{. app}} spec{replicas}');
  });
});

describe('a change, field by field', () => {
  test.each<[string, Json, Json, Json]>([
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, {}],
    ['a value', { a: { b: 1, c: 1 } }, { a: { b: 2, c: 1 } }, { 'a.b': 2 }],
    ['a new field, whole', { a: {} }, { a: { b: { c: 1 } } }, { 'a.b': { c: 1 } }],
    ['a field that is gone', { a: { b: 1 } }, { a: {} }, { 'a.b': '<absent>' }],
    ['a list that grew', { a: [1] }, { a: [1, 2] }, { 'a[1]': 2 }],
    ['a list that shrank', { a: [1, 2] }, { a: [1] }, { 'a[1]': '<absent>' }],
    ['to null', { a: 1 }, { a: null }, { a: null }],
  ])('%s', (_, before, after, expected) => expect(difference(before, after)).toEqual(expected));
});
