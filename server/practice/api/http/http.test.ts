import { afterEach, describe, expect, it } from 'vitest';
import { noSchema, testServer, watchLines } from '../testing';

type Server = Awaited<ReturnType<typeof testServer>>;
let server: Server;
afterEach(() => server.close());

const sets = '/apis/apps/v1/namespaces/default/statefulsets';
const maps = '/api/v1/namespaces/default/configmaps';
const web = { metadata: { name: 'web' }, spec: { serviceName: 'nginx', replicas: 3 } };
const start = async (options: Parameters<typeof testServer>[0] = {}) => (server = await testServer(options));

describe('requests for objects', () => {
  it('follows who made an object even where nobody says who it is', async () => {
    const { ask } = await start();
    const { json } = await ask('POST', sets, web, { 'User-Agent': '' });
    expect(json.metadata).toMatchObject({ managedFields: [{ manager: 'unknown', operation: 'Update' }] });
  });

  it('creates, reads, replaces and deletes over HTTP', async () => {
    const { ask } = await start();
    const made = await ask('POST', sets, web);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      kind: 'StatefulSet',
      apiVersion: 'apps/v1',
      metadata: { name: 'web', namespace: 'default' },
    });
    expect((await ask('POST', sets, web)).json).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'statefulsets.apps "web" already exists',
      details: { name: 'web', group: 'apps', kind: 'statefulsets' },
    });
    expect((await ask('PUT', `${sets}/web`, { ...made.json, spec: { serviceName: 'n' } })).status).toBe(200);
    expect((await ask('PUT', `${sets}/web`, made.json)).json).toMatchObject({ code: 409, reason: 'Conflict' });
    expect((await ask('PUT', `${sets}/other`, made.json)).json).toMatchObject({
      code: 400,
      message: 'the name of the object (web) does not match the name on the URL (other)',
    });
    const gone = await ask('DELETE', `${sets}/web`, {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Background',
    });
    expect(gone.json).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'web', group: 'apps', kind: 'statefulsets' },
    });
    expect((await ask('GET', `${sets}/web`)).json).toMatchObject({
      code: 404,
      message: 'statefulsets.apps "web" not found',
    });
  });

  it('says no as upstream does', async () => {
    const { ask } = await start();
    const cases: [string, string, unknown, Record<string, string>, number, string][] = [
      ['POST', '/apis/apps/v1/namespaces/none/statefulsets', web, {}, 404, 'namespaces "none" not found'],
      [
        'POST',
        sets,
        { metadata: { name: 'a' }, spec: {} },
        {},
        422,
        'StatefulSet.apps "a" is invalid: spec.serviceName: Required value',
      ],
      [
        'POST',
        sets,
        { spec: {} },
        {},
        422,
        'StatefulSet.apps "" is invalid: [metadata.name: Required value: name or generateName is required, spec.serviceName: Required value]',
      ],
      [
        'POST',
        sets,
        { ...web, metadata: { name: 'web', resourceVersion: '3' } },
        {},
        500,
        'resourceVersion should not be set on objects to be created',
      ],
      [
        'POST',
        sets,
        { ...web, metadata: { name: 'web', namespace: 'x' } },
        {},
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        'POST',
        sets,
        { ...web, apiVersion: 'v1' },
        {},
        400,
        'StatefulSet in version "v1" cannot be handled as a StatefulSet: no kind "StatefulSet" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
      ],
      [
        'POST',
        sets,
        'x',
        { 'Content-Type': 'text/plain' },
        415,
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      ],
      [
        'GET',
        sets,
        undefined,
        { Accept: 'text/html' },
        406,
        '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      ],
      [
        'GET',
        `${sets}?timeout=soon`,
        undefined,
        {},
        400,
        'invalid timeout specified in the request URL - time: invalid duration "soon"',
      ],
      [
        'GET',
        '/version?timeout=soon',
        undefined,
        {},
        400,
        'invalid timeout specified in the request URL - time: invalid duration "soon"',
      ],
      [
        'GET',
        `${sets}?timeout=3`,
        undefined,
        {},
        400,
        'invalid timeout specified in the request URL - time: missing unit in duration "3"',
      ],
      [
        'GET',
        `${sets}?fieldSelector=spec.x%3D1`,
        undefined,
        {},
        400,
        '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
      ],
      ['GET', '/api/v1/pods?fieldSelector=spec.x%3D1', undefined, {}, 400, 'field label not supported: spec.x'],
      [
        'GET',
        `${sets}?resourceVersion=9999`,
        undefined,
        {},
        504,
        'Timeout: Too large resource version: 9999, current: 1',
      ],
      [
        'GET',
        `${sets}?resourceVersionMatch=Exact`,
        undefined,
        {},
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      ],
      ['PATCH', `${sets}/web`, {}, {}, 415, '415: Unsupported Media Type'],
      ['POST', `${sets}/web`, web, {}, 405, 'the server does not allow this method on the requested resource'],
    ];
    for (const [method, path, body, headers, code, message] of cases) {
      const { json } = await ask(method, path, body, headers);
      expect({ message: json.message, code: json.code }, `${method} ${path}`).toEqual({ message, code });
    }
  });

  it('pages at the first page’s revision, and offers to go on when that is forgotten', async () => {
    const { ask, clock, client } = await start();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await client.create('configmaps', { metadata: { name } }, 'default');
    const first = await ask('GET', `${maps}?limit=2`);
    const metadata = first.json.metadata as { continue: string; resourceVersion: string };
    expect(metadata).toMatchObject({ remainingItemCount: 3, resourceVersion: '6' });
    await client.delete('configmaps', 'c', 'default');
    const names = (json: unknown) =>
      (json as { items: { metadata: { name: string } }[] }).items.map((i) => i.metadata.name);
    const second = await ask('GET', `${maps}?limit=2&continue=${metadata.continue}`);
    expect(names(second.json)).toEqual(['c', 'd']);
    expect((second.json.metadata as { resourceVersion: string }).resourceVersion).toBe('6');
    await clock.advance(400_000);
    await client.create('configmaps', { metadata: { name: 'f' } }, 'default');
    const late = await ask('GET', `${maps}?limit=2&continue=${metadata.continue}`);
    expect(late.json).toMatchObject({ code: 410, reason: 'Expired' });
    const token = (late.json.metadata as { continue: string }).continue;
    expect(names((await ask('GET', `${maps}?limit=9&continue=${token}`)).json)).toEqual(['d', 'e', 'f']);
  });

  it('gives tables, metadata only, YAML, and long lists in pieces', async () => {
    const { ask, client } = await start();
    const long = 'x'.repeat(1000);
    for (let i = 0; i < 400; i++)
      await client.create('configmaps', { metadata: { name: `m${i}` }, data: { long } }, 'default');
    const whole = await ask('GET', maps, undefined, { 'Accept-Encoding': 'gzip' });
    expect(whole.headers.get('content-encoding')).toBe('gzip');
    expect((whole.json.items as unknown[]).length).toBe(400);
    expect((whole.json.items as object[])[0]).not.toHaveProperty('kind');
    const table = await ask('GET', `${maps}?limit=3`, undefined, {
      Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    });
    expect(table.json).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      rows: [{ cells: ['m0'] }, { cells: ['m1'] }, { cells: ['m10'] }],
    });
    const partial = await ask('GET', maps, undefined, {
      Accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    });
    expect((partial.json.items as { kind: string }[])[0]?.kind).toBe('PartialObjectMetadata');
    expect((await ask('GET', `${maps}/m0`, undefined, { Accept: 'application/yaml' })).text).toContain('name: m0');
  });

  it('scales, evicts and binds', async () => {
    const { ask, client } = await start();
    await ask('POST', sets, web);
    expect((await ask('GET', `${sets}/web/scale`)).json).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 3 },
      status: { replicas: 0, selector: 'app=web' },
    });
    const merge = { 'Content-Type': 'application/merge-patch+json' };
    expect((await ask('PATCH', `${sets}/web/scale`, { spec: { replicas: 5 } }, merge)).json).toMatchObject({
      spec: { replicas: 5 },
    });
    expect((await ask('GET', `${sets}/web`)).json).toMatchObject({
      spec: { replicas: 5 },
      metadata: { generation: 2 },
    });
    expect((await ask('PATCH', `${sets}/web/scale`, { spec: { replicas: -1 } }, merge)).json).toMatchObject({
      code: 422,
      message:
        'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    });
    const pods = '/api/v1/namespaces/default/pods';
    await ask('POST', pods, { metadata: { name: 'p' }, spec: { containers: [] } });
    expect((await ask('POST', `${pods}/p/binding`, { target: { kind: 'Node', name: 'n1' } })).json).toMatchObject({
      status: 'Success',
      code: 201,
    });
    expect((await ask('POST', `${pods}/p/binding`, { target: { name: 'n2' } })).json).toMatchObject({
      message: 'Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n1"',
    });
    expect((await ask('POST', `${pods}/p/eviction`, { metadata: { name: 'p' } })).json).toMatchObject({
      status: 'Success',
      code: 201,
    });
    expect((await client.get('pods', 'p', 'default')).metadata.deletionGracePeriodSeconds).toBe(30);
  });

  it('changes nothing in a dry run', async () => {
    const { ask, storage } = await start();
    const before = storage.revision;
    expect((await ask('POST', `${sets}?dryRun=All`, web)).status).toBe(201);
    expect(storage.revision).toBe(before);
    expect((await ask('POST', `${sets}?dryRun=Some`, web)).json).toMatchObject({
      code: 422,
      message: 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    });
  });

  it('sends warnings as headers', async () => {
    const { ask } = await start({ schema: noSchema });
    const made = await ask('POST', sets, { ...web, spec: { serviceName: 'old' } });
    expect(made.headers.get('warning')).toBe('299 - "spec.serviceName: old is old"');
    const twice = await ask('POST', maps, '{"metadata":{"name":"a"},"data":{"k":"1","k":"2"}}');
    expect(twice.headers.get('warning')).toBe('299 - "duplicate field \\"data.k\\""');
    const strict = await ask('POST', `${maps}?fieldValidation=Strict`, '{"metadata":{"name":"b","name":"b"}}');
    expect(strict.json.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "metadata.name"',
    );
  });
});

