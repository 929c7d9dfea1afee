import type { Duplex } from 'node:stream';
import type { Clock } from '../../clock';
import type { Session } from '../../containers/runtime';
import { feed, parseSize, runSession } from './remoteCommand';
import { SpdyConnection, type SpdyStream } from './spdyConnection';

/** exec and attach over SPDY, as clients up to 1.29 and those whose WebSocket was refused speak it. */
export const spdyCommandProtocols = ['v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io'];

export interface AskedStreams {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

/** How long a client may take to open the streams it asked for. */
const openWithinMs = 30_000;

/**
 * Waits for the streams the client asked for (one per channel, by its `streamtype` header), then serves the session. Closes
 * both when they do not come.
 */
export async function serveSpdySession(
  socket: Duplex,
  asked: AskedStreams,
  session: Session,
  clock: Clock,
): Promise<void> {
  const connection = new SpdyConnection(socket);
  const streams = await expectedStreams(connection, asked, clock);
  if (!streams) {
    session.close();
    return connection.close();
  }
  connection.onClose = () => session.close();
  let input = Promise.resolve();
  streams.get('stdin')?.on('data', (bytes: Buffer) => (input = input.then(() => feed(session, bytes))));
  streams.get('stdin')?.on('end', () => (input = input.then(() => session.stdin.close())));
  streams.get('resize')?.on('data', (bytes: Buffer) => {
    for (const line of bytes.toString().split('\n')) {
      const size = parseSize(line);
      if (size) session.resize(size);
    }
  });
  await runSession(session, {
    stdout: (bytes) => written(streams.get('stdout'), bytes),
    stderr: (bytes) => written(streams.get('stderr'), bytes),
    finish: async (status) => {
      await written(streams.get('error'), Buffer.from(JSON.stringify(status)));
      const open = [...streams.values()];
      await Promise.all(open.map((stream) => new Promise<void>((resolve) => stream.end(resolve))));
      connection.close();
    },
  });
}

function expectedStreams(
  connection: SpdyConnection,
  asked: AskedStreams,
  clock: Clock,
): Promise<Map<string, SpdyStream> | undefined> {
  const wanted = ['error', ...(asked.stdin ? ['stdin'] : []), ...(asked.stdout ? ['stdout'] : [])];
  if (asked.stderr && !asked.tty) wanted.push('stderr');
  if (asked.tty) wanted.push('resize');
  const streams = new Map<string, SpdyStream>();
  return new Promise((resolve) => {
    const late = clock.after(openWithinMs, () => resolve(undefined));
    connection.onClose = () => resolve(undefined);
    connection.onStream = (stream) => {
      streams.set(stream.headers.get('streamtype') ?? '', stream);
      if (!wanted.every((type) => streams.has(type))) return;
      late.cancel();
      resolve(streams);
    };
  });
}

function written(stream: SpdyStream | undefined, bytes: Uint8Array): Promise<void> {
  if (!stream) return Promise.resolve();
  return new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve())));
}
