import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io, type Socket as Client } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, queueLimitBytes, rawSocketOf } from './delivery';
import { encodeFrame } from './encodedFrame';
import { Viewers } from './viewers';

describe('delivery', () => {
  let http: HttpServer;
  let server: Server;
  let client: Client;
  let socket: Socket;

  beforeEach(async () => {
    http = createServer();
    server = new Server(http, { perMessageDeflate: false });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const arrived = new Promise<Socket>((resolve) => server.once('connection', resolve));
    client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    socket = await arrived;
    await new Promise<void>((resolve) => (client.connected ? resolve() : client.once('connect', () => resolve())));
  });

  afterEach(async () => {
    client.disconnect();
    await server.close();
  });

  it('finds the TCP socket below socket.io: an update that hides it makes every frame dearer', () => {
    expect(rawSocketOf(socket)).toBeDefined();
  });

  it.each([5, 125, 126, 65_535, 65_536, 300_000])('frames %i bytes as a real client reads them', async (size) => {
    const text = 'ä'.repeat(size / 2);
    const got = new Promise((resolve) => client.once('patch', resolve));
    expect(deliver(socket, encodeFrame('patch', { text }))).toBe('sent');
    expect(await got).toEqual({ text });
  });

  it('keeps the order with what socket.io itself sends', async () => {
    const got: number[] = [];
    const done = new Promise<void>((resolve) =>
      client.on('n', (n: number) => {
        got.push(n);
        if (got.length === 60) resolve();
      }),
    );
    for (let n = 0; n < 60; n++) {
      if (n % 3 === 0) socket.emit('n', n);
      else deliver(socket, encodeFrame('n', n));
    }
    await done;
    expect(got).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it('lets a viewer that does not read miss frames, and gives it the board once it reads again', async () => {
    const raw = Reflect.get(Reflect.get(client.io.engine.transport, 'ws'), '_socket');
    raw.pause();
    const big = encodeFrame('patch', 'x'.repeat(64 * 1024));
    const viewers = new Viewers(() => encodeFrame('snapshot', 'the board'));
    viewers.add(socket);
    // More than any kernel's buffers hold: what is queued here must stay bounded all the same.
    for (let n = 0; n < 2000; n++) {
      viewers.broadcast(big);
      if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(viewers.skipped).toBeGreaterThan(0);
    expect(rawSocketOf(socket)?.writableLength).toBeLessThan(queueLimitBytes + 2 * big.bytes.length);
    const caughtUp = new Promise((resolve) => client.once('snapshot', resolve));
    raw.resume();
    expect(await caughtUp).toBe('the board');
  });
});
