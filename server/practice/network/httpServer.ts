import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Listener, PodNetwork } from './network';

/** HTTP servers inside the cluster: Node's own parser and framing over the network's streams, without a host socket. */
export interface SimpleAnswer {
  status: number;
  body: string | Uint8Array;
  type?: string;
}

/** A small server: one whole answer for each request. */
export function serveHttp(
  network: PodNetwork,
  port: number,
  handle: (request: IncomingMessage, peer: { ip: string; port: number }) => SimpleAnswer | Promise<SimpleAnswer>,
): Listener {
  return serveRequests(network, port, async (request, response, peer) => {
    const answer = await handle(request, peer);
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, {
      'Content-Type': answer.type ?? 'text/plain; charset=utf-8',
      'Content-Length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
}

/** A server that writes its answers itself. An error of the handler cuts the connection. */
export function serveRequests(
  network: PodNetwork,
  port: number,
  handle: (
    request: IncomingMessage,
    response: ServerResponse,
    peer: { ip: string; port: number },
  ) => Promise<void> | void,
): Listener {
  const peers = new WeakMap<Duplex, { ip: string; port: number }>();
  const open = new Set<Duplex>();
  const server = requestServer((request, response) => {
    const peer = peers.get(request.socket) ?? { ip: request.socket.remoteAddress ?? '', port: 0 };
    Promise.resolve(handle(request, response, peer)).catch(() => response.destroy());
  });
  const listener = network.listen(port, (socket, peer) => {
    peers.set(socket, peer);
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    server.emit('connection', socket);
  });
  return {
    port: listener.port,
    close() {
      listener.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Without time-outs of Node's own: its timers are the host's, and connections here end with their pod. */
export function requestServer(onRequest: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer({
    keepAliveTimeout: 0,
    requestTimeout: 0,
    headersTimeout: 0,
    connectionsCheckingInterval: 2 ** 31 - 1,
  });
  server.on('request', onRequest);
  // As Go and nginx answer what is no request; who has gone is told nothing.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}
