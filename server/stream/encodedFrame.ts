/**
 * One event for all viewers, encoded once: as socket.io's text packet, and as the very bytes of a WebSocket frame, so that
 * sending it to one more viewer is one write to one socket.
 */
export interface EncodedFrame {
  /** `2["patch",{…}]`: an event packet of socket.io's protocol 5 on the main namespace. */
  packet: string;
  /** The same behind engine.io's `4` (message), as one unmasked text frame. */
  bytes: Buffer;
}

export function encodeFrame(event: string, payload: unknown): EncodedFrame {
  const packet = `2${JSON.stringify([event, payload])}`;
  return { packet, bytes: webSocketFrame(Buffer.from(`4${packet}`, 'utf8')) };
}

/** RFC 6455, 5.2: FIN and opcode 1 (text); no mask, as from a server; no extension, as none is negotiated. */
function webSocketFrame(payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload]);
  if (length < 65_536) {
    const header = Buffer.from([0x81, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return Buffer.concat([header, payload]);
  }
  const header = Buffer.alloc(10);
  header[0] = 0x81;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}
