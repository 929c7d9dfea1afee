import type { WebSocket } from 'ws';
import type { Session } from '../../containers/runtime';
import { feed, parseSize, runSession } from './remoteCommand';

/**
 * exec and attach over a WebSocket: the first byte of each message names its channel (k8s.io/apimachinery/pkg/util/remotecommand).
 * v5 adds the closing of one channel; the `base64` forms are text, for browsers.
 */
export const channelProtocols = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
  'v3.channel.k8s.io',
  'v2.channel.k8s.io',
] as const;

const stdin = 0;
const stdout = 1;
const stderr = 2;
const error = 3;
const resize = 4;
const closeChannel = 255;
/** With more than this waiting in the socket, the program's output waits too. */
const highWater = 256 * 1024;

export function serveChannels(socket: WebSocket, session: Session, asked: { stdout: boolean; stderr: boolean }): void {
  const base64 = socket.protocol.includes('base64');
  // Protocols before v4 say only the bare message of a failure on the error channel.
  const structured = /^v[45]\./.test(socket.protocol);
  const send = (channel: number, bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const message = base64
        ? `${channel}${Buffer.from(bytes).toString('base64')}`
        : Buffer.concat([Buffer.from([channel]), bytes]);
      if (socket.readyState !== socket.OPEN) return reject(new Error('the client has gone'));
      // Told always: whether it is needed is known only once the message waits in the socket with the others.
      socket.send(message, (failure) => (failure ? reject(failure) : resolve()));
      if (socket.bufferedAmount <= highWater) resolve();
    });

  // An empty message on the lowest channel tells the client that the stream is up.
  void send(asked.stdout ? stdout : asked.stderr ? stderr : error, new Uint8Array()).catch(() => {});

  let input = Promise.resolve();
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const { channel, bytes } = decode(data, base64 && !isBinary);
    if (channel === stdin) input = input.then(() => feed(session, bytes));
    else if (channel === resize) applySize(session, bytes);
    else if (channel === closeChannel && bytes[0] === stdin) input = input.then(() => session.stdin.close());
  });
  socket.on('close', () => session.close());
  socket.on('error', () => session.close());

  void runSession(session, {
    stdout: (bytes) => (asked.stdout ? send(stdout, bytes) : Promise.resolve()),
    stderr: (bytes) => (asked.stderr ? send(stderr, bytes) : Promise.resolve()),
    finish: async (status) => {
      const text = structured ? JSON.stringify(status) : (status.message ?? '');
      if (structured || text !== '') await send(error, Buffer.from(text));
      socket.close(1000);
    },
  });
}

function decode(data: Buffer, base64: boolean): { channel: number; bytes: Uint8Array } {
  if (!base64) return { channel: data[0] ?? closeChannel, bytes: data.subarray(1) };
  return { channel: (data[0] ?? 0) - 0x30, bytes: Buffer.from(data.toString('latin1', 1), 'base64') };
}

function applySize(session: Session, bytes: Uint8Array): void {
  const size = parseSize(Buffer.from(bytes).toString());
  if (size) session.resize(size);
}
