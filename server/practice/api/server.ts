import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock';
import type { HttpHandler } from './http/handler';

export interface ApiServerOptions {
  /** Key and certificate, as PEM. */
  tls: Pick<ServerOptions, 'key' | 'cert' | 'ca'>;
  handler: HttpHandler;
  clock: Clock;
}

export interface ApiServer {
  /** Resolves with the port that is listened on; 0 asks for any free one. */
  listen(port: number, host: string): Promise<number>;
  /** Serves a stream that is no socket of this machine's: a pod's way to the API. */
  accept(socket: Duplex): void;
  /** Ends watches, lets answers in the making finish for a moment, then closes what is still open. */
  close(): Promise<void>;
}

/** How long answers in the making, and streams, may still take when the server closes. */
const drainMs = 2_000;

/** Go's own limit. An exec puts its whole command line into the URL, which is far more than the 16 KiB that Node takes by itself. */
const mostHeaderBytes = 1 << 20;

/** HTTP/1.1 over TLS: what kubectl's upgrades need. Long streams are the rule, so nothing is timed out here. */
export function createApiServer({ tls, handler, clock }: ApiServerOptions): ApiServer {
  const server = createServer({
    ...tls,
    ALPNProtocols: ['http/1.1'],
    keepAliveTimeout: 120_000,
    noDelay: true,
    maxHeaderSize: mostHeaderBytes,
  });
  server.requestTimeout = 0;
  server.timeout = 0;
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => handler.handle(request, response));
  server.on('upgrade', (request, socket, head) => handler.upgrade(request, socket, head));
  // What is no TLS, or no HTTP, is not worth more than a closed door.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve(portOf(server.address()));
        });
      }),
    accept: (socket) => void server.emit('connection', socket),
    close: () =>
      new Promise((resolve) => {
        const cut = clock.after(drainMs, () => sockets.forEach((socket) => socket.destroy()));
        server.close(() => {
          cut.cancel();
          resolve();
        });
        handler.endWatches();
        server.closeIdleConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('the server has no port');
}
