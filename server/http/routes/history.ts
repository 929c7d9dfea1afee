import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { parseNamespace } from '../../../lib/actions/parse';
import type { HistoryAnswer } from '../../../lib/history/stretch';
import { formatPosition } from '../../../lib/stream/protocol';
import { param, type Deps, type Route } from '../route';

const compress = promisify(gzip);

/** The last answers, by namespace: a class that opens the page together costs one encoding. */
type Encoded = Map<string, { version: string; body: Promise<Buffer> }>;
const encodedOf = new WeakMap<Deps, Encoded>();
const mostEncoded = 8;

/** Always gzip: the steps of half an hour are much alike, and shrink to a tenth. Every client of ours can read it. */
export const historyRoute: Route = {
  method: 'GET',
  path: '/api/boards/:namespace/history',
  intent: 'read',
  async handle(exchange) {
    const { deps, response } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    await deps.boards.ready(namespace);
    const body = await bodyOf(deps, namespace);
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Encoding': 'gzip',
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  },
};

function bodyOf(deps: Deps, namespace: string): Promise<Buffer> {
  const encoded: Encoded = encodedOf.get(deps) ?? new Map();
  encodedOf.set(deps, encoded);
  const version = formatPosition(deps.boards.now(namespace).position);
  const known = encoded.get(namespace);
  if (known?.version === version) return known.body;
  const body = encode(deps, namespace);
  encoded.delete(namespace);
  encoded.set(namespace, { version, body });
  for (const oldest of encoded.keys()) if (encoded.size > mostEncoded) encoded.delete(oldest);
  return body;
}

async function encode(deps: Deps, namespace: string): Promise<Buffer> {
  const answer: HistoryAnswer = { namespace, stretches: [...(await deps.boards.history(namespace))] };
  return compress(JSON.stringify(answer));
}
