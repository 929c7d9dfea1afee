import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Review } from '../access/reviews';
import type { Tokens } from '../access/tokens';
import type { User } from '../access/user';
import type { Core } from '../core';
import { asStatusError } from '../errors';
import { outputForError } from './accept';
import { Metrics } from './metrics';
import { serveOther, type ExtraRoute } from './otherPaths';
import type { RenderTable } from './render';
import { ResourceServer } from './resources';
import { sendError } from './respond';
import { parseRoute } from './routes';
import type { Streams } from '../streams/streams';

export interface HttpOptions {
  core: Core;
  renderTable: RenderTable;
  /** Throws the 401 or 403 of a request whose sender is not known, or may not be who it says. */
  authenticate(headers: IncomingHttpHeaders): User;
  /** Discovery and OpenAPI: the first that answers is sent. */
  extraRoutes?: ExtraRoute[];
  reviews?: Review[];
  tokens?: Tokens;
  /** log, exec, attach, port-forward and proxy. */
  streams?: Streams;
}

/** The API over HTTP, without the socket: give both methods to any HTTPS server. */
export interface HttpHandler {
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every watch in good order; what else is being answered goes on. */
  endWatches(): void;
  readonly metrics: Metrics;
}

export function createHttpHandler(options: HttpOptions): HttpHandler {
  return new Handler(options);
}

class Handler implements HttpHandler {
  readonly metrics = new Metrics();
  private readonly resources: ResourceServer;

  constructor(private readonly options: HttpOptions) {
    this.resources = new ResourceServer(options, this.metrics);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Audit-Id', this.options.core.ids.uid());
    response.setHeader('Cache-Control', 'no-cache, private');
    // A client that goes away in the middle is no failure of ours.
    response.on('error', () => response.destroy());
    this.serve(request, response).catch((error: unknown) => {
      const output = outputForError(request, { codec: this.options.core.codec });
      sendError({ request, response, warnings: [] }, asStatusError(error), output);
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    this.serveUpgrade(request, socket, head).catch((error: unknown) => {
      const status = asStatusError(error).toStatus();
      const body = JSON.stringify(status);
      const lines = [
        `HTTP/1.1 ${status.code ?? 500} ${status.reason ?? 'Error'}`,
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
      ];
      if (socket.writable) socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
    });
  }

  endWatches(): void {
    this.resources.endWatches();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = parseUrl(request);
    const user = this.options.authenticate(request.headers);
    const route = parseRoute(path);
    if (route.isResource && (await this.resources.serve({ request, response, route, query, user, warnings: [] })))
      return;
    await serveOther({ ...this.options, metrics: this.metrics }, { request, response, path, query, user });
  }

  private async serveUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { path, query } = parseUrl(request);
    const user = this.options.authenticate(request.headers);
    await this.resources.upgrade({ request, socket, head, route: parseRoute(path), query, user });
  }
}

function parseUrl(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return { path, query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)) };
}
