/**
 * SPDY/3.1 frames, as far as Kubernetes' clients use them: streams with headers, data, resets, pings and go-away. There is no
 * flow control on either side (moby/spdystream has none), so window updates are read and forgotten.
 */
export type SpdyFrame =
  | { type: 'synStream'; streamId: number; fin: boolean; headers: Buffer }
  | { type: 'synReply'; streamId: number; fin: boolean; headers: Buffer }
  | { type: 'headers'; streamId: number; fin: boolean; headers: Buffer }
  | { type: 'reset'; streamId: number; status: number }
  | { type: 'ping'; id: number }
  | { type: 'goAway'; lastStreamId: number }
  | { type: 'data'; streamId: number; fin: boolean; data: Buffer }
  | { type: 'ignored' };

const controlBit = 0x8000;
const version = 3;
const finFlag = 0x01;
const headerLength = 8;
const numbers = { synStream: 1, synReply: 2, reset: 3, ping: 6, goAway: 7, headers: 8 } as const;

/** The first frame of `bytes` and what follows it; undefined while it is not all there. */
export function readFrame(bytes: Buffer): { frame: SpdyFrame; rest: Buffer } | undefined {
  if (bytes.length < headerLength) return undefined;
  const length = bytes.readUIntBE(5, 3);
  if (bytes.length < headerLength + length) return undefined;
  const body = bytes.subarray(headerLength, headerLength + length);
  const rest = bytes.subarray(headerLength + length);
  const fin = (bytes.readUInt8(4) & finFlag) !== 0;
  const first = bytes.readUInt16BE(0);
  if ((first & controlBit) === 0) {
    return { frame: { type: 'data', streamId: bytes.readUInt32BE(0), fin, data: body }, rest };
  }
  return { frame: controlFrame(bytes.readUInt16BE(2), fin, body), rest };
}

function controlFrame(number: number, fin: boolean, body: Buffer): SpdyFrame {
  const streamId = () => body.readUInt32BE(0) & 0x7fffffff;
  switch (number) {
    case numbers.synStream:
      return { type: 'synStream', streamId: streamId(), fin, headers: body.subarray(10) };
    case numbers.synReply:
      return { type: 'synReply', streamId: streamId(), fin, headers: body.subarray(4) };
    case numbers.headers:
      return { type: 'headers', streamId: streamId(), fin, headers: body.subarray(4) };
    case numbers.reset:
      return { type: 'reset', streamId: streamId(), status: body.readUInt32BE(4) };
    case numbers.ping:
      return { type: 'ping', id: body.readUInt32BE(0) };
    case numbers.goAway:
      return { type: 'goAway', lastStreamId: streamId() };
    default:
      return { type: 'ignored' };
  }
}

export function writeFrame(frame: Exclude<SpdyFrame, { type: 'ignored' }>): Buffer {
  switch (frame.type) {
    case 'data': {
      const head = Buffer.alloc(headerLength);
      head.writeUInt32BE(frame.streamId, 0);
      head.writeUInt8(frame.fin ? finFlag : 0, 4);
      head.writeUIntBE(frame.data.length, 5, 3);
      return Buffer.concat([head, frame.data]);
    }
    case 'synStream':
      // The id of an associated stream (none), a priority and a slot, each zero, stand before the headers.
      return control(
        numbers.synStream,
        frame.fin,
        Buffer.concat([uint32(frame.streamId), Buffer.alloc(6), frame.headers]),
      );
    case 'synReply':
      return control(numbers.synReply, frame.fin, Buffer.concat([uint32(frame.streamId), frame.headers]));
    case 'headers':
      return control(numbers.headers, frame.fin, Buffer.concat([uint32(frame.streamId), frame.headers]));
    case 'reset':
      return control(numbers.reset, false, Buffer.concat([uint32(frame.streamId), uint32(frame.status)]));
    case 'ping':
      return control(numbers.ping, false, uint32(frame.id));
    case 'goAway':
      return control(numbers.goAway, false, Buffer.concat([uint32(frame.lastStreamId), uint32(0)]));
  }
}

function control(number: number, fin: boolean, body: Buffer): Buffer {
  const head = Buffer.alloc(headerLength);
  head.writeUInt16BE(controlBit | version, 0);
  head.writeUInt16BE(number, 2);
  head.writeUInt8(fin ? finFlag : 0, 4);
  head.writeUIntBE(body.length, 5, 3);
  return Buffer.concat([head, body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
