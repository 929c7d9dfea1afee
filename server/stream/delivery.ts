import { Duplex } from 'node:stream';
import type { Socket } from 'socket.io';
import type { EncodedFrame } from './encodedFrame';

/** More than this waiting for one viewer, and it is slow: it gets no more until it has caught up. */
export const queueLimitBytes = 256 * 1024;
const queueLimitPackets = 64;

export type Outcome = 'sent' | 'full';

/**
 * Writes a frame straight to a viewer's TCP socket when nothing of socket.io's is under way there, which is nearly always;
 * else hands it to socket.io, which keeps the order. A viewer with too much unread is `full`, and nothing is queued for it.
 *
 * The direct way reads a member that `ws` does not document (`_socket`); `delivery.test.ts` fails should an update of
 * socket.io take it away, and this then falls back to the ordinary way by itself.
 */
export function deliver(socket: Socket, frame: EncodedFrame): Outcome {
  const { conn } = socket;
  const raw = idleSocketOf(socket);
  if (raw) {
    if (raw.writableLength > queueLimitBytes) return 'full';
    raw.write(frame.bytes);
    return 'sent';
  }
  const queued = rawSocketOf(socket)?.writableLength ?? 0;
  if (queued > queueLimitBytes || queueLengthOf(conn) > queueLimitPackets) return 'full';
  conn.write(frame.packet, { compress: false });
  return 'sent';
}

/** Calls once when the viewer has read what was queued for it. */
export function onceCaughtUp(socket: Socket, task: () => void): void {
  const raw = rawSocketOf(socket);
  if (raw && raw.writableLength > 0) raw.once('drain', task);
  else socket.conn.once('drain', task);
}

/** Whether frames can be written directly just now: open, on a WebSocket, nothing queued before us. */
function idleSocketOf(socket: Socket): Duplex | undefined {
  const { conn } = socket;
  if (conn.readyState !== 'open' || conn.transport.name !== 'websocket') return undefined;
  if (!conn.transport.writable || queueLengthOf(conn) > 0) return undefined;
  return rawSocketOf(socket);
}

export function rawSocketOf(socket: Socket): Duplex | undefined {
  const webSocket: unknown = Reflect.get(socket.conn.transport, 'socket');
  if (typeof webSocket !== 'object' || webSocket === null) return undefined;
  const raw: unknown = Reflect.get(webSocket, '_socket');
  return raw instanceof Duplex ? raw : undefined;
}

function queueLengthOf(conn: Socket['conn']): number {
  const queue: unknown = Reflect.get(conn, 'writeBuffer');
  return Array.isArray(queue) ? queue.length : 0;
}
