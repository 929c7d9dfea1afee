import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveBoard } from '../../lib/board/derive';
import { World } from '../../lib/board/testing';
import { KubernetesClient } from '../kubernetes/client';
import { FakeApiServer, type FakeRequest } from '../kubernetes/fakeApiServer';
import { ObjectPaths } from '../kubernetes/objectPaths';
import { Gate } from '../policy/origin';
import { loopbackPolicy } from '../policy/policy';
import { createApi } from './api';

describe('the API', () => {
  let cluster: FakeApiServer;
  let http: Server;
  let base: string;

  beforeEach(async () => {
    cluster = await FakeApiServer.start();
    const client = new KubernetesClient(cluster.access);
    const board = deriveBoard(new World().snapshot());
    const moment = { position: { epoch: 'e', version: 7 }, at: 42, board };
    const api = createApi(
      {
        client,
        paths: new ObjectPaths(client),
        boards: {
          now: () => moment,
          moment: (_namespace, { version }) => Promise.resolve(version === 6 ? moment : undefined),
          history: () => Promise.resolve([{ epoch: 'e', version: 7, at: 42, board, steps: [] }]),
          ready: () => Promise.resolve(),
        },
        now: () => Date.parse('2026-01-01T10:00:00.123Z'),
        wrote: () => undefined,
        contexts: () => Promise.resolve({ current: cluster.access.current, practice: false, contexts: [] }),
        namespaces: () => ({ defaultNamespace: 'default', namespaces: [] }),
      },
      loopbackPolicy,
      new Gate([]),
    );
    http = createServer((request, response) => void api(request, response, new URL(request.url ?? '/', 'http://x')));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await cluster.stop();
  });

  async function bodyOf({ request }: FakeRequest): Promise<unknown> {
    let text = '';
    for await (const part of request) text += String(part);
    return JSON.parse(text);
  }

  const json = { 'Content-Type': 'application/json' };

  it('scales through the scale sub-resource, and writes nothing but the replicas', async () => {
    const answer = fetch(`${base}/api/namespaces/lab/statefulsets/web/scale`, {
      method: 'POST',
      headers: json,
      body: '{"replicas":3,"other":1}',
    });
    const request = await cluster.next();
    expect(request.request.method).toBe('PATCH');
    expect(request.url.pathname).toBe('/apis/apps/v1/namespaces/lab/statefulsets/web/scale');
    expect(request.request.headers['content-type']).toBe('application/merge-patch+json');
    expect(await bodyOf(request)).toEqual({ spec: { replicas: 3 } });
    request.answer(200, {});
    expect((await answer).status).toBe(202);
  });

  it('gives the past of a board to who comes late, compressed', async () => {
    const answer = await fetch(`${base}/api/boards/lab/history`);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.json()).toMatchObject({ namespace: 'lab', stretches: [{ epoch: 'e', version: 7, steps: [] }] });
  });

  const ask = (path: string, body: object) =>
    fetch(`${base}/api/namespaces/lab/statefulsets/web/${path}`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(body),
    });
  const set = {
    metadata: { uid: 'the-set', generation: 1 },
    spec: { template: { spec: { containers: [{ name: 'nginx' }] } } },
  };

  async function patched(answer: Promise<Response>): Promise<unknown> {
    const request = await cluster.next();
    expect(request.request.method).toBe('PATCH');
    expect(request.url.pathname).toBe('/apis/apps/v1/namespaces/lab/statefulsets/web');
    expect(request.request.headers['content-type']).toBe('application/strategic-merge-patch+json');
    const body = await bodyOf(request);
    request.answer(200, { ...set, metadata: { ...set.metadata, generation: 2 } });
    expect((await answer).status).toBe(202);
    return body;
  }

  it('sets the image of a container that is there, by its name', async () => {
    const answer = ask('image', { container: 'nginx', image: 'nginx:2' });
    (await cluster.next()).answer(200, set);
    expect(await patched(answer)).toEqual({
      spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:2' }] } } },
    });
  });

  it('makes no container of a name that is not there', async () => {
    const answer = ask('image', { container: 'ngnix', image: 'nginx:2' });
    (await cluster.next()).answer(200, set);
    expect((await answer).status).toBe(404);
    expect(await (await answer).json()).toMatchObject({ message: 'unable to find container named "ngnix"' });
  });

  it('restarts by the annotation that kubectl writes', async () => {
    expect(await patched(ask('restart', {}))).toEqual({
      spec: {
        template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T10:00:00Z' } } },
      },
    });
  });

  it('sets the strategy, and takes the partition out with OnDelete', async () => {
    expect(await patched(ask('strategy', { type: 'RollingUpdate', partition: 2 }))).toEqual({
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
    });
    expect(await patched(ask('strategy', { type: 'OnDelete' }))).toEqual({
      spec: { updateStrategy: { type: 'OnDelete', rollingUpdate: null } },
    });
  });

  describe('a rollback', () => {
    const data = (image: string) => ({ spec: { template: { $patch: 'replace', spec: { containers: [{ image }] } } } });
    const revision = (number: number, owner: string) => ({
      metadata: { ownerReferences: [{ uid: owner, controller: true }] },
      data: data(`${owner}:${number}`),
      revision: number,
    });
    const items = [revision(1, 'another'), revision(1, 'the-set'), revision(2, 'the-set')];

    it("patches the set with what this very set's revision holds", async () => {
      const answer = ask('undo', { revision: 1 });
      (await cluster.next()).answer(200, set);
      (await cluster.next()).answer(200, { items });
      expect(await patched(answer)).toEqual(data('the-set:1'));
      expect(await (await answer).json()).toEqual({
        objects: [{ object: 'statefulset.apps/web', outcome: 'configured' }],
      });
    });

    it('says that a revision is not remembered', async () => {
      const answer = ask('undo', { revision: 7 });
      (await cluster.next()).answer(200, set);
      (await cluster.next()).answer(200, { items });
      expect(await (await answer).json()).toMatchObject({
        kind: 'notFound',
        message: 'unable to find specified revision 7 in history',
      });
    });
  });

  it('scales a Deployment in the same way', async () => {
    const path = '/namespaces/lab/deployments/web-deploy/scale';
    const answer = fetch(`${base}/api${path}`, { method: 'POST', headers: json, body: '{"replicas":0}' });
    const request = await cluster.next();
    expect(request.url.pathname).toBe(`/apis/apps/v1${path}`);
    request.answer(200, {});
    expect(await (await answer).json()).toEqual({
      objects: [{ object: 'deployment.apps/web-deploy', outcome: 'scaled' }],
    });
  });

  it('restarts a Deployment by the annotation that kubectl uses', async () => {
    const path = '/namespaces/lab/deployments/web-deploy';
    const answer = fetch(`${base}/api${path}/restart`, { method: 'POST', headers: json, body: '{}' });
    const request = await cluster.next();
    expect(request.url.pathname).toBe(`/apis/apps/v1${path}`);
    expect(JSON.stringify(await bodyOf(request))).toContain('kubectl.kubernetes.io/restartedAt');
    request.answer(200, {});
    expect((await answer).status).toBe(202);
  });

  it.each([
    ['background', 'Background'],
    ['orphan', 'Orphan'],
  ])('deletes a Deployment, cascade %s', async (cascade, propagationPolicy) => {
    const path = `${base}/api/namespaces/lab/deployments/web?cascade=${cascade}`;
    const answer = fetch(path, { method: 'DELETE' });
    const request = await cluster.next();
    expect(await bodyOf(request)).toMatchObject({ propagationPolicy });
    request.answer(200, {});
    expect((await answer).status).toBe(202);
  });

  it.each([
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'notFound'],
    [409, 'Conflict', 'conflict'],
    [422, 'Invalid', 'rejected'],
  ])('passes a %i on with its own words', async (code, reason, kind) => {
    const answer = fetch(`${base}/api/namespaces/lab/pods/web-0`, { method: 'DELETE' });
    (await cluster.next()).status(code, reason, 'the words of the cluster');
    const response = await answer;
    expect(response.status).toBe(code);
    expect(await response.json()).toEqual({ kind, message: 'the words of the cluster', reason, code });
  });

  it('says that the cluster does not answer', async () => {
    const answer = fetch(`${base}/api/persistentvolumes/pv-1`, { method: 'DELETE' });
    (await cluster.next()).reset();
    const response = await answer;
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ kind: 'unreachable' });
  });

  it('frees a Released volume of the very claim that it was seen with', async () => {
    const answer = fetch(`${base}/api/persistentvolumes/pv-1/claimRef`, { method: 'DELETE' });
    (await cluster.next()).answer(200, { spec: { claimRef: { uid: 'gone' } }, status: { phase: 'Released' } });
    const patch = await cluster.next();
    expect(patch.request.headers['content-type']).toBe('application/json-patch+json');
    expect(await bodyOf(patch)).toEqual([
      { op: 'test', path: '/spec/claimRef/uid', value: 'gone' },
      { op: 'remove', path: '/spec/claimRef' },
    ]);
    patch.answer(200, {});
    expect((await answer).status).toBe(202);
  });

  it('frees no volume that is bound: its claim would be lost', async () => {
    const answer = fetch(`${base}/api/persistentvolumes/pv-1/claimRef`, { method: 'DELETE' });
    (await cluster.next()).answer(200, { spec: { claimRef: { uid: 'here' } }, status: { phase: 'Bound' } });
    const response = await answer;
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ kind: 'conflict', message: expect.stringContaining('is Bound') });
  });

  it('deletes the pods that a set controls, each by its uid', async () => {
    const answer = fetch(`${base}/api/namespaces/lab/pods?set=web`, { method: 'DELETE' });
    (await cluster.next()).answer(200, { metadata: { uid: 'the-set' } });
    const pod = (name: string, owner: string) => ({
      metadata: { name, uid: `uid-${name}`, ownerReferences: [{ uid: owner, controller: true }] },
    });
    (await cluster.next()).answer(200, {
      items: [pod('web-0', 'the-set'), pod('web-9', 'another'), pod('web-1', 'the-set')],
    });
    const first = await cluster.next();
    expect(first.url.pathname).toBe('/api/v1/namespaces/lab/pods/web-0');
    expect(await bodyOf(first)).toMatchObject({ preconditions: { uid: 'uid-web-0' } });
    first.answer(200, {});
    // The controller was quicker: its new pod must stay, and that is no failure.
    (await cluster.next()).status(409, 'Conflict', 'Precondition failed: UID in precondition');
    expect(await (await answer).json()).toEqual({
      objects: [
        { object: 'pod/web-0', outcome: 'deleted' },
        { object: 'pod/web-1', outcome: 'deleted' },
      ],
    });
  });

  it('applies each document on the server side, and says what came of it', async () => {
    const yaml = 'apiVersion: v1\nkind: Service\nmetadata: {name: nginx}\nspec: {futureField: 1}\n';
    const answer = fetch(`${base}/api/namespaces/lab/apply`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/yaml' },
      body: yaml,
    });
    (await cluster.next()).answer(200, { resources: [{ name: 'services', kind: 'Service', namespaced: true }] });
    (await cluster.next()).status(404, 'NotFound', 'services "nginx" not found');
    const request = await cluster.next();
    expect(request.url.pathname).toBe('/api/v1/namespaces/lab/services/nginx');
    expect(Object.fromEntries(request.url.searchParams)).toMatchObject({ fieldManager: 'ordinal', force: 'false' });
    expect(request.request.headers['content-type']).toBe('application/apply-patch+yaml');
    expect(await bodyOf(request)).toMatchObject({ spec: { futureField: 1 } });
    request.answer(201, { metadata: { resourceVersion: '9' } }, { Warning: '299 - "mind the gap"' });
    expect(await (await answer).json()).toEqual({
      objects: [{ object: 'service/nginx', outcome: 'created' }],
      warnings: ['mind the gap'],
    });
  });

  it('gives the board with its version, and a past one', async () => {
    const now = await fetch(`${base}/api/boards/default`);
    expect(now.headers.get('ordinal-version')).toBe('e.7');
    expect(await now.json()).toMatchObject({ namespace: 'default', exists: true });
    expect((await fetch(`${base}/api/boards/default?at=e.6`)).status).toBe(200);
    expect((await fetch(`${base}/api/boards/default?at=e.1`)).status).toBe(404);
    expect(await (await fetch(`${base}/api/boards/default`, { method: 'HEAD' })).text()).toBe('');
  });

  it.each([
    ['POST', '/api/namespaces/lab/statefulsets/web/scale', { ...json }, '{"replicas":', 400],
    ['POST', '/api/namespaces/lab/statefulsets/web/scale', { ...json }, '{"replicas":1e9}', 400],
    ['POST', '/api/namespaces/lab/statefulsets/web/image', { ...json }, '{"image":"a b"}', 400],
    ['POST', '/api/namespaces/lab/statefulsets/web/strategy', { ...json }, '{"type":"Recreate"}', 400],
    ['POST', '/api/namespaces/lab/statefulsets/web/undo', { ...json }, '{"revision":0}', 400],
    [
      'POST',
      '/api/namespaces/lab/statefulsets/web/scale',
      { ...json },
      `{"replicas":1,"x":"${'x'.repeat(2000)}"}`,
      413,
    ],
    ['POST', '/api/namespaces/lab/apply', { 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'same-origin' }, 'a', 415],
    ['POST', '/api/namespaces/lab/apply', { 'Content-Type': 'application/yaml' }, 'a: [', 400],
    ['DELETE', '/api/namespaces/lab/pods', {}, undefined, 400],
    ['DELETE', '/api/namespaces/..%2Fx/pods/a', {}, undefined, 400],
    ['DELETE', '/api/namespaces/kube-system', {}, undefined, 403],
    ['DELETE', '/api/namespaces/lab/pods/web-0', { Origin: 'http://evil.example' }, undefined, 403],
    ['PUT', '/api/contexts', {}, undefined, 405],
    ['OPTIONS', '/api/contexts', {}, undefined, 204],
    ['GET', '/api/nothing', {}, undefined, 404],
    ['GET', '/api/boards/%zz', {}, undefined, 404],
    ['PUT', '/api/namespaces/lab/pods/web-0/files?path=relative', {}, 'x', 400],
  ])('answers %s %s by itself, asking the cluster for nothing', async (method, path, headers, body, status) => {
    const response = await fetch(`${base}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    expect(response.status).toBe(status);
    if (status >= 400) expect(await response.json()).toMatchObject({ message: expect.stringMatching(/\S/) });
  });
});
