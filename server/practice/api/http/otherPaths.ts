import type { IncomingMessage, ServerResponse } from 'node:http';
import type { User } from '../access/user';
import { authorize } from '../authorize';
import type { Core } from '../core';
import { jsonType } from '../decode/body';
import type { Metrics } from './metrics';
import { checkTimeout } from './parameters';
import { sendText } from './respond';

/** A path outside the resources, such as discovery and OpenAPI: undefined when it is another's. */
export type ExtraRoute = (path: string, accept: string) => ExtraDocument | undefined;

export interface ExtraDocument {
  status: number;
  contentType: string;
  body: string | Uint8Array;
  etag?: string;
}

export interface OtherRequest {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  query: URLSearchParams;
  user: User;
}

/** What the practice cluster says it is. */
export const version = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const healthPaths = new Set(['/healthz', '/livez', '/readyz']);

/** /version, /metrics, the health checks, and what `extraRoutes` add; else a plain 404. */
export async function serveOther(
  { core, extraRoutes, metrics }: { core: Core; extraRoutes?: ExtraRoute[]; metrics: Metrics },
  { request, response, path, query, user }: OtherRequest,
): Promise<void> {
  const reply = { request, response, warnings: [] };
  authorize(core, user, { verb: (request.method ?? 'GET').toLowerCase(), path });
  checkTimeout(query);
  const text = 'text/plain; charset=utf-8';
  if (healthPaths.has(path) || /^\/(?:healthz|livez|readyz)\/[a-z-]+$/.test(path))
    return sendText(reply, 200, text, query.has('verbose') ? verboseHealth(path) : 'ok');
  if (path === '/version' || path === '/version/')
    return sendText(reply, 200, jsonType, `${JSON.stringify(version, null, 2)}\n`);
  if (path === '/metrics')
    return sendText(reply, 200, 'text/plain; version=0.0.4; charset=utf-8', metrics.text(objectCounts(core)));
  for (const route of extraRoutes ?? []) {
    const answer = route(path, request.headers.accept ?? '');
    if (!answer) continue;
    response.setHeader('Vary', 'Accept');
    if (answer.etag) response.setHeader('ETag', answer.etag);
    if (answer.etag && request.headers['if-none-match'] === answer.etag) return void response.writeHead(304).end();
    const body = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body);
    return sendText(reply, answer.status, answer.contentType, body);
  }
  sendText(reply, 404, text, '404 page not found\n');
}

function verboseHealth(path: string): string {
  return `[+]ping ok\n[+]log ok\n[+]etcd ok\n${path.slice(1)} check passed\n`;
}

function* objectCounts(core: Core): Generator<[string, number]> {
  const seen = new Set<string>();
  for (const kind of core.registry.kinds) {
    if (seen.has(kind.plural)) continue;
    seen.add(kind.plural);
    yield [kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`, core.storage.count(kind.plural)];
  }
}
