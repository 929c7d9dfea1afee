import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { StatusError } from '../../status';

/** `NAME`, `NAME:PORT` or `SCHEME:NAME:PORT` in a proxy path. */
export function parseProxyName(id: string): { scheme: string; name: string; port: string } {
  const parts = id.split(':');
  if (parts.length === 1) return { scheme: '', name: parts[0] ?? '', port: '' };
  if (parts.length === 2) return { scheme: '', name: parts[0] ?? '', port: parts[1] ?? '' };
  if (parts.length === 3 && (parts[0] === '' || parts[0] === 'http' || parts[0] === 'https')) {
    return { scheme: parts[0], name: parts[1] ?? '', port: parts[2] ?? '' };
  }
  throw new StatusError(400, 'BadRequest', `invalid proxy request ${JSON.stringify(id)}`);
}

/** A page at the root has its links below it: who asks for it without a slash is sent there (proxyRedirectsforRootPath). */
export function redirectsToFolder(path: string, request: IncomingMessage, response: ServerResponse): boolean {
  if (path !== '' || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const [folder = '', query] = (request.url ?? '').split('?');
  response.writeHead(301, { Location: `${folder}/${query ? `?${query}` : ''}` }).end();
  return true;
}

/** Headers that speak of one connection only, or of who asked the API server. */
const ours = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'authorization',
  'host',
]);

/**
 * Passes a request on to a port of a pod and its answer back, as the API server's proxy does (k8s.io/apimachinery/pkg/util/proxy):
 * the token stays here, X-Forwarded-Uri says where the request came in, and absolute links of HTML pages are left alone
 * (upstream rewrites them).
 */
export function serveProxy(
  request: IncomingMessage,
  response: ServerResponse,
  target: { path: string; host: string; forwardedUri: string },
  connect: () => Promise<Duplex>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      if (response.headersSent) {
        response.destroy();
        return resolve();
      }
      const message = `error trying to reach service: ${error.message}`;
      reject(new StatusError(503, 'ServiceUnavailable', message));
    };
    connect().then((socket) => {
      const upstream = httpRequest({
        createConnection: () => socket,
        method: request.method,
        path: target.path,
        headers: {
          ...passedOn(request.headers),
          host: target.host,
          'x-forwarded-uri': target.forwardedUri,
          connection: 'close',
        },
      });
      upstream.on('error', fail);
      upstream.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers));
        answer.pipe(response);
        response.on('close', resolve);
      });
      response.on('close', () => socket.destroy());
      request.pipe(upstream);
    }, fail);
  });
}

function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.has(name)));
}
