import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { seededIds } from '../../ids';
import { isJsonObject } from '../json';
import { kinds } from '../kinds';
import { schemaForTests } from '../schema/testSchema';
import { createProtobufCodec } from './codec';
import { messageNames, openEnvelope } from './envelope';
import { RandomObjects } from './randomObject';
import { durationText } from './special';
import { Reader } from './wire';

const schema = schemaForTests();
const codec = createProtobufCodec(schema);

function messageOf(apiVersion: unknown, kind: unknown): string {
  return messageNames(String(apiVersion), String(kind)).find((name) => schema.message(name)) ?? '';
}

describe('bodies that real clients sent', () => {
  const text = readFileSync(new URL('./fixtures/bodies.json', import.meta.url), 'utf8');
  const bodies: unknown = JSON.parse(text);
  const cases = (Array.isArray(bodies) ? bodies : []).filter(isJsonObject).map(({ body, object }) => {
    const expected = isJsonObject(object) ? object : {};
    return { kind: String(expected.kind), body: Buffer.from(String(body), 'base64'), expected };
  });

  test.each(cases)('$kind', ({ body, expected }) => {
    const message = messageOf(expected.apiVersion, expected.kind);
    expect(codec.decode(body, message)).toEqual(expected);
    expect(codec.decode(codec.encode(expected, message), message)).toEqual(expected);
  });
});

describe('what a real API server answered, byte for byte', () => {
  const text = readFileSync(new URL('./fixtures/answers.json', import.meta.url), 'utf8');
  const recording: unknown = JSON.parse(text);
  const answers = isJsonObject(recording) && Array.isArray(recording.answers) ? recording.answers : [];
  const cases = answers.filter(isJsonObject).map(({ path, object, body }) => {
    return {
      path: String(path),
      object: isJsonObject(object) ? object : {},
      body: Buffer.from(String(body), 'base64'),
    };
  });

  test.each(cases)('$path', ({ object, body }) => {
    const { items, kind, apiVersion, metadata } = object;
    if (!Array.isArray(items)) return expect(codec.encode(object, codec.messageOf(object))).toEqual(body);
    const fields = { metadata: 1, items: 2 };
    const of = codec.messageOf({ apiVersion, kind: String(kind).replace(/List$/, '') });
    const head = { kind: String(kind), apiVersion: String(apiVersion), metadata: Object(metadata) };
    expect(codec.encodeList(head, [codec.encodeItems(items, of, fields)], fields)).toEqual(body);
  });
});

describe('what is written can be read', () => {
  test.each(kinds.map((kind) => kind.message))('%s', (message) => {
    for (let seed = 1; seed <= 8; seed++) {
      const object = new RandomObjects(schema, seededIds(seed)).object(message);
      expect(codec.decode(codec.encode(object, message), message)).toEqual(object);
    }
  });
});

describe('watch frames', () => {
  test('a length, then a bare event around a whole body', () => {
    const pod = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web-0' }, spec: { containers: null }, status: {} };
    const frame = Buffer.from(codec.encodeEvent('ADDED', pod, 'k8s.io.api.core.v1.Pod'));
    expect(frame.readUInt32BE()).toBe(frame.length - 4);
    const event = new Reader(frame.subarray(4));
    expect(event.tag().number).toBe(1);
    expect(Buffer.from(event.chunk()).toString()).toBe('ADDED');
    expect(event.tag().number).toBe(2);
    const raw = new Reader(event.chunk());
    expect(raw.tag().number).toBe(1);
    expect(codec.decode(raw.chunk(), 'k8s.io.api.core.v1.Pod')).toEqual(pod);
  });
});

describe('what is no message', () => {
  const pod = 'k8s.io.api.core.v1.Pod';
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['JSON', Buffer.from('{"kind":"Pod"}')],
    [
      'a cut-off body',
      Buffer.from(codec.encode({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a' } }, pod)).subarray(0, 20),
    ],
    ['an endless number', Buffer.from([0x6b, 0x38, 0x73, 0, ...Array.from({ length: 12 }, () => 0xff)])],
  ])('%s is refused', (_, bytes) => {
    expect(() => codec.decode(bytes, pod)).toThrow();
  });

  test('random bytes never hang or crash the reader', () => {
    const ids = seededIds(7);
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.concat([
        Buffer.from('k8s\0'),
        Buffer.from(ids.hex(2 + 2 * Math.floor(ids.fraction() * 40)), 'hex'),
      ]);
      try {
        codec.decode(bytes, pod);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  });

  test('a key called __proto__ stays a key', () => {
    const map = 'k8s.io.api.core.v1.ConfigMap';
    const data: unknown = JSON.parse('{"__proto__":"x","b":"y"}');
    const read = codec.decode(codec.encode({ metadata: {}, data }, map), map);
    expect(JSON.stringify(read)).toContain('{"__proto__":"x","b":"y"}');
  });
});

describe('parts', () => {
  test.each([
    [0n, '0s'],
    [1_500_000_000n, '1.5s'],
    [90_000_000_000n, '1m30s'],
    [3_600_000_000_000n, '1h0m0s'],
    [500_000_000n, '500ms'],
    [-1_000n, '-1µs'],
    [1n, '1ns'],
  ])('%d nanoseconds are %s', (nanos, text) => expect(durationText(nanos)).toBe(text));

  test('an envelope says what it holds', () => {
    const bytes = codec.encode({ kind: 'Status', apiVersion: 'v1', status: 'Success' }, messageOf('v1', 'Status'));
    expect(openEnvelope(bytes)).toMatchObject({ kind: 'Status', apiVersion: 'v1', contentType: '' });
  });
});
