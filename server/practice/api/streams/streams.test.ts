import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import { ManualClock } from '../../clock';
import type { Session } from '../../containers/runtime';
import type { NodeAgent } from '../../kubelet/nodeAgent';
import type { ExitStatus } from '../../process/program';
import { StatusError } from '../../status';
import { SpdyConnection, type SpdyStream } from './spdyConnection';
import { createStreams, type StreamTarget } from './streams';
import { webSocketDuplex } from './webSocketDuplex';

const pod: Pod = {
  metadata: { name: 'web-0', namespace: 'a', uid: 'u' },
  spec: { nodeName: 'node-1', containers: [{ name: 'nginx', ports: [{ containerPort: 80 }] }] },
  status: { phase: 'Running', podIP: '10.0.0.1' },
};

/** A program that answers its input in capitals and ends with `code` when the input ends. */
function shouting(code: number): Session & { sizes: unknown[] } {
  const waiting: Uint8Array[] = [];
  const sizes: unknown[] = [];
  let wake = () => {};
  let ended = false;
  let exit: (status: ExitStatus) => void = () => {};
  const exited = new Promise<ExitStatus>((resolve) => (exit = resolve));
  return {
    sizes,
    stdin: {
      write: async (bytes) => {
        waiting.push(Buffer.from(Buffer.from(bytes).toString().toUpperCase()));
        wake();
      },
      close: () => {
        ended = true;
        exit({ code });
        wake();
      },
    },
    stdout: {
      read: async () => {
        while (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
        return waiting.shift() ?? null;
      },
      close: () => {},
    },
    stderr: { read: async () => null, close: () => {} },
    exited,
    resize: (size) => sizes.push(size),
    close: () => {},
  };
}

let server: Server | undefined;
afterEach(() => void server?.closeAllConnections());

async function serve(agent: Partial<NodeAgent>, target: Partial<StreamTarget>): Promise<number> {
  const client = {
    get: async (resource: string, name: string) => {
      if (resource === 'pods' && name === 'web-0') return pod;
      throw new StatusError(404, 'NotFound', `${resource} "${name}" not found`);
    },
  } as unknown as ApiClient;
  const streams = createStreams({ client, agent: agent as NodeAgent, clock: new ManualClock() });
  const targetOf = (request: IncomingMessage): StreamTarget => ({
    resource: 'pods',
    subresource: 'exec',
    namespace: 'a',
    name: 'web-0',
    path: '',
    query: new URL(request.url ?? '', 'http://x').searchParams,
    ...target,
  });
  const fail = (error: unknown) =>
    error instanceof StatusError ? error : new StatusError(500, 'InternalError', String(error));
  server = createServer((request, response) => {
    streams.serve(targetOf(request), request, response).catch((error) => {
      response.writeHead(fail(error).code).end(fail(error).message);
    });
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    streams.upgrade(targetOf(request), request, socket, head).catch((error) => {
      socket.end(`HTTP/1.1 ${fail(error).code} No\r\nX-Message: ${fail(error).message}\r\nContent-Length: 0\r\n\r\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const text = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString();

describe('exec over a WebSocket', () => {
  async function exec(protocol: string, code: number) {
    const session = shouting(code);
    const port = await serve({ exec: async () => session }, {});
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?command=cat&stdin=true&stdout=true&stderr=true`, protocol);
    const messages: [number, string][] = [];
    socket.on('message', (data: Buffer) => messages.push([data[0] ?? -1, text(data.subarray(1))]));
    await once(socket, 'open');
    return { session, socket, messages };
  }

  it('carries bytes, sizes, the end of input and the exit code (v5)', async () => {
    const { session, socket, messages } = await exec('v5.channel.k8s.io', 3);
    expect(socket.protocol).toBe('v5.channel.k8s.io');
    socket.send(Buffer.concat([Buffer.from([4]), Buffer.from('{"Width":100,"Height":30}')]));
    socket.send(Buffer.concat([Buffer.from([0]), Buffer.from('hello')]));
    socket.send(Buffer.from([255, 0]));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1000);
    expect(messages[0]).toEqual([1, '']);
    expect(messages[1]).toEqual([1, 'HELLO']);
    expect(messages[2]?.[0]).toBe(3);
    expect(JSON.parse(messages[2]?.[1] ?? '')).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
    expect(session.sizes).toEqual([{ columns: 100, rows: 30 }]);
  });

  it('sends more than the socket holds at once, to the last byte', async () => {
    const { socket, messages } = await exec('v5.channel.k8s.io', 0);
    const many = 'x'.repeat(200_000);
    for (let i = 0; i < 10; i++) socket.send(Buffer.concat([Buffer.from([0]), Buffer.from(many)]));
    socket.send(Buffer.from([255, 0]));
    await once(socket, 'close');
    const length = messages.filter(([channel]) => channel === 1).reduce((sum, [, part]) => sum + part.length, 0);
    expect(length).toBe(2_000_000);
  });

  it('refuses with a status before it upgrades', async () => {
    const port = await serve({}, { name: 'web-9' });
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?command=a&stdout=true`, 'v5.channel.k8s.io');
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(response.statusCode).toBe(404);
    expect(response.headers['x-message']).toBe('pods "web-9" not found');
  });
});

it('exec over SPDY', async () => {
  const session = shouting(0);
  const port = await serve({ exec: async () => session }, {});
  const request = httpRequest({
    port,
    method: 'POST',
    path: '/?command=cat&stdin=true&stdout=true',
    headers: { Connection: 'Upgrade', Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'v4.channel.k8s.io' },
  });
  request.end();
  const [response, socket] = (await once(request, 'upgrade')) as [IncomingMessage, Duplex];
  expect(response.headers['x-stream-protocol-version']).toBe('v4.channel.k8s.io');
  const connection = new SpdyConnection(socket, 'client');
  const [error, stdin, stdout] = (await Promise.all(
    ['error', 'stdin', 'stdout'].map((type) => connection.open(new Map([['streamtype', type]]))),
  )) as [SpdyStream, SpdyStream, SpdyStream];
  const said = collect(stdout);
  const status = collect(error);
  stdin.end('hello');
  expect(await said).toBe('HELLO');
  expect(JSON.parse(await status)).toMatchObject({ status: 'Success' });
});

function collect(stream: Duplex): Promise<string> {
  let all = '';
  stream.on('data', (part: Buffer) => (all += part.toString()));
  return once(stream, 'end').then(() => all);
}

/** A server in a pod that says hello and what it was told. */
function greeting(): Duplex {
  const [inside, outside] = duplexPair();
  inside.on('data', (data: Buffer) => inside.end(`hello ${data.toString()}`));
  return outside;
}

it('forwards ports through a tunnelled SPDY connection', async () => {
  const port = await serve({ connect: async () => greeting() }, { subresource: 'portforward' });
  const headers = { 'Sec-WebSocket-Protocol': 'SPDY/3.1+portforward.k8s.io' };
  const request = httpRequest({
    port,
    headers: {
      ...headers,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    },
  });
  request.end();
  const [response, socket] = (await once(request, 'upgrade')) as [IncomingMessage, Duplex];
  expect(response.headers['sec-websocket-protocol']).toBe('SPDY/3.1+portforward.k8s.io');
  const webSocket = new WebSocket(null as unknown as string, undefined, {}) as WebSocket & {
    setSocket(socket: Duplex, head: Buffer, options: object): void;
  };
  Object.assign(webSocket, { _isServer: false });
  webSocket.setSocket(socket, Buffer.alloc(0), {
    allowSynchronousEvents: true,
    maxPayload: 1 << 26,
    skipUTF8Validation: false,
  });
  const connection = new SpdyConnection(webSocketDuplex(webSocket), 'client');
  const stream = (type: string) =>
    connection.open(
      new Map([
        ['streamtype', type],
        ['port', '80'],
        ['requestid', '1'],
      ]),
    );
  const error = await stream('error');
  const data = await stream('data');
  const problems = collect(error);
  const answer = collect(data);
  data.write('you');
  expect(await answer).toBe('hello you');
  // As kubectl does once the far side is done: drop what was not sent, then wait for the error stream's end.
  data.destroy();
  expect(await problems).toBe('');
});

it.each([
  [[], 'one\ntwo\n'],
  [['binary.k8s.io'], 'one\ntwo\n'],
  [['base64.binary.k8s.io'], 'b25lCg==dHdvCg=='],
])('sends a log over a WebSocket of %j', async (protocols, text) => {
  async function* logs() {
    yield Buffer.from('one\n');
    yield Buffer.from('two\n');
  }
  const port = await serve({ logs }, { subresource: 'log' });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?container=nginx`, protocols);
  const got: Buffer[] = [];
  socket.on('message', (part: Buffer) => got.push(part));
  await once(socket, 'close');
  expect(Buffer.concat(got).toString()).toBe(text);
});

it('forwards ports over WebSocket channels', async () => {
  const port = await serve({ connect: async () => greeting() }, { subresource: 'portforward' });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?ports=53`, 'v4.channel.k8s.io');
  const messages: Buffer[] = [];
  socket.on('message', (data: Buffer) => messages.push(data));
  await once(socket, 'open');
  socket.send(Buffer.concat([Buffer.from([0]), Buffer.from('dns')]));
  await once(socket, 'close');
  expect(messages[0]).toEqual(Buffer.from([0, 53, 0]));
  expect(messages[1]).toEqual(Buffer.from([1, 53, 0]));
  expect(text(Buffer.concat(messages.slice(2).map((m) => m.subarray(1))))).toBe('hello dns');
});

describe('plain HTTP', () => {
  const get = async (port: number, path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') };
  };

  it('sends a log', async () => {
    const asked: unknown[] = [];
    const agent: Partial<NodeAgent> = {
      async *logs(_pod, options) {
        asked.push(options);
        yield Buffer.from('one\n');
        yield Buffer.from('two\n');
      },
    };
    const port = await serve(agent, { subresource: 'log' });
    expect(await get(port, '/?tailLines=2&timestamps=true')).toEqual({
      status: 200,
      text: 'one\ntwo\n',
      type: 'text/plain',
    });
    expect(asked[0]).toMatchObject({ container: 'nginx', tailLines: 2, timestamps: true, follow: false });
  });

  it('says which container is not there', async () => {
    const port = await serve({}, { subresource: 'log' });
    expect(await get(port, '/?container=x')).toMatchObject({
      status: 400,
      text: 'container x is not valid for pod web-0',
    });
  });

  it('proxies to a port of the pod', async () => {
    const inside = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`${request.method} ${request.url} ${request.headers['authorization'] ?? 'no token'}`);
    });
    const connect = async () => {
      const [a, b] = duplexPair();
      inside.emit('connection', a);
      return b;
    };
    const port = await serve({ connect }, { subresource: 'proxy', path: '/x/y' });
    const answer = await fetch(`http://127.0.0.1:${port}/?q=1`, { headers: { Authorization: 'Bearer t' } });
    expect(await answer.text()).toBe('GET /x/y?q=1 no token');
    expect(answer.headers.get('content-type')).toBe('text/html');
  });

  it('sends who asks for the root of a proxy without a slash to the folder', async () => {
    const port = await serve({}, { subresource: 'proxy', path: '' });
    const answer = await fetch(`http://127.0.0.1:${port}/proxy?q=1`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/proxy/?q=1']);
  });
});
