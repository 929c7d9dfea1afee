import type { AttributeChange, NewInode } from './tree';

/** One change of a persistent volume, in terms of inode numbers. `at` is the moment, for the times it leaves behind. */
export type Change = { at: number } & (
  | { do: 'volume'; id: string; capacityBytes?: number; root: { mode: number; uid: number; gid: number } }
  | ({ do: 'create'; in: number; name: string; inode: number } & NewInode)
  | { do: 'link'; inode: number; in: number; name: string }
  | { do: 'remove'; in: number; name: string }
  | { do: 'rename'; in: number; name: string; to: number; newName: string }
  | ({ do: 'attributes'; inode: number } & AttributeChange)
  | { do: 'write'; inode: number; position: number; replace: boolean }
  | { do: 'truncate'; inode: number; size: number }
);

export interface Entry {
  change: Change;
  bytes: Uint8Array;
}

/*
 * A record on disk: length of the rest (u32), CRC-32 of the rest (u32), length of the header (u32), header (JSON, which keeps
 * any JS string whole by escapes), content bytes. A record cut off by a crash fails its length or its sum.
 */
const prefixBytes = 8;

export function encodeEntry(change: Change, bytes: Uint8Array = new Uint8Array(0)): Buffer {
  const header = Buffer.from(JSON.stringify(change));
  const record = Buffer.allocUnsafe(prefixBytes + 4 + header.length + bytes.length);
  record.writeUInt32LE(record.length - prefixBytes, 0);
  record.writeUInt32LE(header.length, prefixBytes);
  header.copy(record, prefixBytes + 4);
  record.set(bytes, prefixBytes + 4 + header.length);
  record.writeUInt32LE(crc32(record.subarray(prefixBytes)), 4);
  return record;
}

/** Reads the entries that are whole; `end` is where the first torn one starts (or the end of the log). */
export function decodeEntries(log: Buffer): { entries: Entry[]; end: number } {
  const entries: Entry[] = [];
  let at = 0;
  while (at + prefixBytes + 4 <= log.length) {
    const next = at + prefixBytes + log.readUInt32LE(at);
    if (next > log.length || next < at + prefixBytes + 4) break;
    const body = log.subarray(at + prefixBytes, next);
    if (crc32(body) !== log.readUInt32LE(at + 4)) break;
    const headerEnd = 4 + body.readUInt32LE(0);
    const change = parseChange(body.subarray(4, headerEnd).toString());
    if (!change) break;
    entries.push({ change, bytes: body.subarray(headerEnd) });
    at = next;
  }
  return { entries, end: at };
}

/** The sum has vouched for the bytes, so only the outline is checked. */
function parseChange(json: string): Change | undefined {
  const value: unknown = JSON.parse(json);
  return isChange(value) ? value : undefined;
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'do' in value && 'at' in value && typeof value.at === 'number';
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) sum = (crcTable[(sum ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
