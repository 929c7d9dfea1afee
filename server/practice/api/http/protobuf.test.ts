import { afterEach, describe, expect, it } from 'vitest';
import { createProtobufCodec } from '../protobuf/codec';
import { Reader } from '../protobuf/wire';
import { schemaForTests } from '../schema/testSchema';
import { testServer } from '../testing';
import { negotiate } from './accept';

type Server = Awaited<ReturnType<typeof testServer>>;
let server: Server;
afterEach(() => server.close());

const schema = schemaForTests();
const codec = createProtobufCodec(schema);
const start = async () => (server = await testServer({ schema, codec }));

const protobuf = 'application/vnd.kubernetes.protobuf';
const meta = 'k8s.io.apimachinery.pkg.apis.meta.v1';
const config = 'k8s.io.api.core.v1.ConfigMap';
const maps = '/api/v1/namespaces/default/configmaps';
const greeting = { metadata: { name: 'greeting' }, data: { hello: 'world' } };

async function bytes(path: string, accept: string) {
  const response = await fetch(server.url + path, { headers: { accept } });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

describe('answers in protobuf', () => {
  it('are what JSON says of the same object and list', async () => {
    const { ask } = await start();
    await ask('POST', maps, greeting);
    await ask('POST', maps, { ...greeting, metadata: { name: 'other' } });
    const one = await bytes(`${maps}/greeting`, protobuf);
    expect(one).toMatchObject({ status: 200, type: protobuf });
    expect(codec.decode(one.body, config)).toEqual((await ask('GET', `${maps}/greeting`)).json);
    const list = await bytes(`${maps}?limit=1`, protobuf);
    const read = codec.decode(list.body, `${config}List`);
    const { json } = await ask('GET', `${maps}?limit=1`);
    expect(read).toEqual({ ...json, metadata: { ...Object(json.metadata), remainingItemCount: 1 } });
  });

  it('say no in protobuf too', async () => {
    await start();
    const none = await bytes(`${maps}/none`, protobuf);
    expect(none).toMatchObject({ status: 404, type: protobuf });
    expect(codec.decode(none.body, `${meta}.Status`)).toMatchObject({
      kind: 'Status',
      reason: 'NotFound',
      code: 404,
      message: 'configmaps "none" not found',
    });
  });

  it('can be of the metadata alone, the v1beta1 list of it with its members the other way round', async () => {
    const { ask } = await start();
    await ask('POST', maps, greeting);
    const as = (kind: string, version: string) => `${protobuf};as=${kind};g=meta.k8s.io;v=${version}`;
    const one = await bytes(`${maps}/greeting`, as('PartialObjectMetadata', 'v1'));
    const partial = codec.decode(one.body, `${meta}.PartialObjectMetadata`);
    expect(partial).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'greeting' } });
    const list = await bytes(maps, as('PartialObjectMetadataList', 'v1'));
    expect(codec.decode(list.body, `${meta}.PartialObjectMetadataList`)).toMatchObject({
      apiVersion: 'meta.k8s.io/v1',
      items: [{ metadata: { name: 'greeting' } }],
    });
    const old = await bytes(maps, as('PartialObjectMetadataList', 'v1beta1'));
    expect(old.body.length).toBe(list.body.length + 'beta1'.length);
    expect((await bytes(maps, as('PartialObjectMetadata', 'v1'))).status).toBe(406);
  });

  it('are never tables', async () => {
    await start();
    const table = ';as=Table;v=v1;g=meta.k8s.io';
    expect((await bytes(maps, `${protobuf}${table}`)).status).toBe(406);
    expect((await bytes(maps, `${protobuf}${table},application/json${table}`)).type).toBe('application/json');
  });
});

/** The frames of a stream, each a type and the object in its envelope. */
async function* frames(path: string, accept: string, signal: AbortSignal) {
  const response = await fetch(server.url + path, { headers: { accept }, signal });
  expect(response.headers.get('content-type')).toBe(`${protobuf};stream=watch`);
  let rest = Buffer.alloc(0);
  for await (const chunk of response.body ?? []) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const event = new Reader(rest.subarray(4, 4 + rest.readUInt32BE()));
      rest = rest.subarray(4 + rest.readUInt32BE());
      event.tag();
      const type = Buffer.from(event.chunk()).toString();
      event.tag();
      const raw = new Reader(event.chunk());
      raw.tag();
      yield { type, body: raw.chunk() };
    }
  }
}

describe('watches in protobuf', () => {
  it.each([protobuf, `${protobuf};stream=watch`])('are frames, for %s', async (accept) => {
    const { ask, clock } = await start();
    await ask('POST', maps, greeting);
    const stop = new AbortController();
    const events = frames(`${maps}?watch=1&allowWatchBookmarks=true`, accept, stop.signal);
    const next = async () => {
      const { value } = await events.next();
      return { type: value?.type, object: codec.decode(value?.body ?? new Uint8Array(), config) };
    };
    expect(await next()).toEqual({ type: 'ADDED', object: (await ask('GET', `${maps}/greeting`)).json });
    await ask('DELETE', `${maps}/greeting`);
    expect(await next()).toMatchObject({ type: 'DELETED', object: { data: { hello: 'world' } } });
    await clock.advance(60_000);
    expect(await next()).toMatchObject({ type: 'BOOKMARK', object: { kind: 'ConfigMap' } });
    stop.abort();
  });

  it('tell of what went wrong with a Status', async () => {
    const { client, clock } = await start();
    for (const name of ['a', 'b']) await client.create('configmaps', { metadata: { name } }, 'default');
    await clock.advance(400_000);
    await client.create('configmaps', { metadata: { name: 'c' } }, 'default');
    const stop = new AbortController();
    const { value } = await frames(`${maps}?watch=1&resourceVersion=1`, protobuf, stop.signal).next();
    expect(value?.type).toBe('ERROR');
    expect(codec.decode(value?.body ?? new Uint8Array(), `${meta}.Status`)).toMatchObject({
      code: 410,
      reason: 'Expired',
    });
    stop.abort();
  });
});

describe('the Accept header', () => {
  it.each([
    ['application/json, application/vnd.kubernetes.protobuf', 'json'],
    ['application/vnd.kubernetes.protobuf, application/json', 'protobuf'],
    ['application/json;q=0.5, application/vnd.kubernetes.protobuf', 'protobuf'],
    ['application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io, application/yaml', 'yaml'],
    ['*/*', 'json'],
  ])('%s is answered in %s', (accept, format) => expect(negotiate(accept, { codec }).format).toBe(format));

  it('offers no table of what has no columns', () => {
    const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    expect(() => negotiate(table, { hasTables: false })).toThrow(/Not Acceptable/);
    expect(negotiate(`${table},application/json`, { hasTables: false }).as).toBe('Object');
  });

  it('does not offer protobuf where nothing can write it', () => {
    expect(() => negotiate(protobuf)).toThrow(/Not Acceptable/);
    expect(negotiate(`${protobuf},application/json`).format).toBe('json');
  });
});