describe('watches over HTTP', () => {
  async function take(lines: AsyncGenerator<Record<string, unknown>>, count: number) {
    const taken = [];
    for (let i = 0; i < count; i++) {
      const { value } = await lines.next();
      const { type, object } = value as {
        type: string;
        object: { kind: string; metadata: { name?: string; resourceVersion: string; annotations?: object } };
      };
      taken.push([
        type,
        object.metadata.name ?? object.metadata.annotations ?? object.kind,
        object.metadata.resourceVersion,
      ]);
    }
    return taken;
  }

  it('replays, follows, and turns selector edges into ADDED and DELETED', async () => {
    const { url, client } = await start();
    const stop = new AbortController();
    await client.create('configmaps', { metadata: { name: 'a' } }, 'default');
    const all = watchLines(`${url}${maps}?watch=1&resourceVersion=1`, stop.signal);
    const some = watchLines(`${url}${maps}?watch=true&labelSelector=x+in+(1,2)&resourceVersion=1`, stop.signal);
    expect(await take(all, 1)).toEqual([['ADDED', 'a', '2']]);
    await client.patch('configmaps', 'a', 'default', { metadata: { labels: { x: '1' } } });
    await client.patch('configmaps', 'a', 'default', { metadata: { labels: { x: '2' } } });
    await client.patch('configmaps', 'a', 'default', { metadata: { labels: { x: '3' } } });
    await client.delete('configmaps', 'a', 'default');
    expect(await take(all, 4)).toEqual([
      ['MODIFIED', 'a', '3'],
      ['MODIFIED', 'a', '4'],
      ['MODIFIED', 'a', '5'],
      ['DELETED', 'a', '6'],
    ]);
    expect(await take(some, 3)).toEqual([
      ['ADDED', 'a', '3'],
      ['MODIFIED', 'a', '4'],
      ['DELETED', 'a', '5'],
    ]);
    stop.abort();
  });

  it('sends initial events, the bookmark that ends them, and bookmarks with time', async () => {
    const { url, client, clock } = await start();
    const stop = new AbortController();
    await client.create('configmaps', { metadata: { name: 'a' } }, 'default');
    const query =
      'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=90';
    const lines = watchLines(`${url}${maps}?${query}`, stop.signal);
    expect(await take(lines, 2)).toEqual([
      ['ADDED', 'a', '2'],
      ['BOOKMARK', { 'k8s.io/initial-events-end': 'true' }, '2'],
    ]);
    await clock.advance(60_000);
    expect(await take(lines, 1)).toEqual([['BOOKMARK', 'ConfigMap', '2']]);
    await clock.advance(30_000);
    expect(await take(lines, 1)).toEqual([['BOOKMARK', 'ConfigMap', '2']]);
    expect((await lines.next()).done).toBe(true);
    stop.abort();
  });

  it('refuses combinations that mean nothing, and tells of expiry in the stream', async () => {
    const { url, ask, client, clock } = await start();
    expect((await ask('GET', `${maps}?watch=1&sendInitialEvents=true`)).json).toMatchObject({
      code: 422,
      message:
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    });
    for (const name of ['a', 'b']) await client.create('configmaps', { metadata: { name } }, 'default');
    await clock.advance(400_000);
    await client.create('configmaps', { metadata: { name: 'c' } }, 'default');
    const lines = watchLines(`${url}${maps}?watch=1&resourceVersion=1`, new AbortController().signal);
    expect((await lines.next()).value).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (3)' },
    });
    expect((await lines.next()).done).toBe(true);
  });

  it('counts watches under upstream’s name', async () => {
    const { url, ask } = await start();
    const stop = new AbortController();
    const line =
      'apiserver_longrunning_requests{component="apiserver",group="",resource="configmaps",scope="namespace",subresource="",verb="WATCH",version="v1"}';
    const watching = await fetch(`${url}${maps}?watch=1`, { signal: stop.signal });
    expect((await ask('GET', '/metrics')).text).toContain(`${line} 1`);
    server.handler.endWatches();
    await watching.text();
    expect((await ask('GET', '/metrics')).text).toContain(`${line} 0`);
    stop.abort();
  });
});
