import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Session } from '../../containers/runtime';
import type { NodeAgent } from '../../kubelet/nodeAgent';
import { StatusError } from '../../status';
import { channelProtocols, serveChannels } from './channelSocket';
import { logProtocols, serveLogSocket } from './logSocket';
import { logOptions, serveLogs } from './logs';
import { badRequest, containerOf, notOver, onNode } from './podTarget';
import { portForwardProtocol, servePortForward } from './portForward';
import { servePortForwardChannels } from './portForwardSocket';
import { parseProxyName, redirectsToFolder, serveProxy } from './proxy';
import { serviceBackend } from './serviceBackend';
import { serveSpdySession, spdyCommandProtocols, type AskedStreams } from './spdySession';
import { webSocketDuplex } from './webSocketDuplex';

/** A request for one of the sub-resources that are streams, after authentication and authorisation. */
export interface StreamTarget {
  resource: 'pods' | 'services';
  /** log, exec, attach, portforward, proxy */
  subresource: string;
  namespace: string;
  name: string;
  /** What follows `/proxy` in the URL, still escaped; starts with `/` or is empty. */
  path: string;
  query: URLSearchParams;
}

export interface Streams {
  /** log and proxy. Throws `StatusError` before anything has been sent. */
  serve(target: StreamTarget, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** exec, attach and port-forward. Throws `StatusError` before the connection has been upgraded. */
  upgrade(target: StreamTarget, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

const tunnelled = `SPDY/3.1+${portForwardProtocol}`;

export function createStreams({
  client,
  agent,
  clock,
}: {
  client: ApiClient;
  agent: NodeAgent;
  clock: Clock;
}): Streams {
  const podOf = (target: StreamTarget) => client.get('pods', target.name, target.namespace);

  const session = (target: StreamTarget, pod: Pod, asked: AskedStreams): Promise<Session> => {
    const container = containerOf(pod, target.query.get('container'));
    notOver(pod);
    if (target.subresource === 'attach') return agent.attach(onNode(pod), { container, ...asked });
    const argv = target.query.getAll('command');
    if (argv.length === 0) throw badRequest('you must specify at least one command for the container');
    return agent.exec(onNode(pod), { container, argv, stdin: asked.stdin, tty: asked.tty });
  };

  const command = async (target: StreamTarget, request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const asked = askedStreams(target.query);
    // Whatever can be refused is refused here: after the switch of protocols there is no status code any more.
    const started = await session(target, await podOf(target), asked);
    if (isSpdy(request)) {
      return serveSpdySession(switchToSpdy(request, socket, head, spdyCommandProtocols), asked, started, clock);
    }
    const webSocket = await acceptWebSocket(request, socket, head, [...channelProtocols], () => started.close());
    serveChannels(webSocket, started, { stdout: asked.stdout, stderr: asked.stderr && !asked.tty });
  };

  const portForward = async (target: StreamTarget, request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const ref = onNode(await podOf(target));
    const connect = (port: number) => agent.connect(ref, port);
    if (isSpdy(request)) {
      return servePortForward(switchToSpdy(request, socket, head, [portForwardProtocol]), ref.name, connect);
    }
    const ports = target.query.getAll('ports').flatMap((list) => list.split(',').map(Number));
    const webSocket = await acceptWebSocket(request, socket, head, [tunnelled, 'v4.channel.k8s.io']);
    if (webSocket.protocol === tunnelled) {
      servePortForward(webSocketDuplex(webSocket), ref.name, connect);
    } else {
      servePortForwardChannels(webSocket, ports, connect);
    }
  };

  const logSocket = async (target: StreamTarget, request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const pod = await podOf(target);
    const chunks = agent.logs(onNode(pod), logOptions(target.query, containerOf(pod, target.query.get('container'))));
    const webSocket = await acceptWebSocket(request, socket, head, [...logProtocols]);
    await serveLogSocket(chunks[Symbol.asyncIterator](), webSocket);
  };

  const proxy = async (target: StreamTarget, request: IncomingMessage, response: ServerResponse) => {
    if (redirectsToFolder(target.path, request, response)) return;
    const { name, port, scheme } = parseProxyName(target.name);
    const backend =
      target.resource === 'services'
        ? await serviceBackend(client, target.namespace, name, port)
        : await podBackend(client, target.namespace, name, port);
    const query = target.query.size > 0 ? `?${target.query}` : '';
    await serveProxy(
      request,
      response,
      {
        path: `${target.path || '/'}${query}`,
        host: `${backend.address}:${backend.port}`,
        forwardedUri: (request.url ?? '').split('?')[0] ?? '',
      },
      () => {
        if (scheme === 'https')
          throw new StatusError(503, 'ServiceUnavailable', 'error trying to reach service: no TLS in pods');
        return agent.connect(backend.pod, backend.port);
      },
    );
  };

  return {
    async serve(target, request, response) {
      if (target.subresource === 'proxy') return proxy(target, request, response);
      if (target.subresource !== 'log') throw badRequest('Upgrade request required');
      const pod = await podOf(target);
      const options = logOptions(target.query, containerOf(pod, target.query.get('container')));
      if (!pod.spec.nodeName) return void response.writeHead(200, { 'Content-Type': 'text/plain' }).end();
      await serveLogs(agent, onNode(pod), options, response);
    },
    async upgrade(target, request, socket, head) {
      if (target.subresource === 'portforward') return portForward(target, request, socket, head);
      if (target.subresource === 'exec' || target.subresource === 'attach')
        return command(target, request, socket, head);
      if (target.subresource === 'log') return logSocket(target, request, socket, head);
      throw badRequest(`${target.subresource} does not upgrade`);
    },
  };
}

async function podBackend(client: ApiClient, namespace: string, name: string, port: string) {
  const pod = await client.get('pods', name, namespace);
  const named = pod.spec.containers.flatMap((c) => c.ports ?? []).find((p) => p.name === port)?.containerPort;
  const first = pod.spec.containers.flatMap((c) => c.ports ?? [])[0]?.containerPort;
  const number = port === '' ? (first ?? 80) : (named ?? Number(port));
  if (!Number.isInteger(number)) throw badRequest(`no port "${port}" found on pod "${name}"`);
  if (!pod.status.podIP) throw badRequest(`address not allowed`);
  return { pod: onNode(pod), address: pod.status.podIP, port: number };
}

function askedStreams(query: URLSearchParams): AskedStreams {
  const flag = (name: string) => query.get(name) === 'true' || query.get(name) === '1';
  const asked = { stdin: flag('stdin'), stdout: flag('stdout'), stderr: flag('stderr'), tty: flag('tty') };
  if (asked.tty && asked.stderr) throw badRequest('tty and stderr cannot both be true');
  if (!asked.stdin && !asked.stdout && !asked.stderr) {
    throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
  }
  return asked;
}

function isSpdy(request: IncomingMessage): boolean {
  return (request.headers.upgrade ?? '').toLowerCase() === 'spdy/3.1';
}

function offered(request: IncomingMessage): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
}

/** Answers the switch to SPDY with the first of our protocols that the client offers. */
function switchToSpdy(request: IncomingMessage, socket: Duplex, head: Buffer, protocols: string[]): Duplex {
  const header = request.headers['x-stream-protocol-version'] ?? [];
  const wanted = (Array.isArray(header) ? header : [header]).flatMap((value) => value.split(',')).map((v) => v.trim());
  const chosen = protocols.find((protocol) => wanted.includes(protocol));
  if (!chosen)
    throw new StatusError(403, 'Forbidden', `unable to negotiate protocol: client supports ${wanted.join(', ')}`);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${chosen}\r\n\r\n`,
  );
  if (head.length > 0) socket.unshift(head);
  return socket;
}

/**
 * Accepts a WebSocket with the first of `protocols` that the client offers. The `ws` library takes `/` in a protocol's name for
 * an error, so the header is taken away from it and the answer's is written by hand.
 */
function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocols: string[],
  refused: () => void = () => {},
): Promise<WebSocket> {
  const chosen = protocols.find((protocol) => offered(request).includes(protocol));
  // '' among them: a client need not name any.
  if (chosen === undefined) {
    refused();
    throw badRequest(`no supported subprotocol: the client offers ${offered(request).join(', ') || 'none'}`);
  }
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
  if (chosen !== '') server.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${chosen}`));
  const plain = Object.create(request) as IncomingMessage;
  plain.headers = { ...request.headers };
  delete plain.headers['sec-websocket-protocol'];
  return new Promise((resolve) => {
    server.handleUpgrade(plain, socket, head, (webSocket) => {
      Object.defineProperty(webSocket, 'protocol', { value: chosen });
      resolve(webSocket);
    });
  });
}
