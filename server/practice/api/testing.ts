import { createServer } from 'node:http';
import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import { ManualClock } from '../clock';
import { seededIds } from '../ids';
import { createStorage } from '../storage/storage';
import type { Authorizer, User } from './access/user';
import { createApi } from './api';
import type { ProtobufCodec } from './codec';
import { required } from './fieldError';
import { createHttpHandler, type HttpOptions } from './http/handler';
import type { RenderTable } from './http/render';
import type { JsonObject } from './json';
import type { Kind } from './kinds/kind';
import type { Schema } from './schema/schema';

/** For tests of the API's machinery: a few small kinds that show one rule each, and an API over them. */
const basics = { version: 'v1', columns: [{ name: 'Name' }], row: (o: KubernetesObject) => [o.metadata.name ?? ''] };

export const namespaceKind: Kind = {
  ...basics,
  group: '',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  namespaced: false,
  message: 'k8s.io.api.core.v1.Namespace',
  prepareCreate: (draft) =>
    void Object.assign(draft, { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }),
  subresources: { status: true },
};

export const configKind: Kind = {
  ...basics,
  group: '',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  namespaced: true,
  message: 'k8s.io.api.core.v1.ConfigMap',
};

export interface Set extends KubernetesObject {
  spec: { replicas?: number; serviceName?: string; template?: unknown };
  status?: { replicas?: number };
}

const setKindTyped: Kind<Set> = {
  version: 'v1',
  columns: [{ name: 'Name' }],
  row: (o) => [o.metadata.name ?? ''],
  group: 'apps',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  namespaced: true,
  message: 'k8s.io.api.apps.v1.StatefulSet',
  defaults: (draft) => void (draft.spec.replicas ??= 1),
  prepareCreate: (draft) => {
    delete draft.status;
    draft.status = {};
    draft.metadata.generation = 1;
  },
  prepareUpdate: (draft, old) => {
    draft.status = old.status;
    if (JSON.stringify(draft.spec) !== JSON.stringify(old.spec))
      draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validate: (object) => (object.spec.serviceName === undefined ? [required('spec.serviceName')] : []),
  warnings: (object) => (object.spec.serviceName === 'old' ? ['spec.serviceName: old is old'] : []),
  subresources: {
    status: true,
    scale: {
      replicas: (o) => o.spec.replicas ?? 1,
      statusReplicas: (o) => o.status?.replicas ?? 0,
      selector: () => 'app=web',
      withReplicas: (o, replicas) => ({ ...o, spec: { ...o.spec, replicas } }),
    },
  },
};
export const setKind = setKindTyped as unknown as Kind;

export const podKind: Kind = {
  ...basics,
  group: '',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  namespaced: true,
  message: 'k8s.io.api.core.v1.Pod',
  fieldSelectors: { 'spec.nodeName': (o) => String((o as { spec?: { nodeName?: string } }).spec?.nodeName ?? '') },
  prepareCreate: (draft) => void Object.assign(draft, { status: { phase: 'Pending' } }),
  gracePeriod: (_object, asked) => asked ?? 30,
  subresources: { status: true },
};

export const everyone: Authorizer = { authorize: () => ({ allowed: true, reason: '' }), rulesFor: () => [] };
export const admin: User = { name: 'admin', groups: ['system:masters'] };
export const noSchema: Schema = { message: () => undefined };

export const testKinds = [namespaceKind, configKind, setKind, podKind];

/** An API with the namespace `default`, at a clock and with names that repeat. */
export async function testApi(
  options: { authorizer?: Authorizer; schema?: Schema; codec?: ProtobufCodec; kinds?: Kind[]; seed?: number } = {},
) {
  const clock = new ManualClock();
  const storage = createStorage({ clock });
  const api = createApi({
    kinds: options.kinds ?? testKinds,
    schema: options.schema ?? noSchema,
    ...(options.codec ? { codec: options.codec } : {}),
    storage,
    clock,
    ids: seededIds(options.seed ?? 1),
    authorizer: options.authorizer ?? everyone,
  });
  const client = api.client(admin, 'test');
  await client.create('namespaces', { metadata: { name: 'default' } });
  return { api, client, clock, storage };
}

/** An API behind a plain HTTP server, and a client that reads JSON. Close it when the test is over. */
export async function testServer(options: Parameters<typeof testApi>[0] & Partial<HttpOptions> = {}) {
  const made = await testApi(options);
  const handler = createHttpHandler({
    core: made.api.core,
    renderTable: plainTable,
    authenticate: () => admin,
    ...options,
  });
  const server = createServer((request, response) => handler.handle(request, response));
  server.on('upgrade', (request, socket, head) => handler.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(answer) as JsonObject) : {};
    return { status: response.status, headers: response.headers, text: answer, json };
  };
  const close = () => {
    handler.endWatches();
    server.closeAllConnections();
    server.close();
  };
  return { ...made, handler, url, ask, close };
}

/** Name and nothing else, as a table. */
const plainTable: RenderTable = (kind, objects, { now, includeObject }) => ({
  columnDefinitions: kind.columns,
  rows: objects.map((object) => ({
    cells: kind.row(object, { now }),
    object: includeObject === 'None' ? null : object.metadata,
  })),
});

/** The lines of a watch as they come, parsed. */
export async function* watchLines(
  url: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): AsyncGenerator<JsonObject> {
  const response = await fetch(url, { signal, headers });
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as JsonObject;
  }
}
