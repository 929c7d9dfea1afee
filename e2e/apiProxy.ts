import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Kubeconfig {
  clusters: {
    cluster: { server: string; 'certificate-authority-data'?: string; 'insecure-skip-tls-verify'?: boolean };
  }[];
}

export interface ApiProxy {
  /** As the cluster's own, but for the address. */
  kubeconfig: string;
  /** The bytes of the watches that are open now go no further, and their connections stay open. New ones work. */
  silenceOpenWatches(): void;
  /** The same for every watch, also for those to come, until `pass`. Everything else passes. */
  silenceWatches(): void;
  /** Ends the watches that are open in the middle; new ones work. */
  cutWatches(): void;
  /** Cuts the watches of a kind; those to come, and their lists, are answered with this status until `pass`. */
  refuse(kind: string, code: 401 | 403): void;
  /** Requests arrive and are never answered, as on a network that drops everything, until `pass`. */
  swallow(): void;
  /** Nobody listens any more; `listen` comes back at the same port. */
  close(): Promise<void>;
  listen(): Promise<void>;
  pass(): void;
}

interface OpenWatch {
  path: string;
  response: ServerResponse;
  isSilent: boolean;
}

/**
 * Stands on the network between a dashboard and its cluster's API, and fails as networks and proxies do. The dashboard speaks
 * plain HTTP to it, so that it can tell a watch's bytes from the others'.
 */
export async function startApiProxy(clusterKubeconfig: string, directory: string): Promise<ApiProxy> {
  const config = parse(readFileSync(clusterKubeconfig, 'utf8')) as Kubeconfig;
  const [cluster] = config.clusters.map((entry) => entry.cluster);
  if (!cluster) throw new Error(`${clusterKubeconfig} names no cluster`);
  const { server: upstream, 'certificate-authority-data': ca = '' } = cluster;
  const tls = { ca: Buffer.from(ca, 'base64') };
  const watches = new Set<OpenWatch>();
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  let areWatchesSilent = false;
  let refused: { kind: string; code: number } | undefined;

  const http = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', upstream);
    if (isSwallowing) return;
    if (refused && url.pathname.split('/').includes(refused.kind)) return refuse(response, refused);
    const isWatch = url.searchParams.get('watch') === 'true';
    const watch: OpenWatch | undefined = isWatch
      ? { path: url.pathname, response, isSilent: areWatchesSilent }
      : undefined;
    if (watch) watches.add(watch);
    const call = request(url, { ...tls, method: incoming.method, headers: headersOf(incoming) }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.on('data', (bytes: Buffer) => {
        if (!watch?.isSilent) response.write(bytes);
      });
      answer.on('end', () => response.end());
      answer.on('error', () => response.destroy());
    });
    call.on('error', () => response.destroy());
    response.on('close', () => {
      if (watch) watches.delete(watch);
      call.destroy();
    });
    incoming.pipe(call);
  });
  http.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  http.on('upgrade', (incoming, socket) => tunnel(incoming, socket as Socket, upstream, tls));

  const listen = (port: number) => new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const cut = (isMeant: (watch: OpenWatch) => boolean) => {
    for (const watch of watches) if (isMeant(watch)) watch.response.socket?.resetAndDestroy();
  };
  const silence = () => {
    for (const watch of watches) watch.isSilent = true;
  };
  await listen(0);
  const { port } = http.address() as AddressInfo;
  cluster.server = `http://127.0.0.1:${port}`;
  // Without this no client library speaks plain HTTP.
  cluster['insecure-skip-tls-verify'] = true;
  delete cluster['certificate-authority-data'];
  const kubeconfig = join(directory, 'proxied-kubeconfig');
  writeFileSync(kubeconfig, stringify(config), { mode: 0o600 });

  return {
    kubeconfig,
    silenceOpenWatches: silence,
    silenceWatches() {
      areWatchesSilent = true;
      silence();
    },
    cutWatches: () => cut(() => true),
    refuse(kind, code) {
      refused = { kind, code };
      cut((watch) => watch.path.endsWith(`/${kind}`));
    },
    swallow: () => void (isSwallowing = true),
    async close() {
      const closed = new Promise((resolve) => http.close(resolve));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
    listen: () => listen(port),
    pass() {
      [isSwallowing, areWatchesSilent, refused] = [false, false, undefined];
      for (const watch of watches) watch.isSilent = false;
    },
  };
}

function headersOf(incoming: IncomingMessage): IncomingMessage['headers'] {
  const { host: _host, connection: _connection, ...headers } = incoming.headers;
  return headers;
}

function refuse(response: ServerResponse, { kind, code }: { kind: string; code: number }): void {
  const [reason, message] =
    code === 401
      ? ['Unauthorized', 'Unauthorized']
      : ['Forbidden', `${kind} is forbidden: User "ana" cannot watch them`];
  response.writeHead(code, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }));
}

/** A port-forward: after the handshake, bytes both ways. */
function tunnel(incoming: IncomingMessage, socket: Socket, upstream: string, tls: { ca: Buffer }): void {
  const call = request(new URL(incoming.url ?? '/', upstream), { ...tls, headers: incoming.headers });
  const end = () => socket.destroy();
  call.on('upgrade', (answer, far, head) => {
    const lines = answer.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    socket.write(head);
    far.on('error', end).on('close', end);
    socket.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.pipe(socket).pipe(far);
  });
  call.on('response', end);
  call.on('error', end);
  call.end();
}
