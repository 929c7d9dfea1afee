import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { expect, it } from 'vitest';
import { SpdyConnection, type SpdyStream } from './spdyConnection';
import { headerDictionary } from './spdyDictionary';
import { readFrame, writeFrame, type SpdyFrame } from './spdyFrames';

function pair() {
  const [a, b] = duplexPair();
  return { server: new SpdyConnection(a, 'server'), client: new SpdyConnection(b, 'client') };
}

const nextStream = (connection: SpdyConnection) =>
  new Promise<SpdyStream>((resolve) => (connection.onStream = resolve));

/** Everything until the other side's end. Not by iteration, which would destroy our own half with it. */
async function all(stream: SpdyStream): Promise<string> {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  await once(stream, 'end');
  return Buffer.concat(parts).toString();
}

it('has the dictionary of the protocol', () => {
  expect(headerDictionary.length).toBe(1423);
});

it('writes frames that it reads back, and waits for the rest of one', () => {
  const frames: Exclude<SpdyFrame, { type: 'ignored' }>[] = [
    { type: 'data', streamId: 3, fin: true, data: Buffer.from('hello') },
    { type: 'synStream', streamId: 1, fin: false, headers: Buffer.from('h') },
    { type: 'synReply', streamId: 1, fin: true, headers: Buffer.from('h') },
    { type: 'reset', streamId: 7, status: 5 },
    { type: 'ping', id: 9 },
    { type: 'goAway', lastStreamId: 11 },
  ];
  let bytes = Buffer.concat(frames.map(writeFrame));
  expect(readFrame(bytes.subarray(0, 10))).toBeUndefined();
  for (const frame of frames) {
    const next = readFrame(bytes);
    expect(next?.frame).toEqual(frame);
    bytes = Buffer.from(next?.rest ?? []);
  }
});

it('carries streams with headers both ways, ends included', async () => {
  const { server, client } = pair();
  const arrived = nextStream(server);
  const mine = await client.open(new Map([['streamtype', 'stdin']]));
  const theirs = await arrived;
  expect(theirs.headers.get('streamtype')).toBe('stdin');
  mine.end('over');
  expect(await all(theirs)).toBe('over');
  theirs.end('and out');
  expect(await all(mine)).toBe('and out');
});

it('keeps header compression in step over many streams opened at once', async () => {
  const { server, client } = pair();
  const seen: string[] = [];
  server.onStream = (stream) => {
    seen.push(stream.headers.get('port') ?? '');
    stream.resume();
    stream.end(stream.headers.get('port'));
  };
  const opened = await Promise.all(
    Array.from({ length: 50 }, (_, port) =>
      client.open(
        new Map([
          ['streamtype', 'data'],
          ['port', `${port}`],
        ]),
      ),
    ),
  );
  const answers = await Promise.all(opened.map((stream) => (stream.end(), all(stream))));
  expect(answers).toEqual(opened.map((_, port) => `${port}`));
  expect(seen).toHaveLength(50);
});

it('carries a megabyte intact', async () => {
  const { server, client } = pair();
  const arrived = nextStream(server);
  const mine = await client.open(new Map());
  const sent = 'x'.repeat(1 << 20);
  mine.end(sent);
  expect(await all(await arrived)).toBe(sent);
});

it('closes every stream with the connection', async () => {
  const { server, client } = pair();
  const arrived = nextStream(server);
  const mine = await client.open(new Map());
  const theirs = await arrived;
  const closed = once(theirs, 'close');
  client.close();
  await closed;
  expect(mine.destroyed).toBe(true);
});
