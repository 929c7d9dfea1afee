import { describe, expect, test } from 'vitest';
import { normalise } from './normalise';

describe('what no two runs have in common is named', () => {
  test.each([
    ['a uid', 'uid: 0a1b2c3d-0000-4000-8000-000000000001', 'uid: <uid>'],
    ['a time', 'creationTimestamp: "2026-01-01T00:00:00Z"', 'creationTimestamp: "<time>"'],
    ['a date', 'Created: Thu, 01 Jan 2026 00:00:00 +0000', 'Created: <date>'],
    ['an address', 'IP: 10.96.0.1', 'IP: <ip>'],
    ['a resource version', 'resourceVersion: "17"', 'resourceVersion: <rv>'],
    ['a generated name', 'pod/one-x7kq2 created', 'pod/one-<suffix> created'],
    ['an event', 'one.18a1b2c3d4e5f607', 'one.<suffix>'],
    ['an age, in its width', 'one   5s    busybox\ntwo   12s   busybox', 'one   AGE   busybox\ntwo   AGE   busybox'],
    ['an age at the end', 'one   0      5s', 'one   0      AGE'],
  ])('%s', (_, printed, expected) => expect(normalise(printed)).toBe(expected));

  test('a template’s hash, with the widths it makes', () => {
    const printed = 'NAME             READY   AGE\none-7ffd77bf9c   1       5s';
    expect(normalise(printed, { hasTemplateHash: true })).toBe('NAME  READY  AGE\none-<hash>  1  AGE');
  });
});

describe('all else stays', () => {
  test.each([
    ['widths of columns', 'NAME   DATA   AGE'],
    ['an amount that looks like an age', 'cpu   -   500m   -'],
    ['a revision of a set, whose hash is the same everywhere', 'one-7ffd77bf9c'],
    ['a version', 'v1.36.3'],
    ['a generation', 'generation: 3'],
  ])('%s', (_, printed) => expect(normalise(printed)).toBe(printed));
});
