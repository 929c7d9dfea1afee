import { crc32 } from 'node:zlib';

/** Each record on disk: its length and CRC (4 bytes each, little endian), then its text. */
const headerLength = 8;
/** No object comes near this; a longer one means that the bytes are no header. */
const longestRecord = 64 * 1024 * 1024;

export function frame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const buffer = Buffer.allocUnsafe(headerLength + length);
  buffer.write(text, headerLength);
  buffer.writeUInt32LE(length, 0);
  buffer.writeUInt32LE(crc32(buffer.subarray(headerLength)), 4);
  return buffer;
}

/**
 * The records of a file up to the first that is cut off or damaged, and where that one begins: a process that was killed
 * while writing leaves such a tail, and nobody was ever told that it had been written.
 */
export function readFrames(bytes: Buffer): { records: string[]; end: number } {
  const records: string[] = [];
  let at = 0;
  while (at + headerLength <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const from = at + headerLength;
    if (length > longestRecord || from + length > bytes.length) break;
    const text = bytes.subarray(from, from + length);
    if (crc32(text) !== bytes.readUInt32LE(at + 4)) break;
    records.push(text.toString('utf8'));
    at = from + length;
  }
  return { records, end: at };
}
