import type { Stat } from '../../filesystem/filesystem';

/** Members of a tar archive: ustar, with long names as GNU tar and pax write them. Names are bytes, kept as latin1. */
export interface Member {
  name: string;
  type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  mode: number;
  uid: number;
  gid: number;
  size: number;
  mtimeMs: number;
  linkName: string;
  owner: string;
  group: string;
}

export const blockSize = 512;
const longLink = '././@LongLink';

export function padding(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

/** The header blocks of a member, long names before it. */
export function header(member: Member): Buffer {
  const blocks: Buffer[] = [];
  for (const [text, flag] of [
    [member.linkName, 'K'],
    [member.name, 'L'],
  ] as const) {
    const bytes = Buffer.from(text, 'latin1');
    if (bytes.length <= 100) continue;
    const content = Buffer.concat([bytes, Buffer.alloc(1)]);
    blocks.push(
      block(
        { ...member, name: longLink, linkName: '', size: content.length, mode: 0, uid: 0, gid: 0, mtimeMs: 0 },
        flag,
      ),
    );
    blocks.push(content, Buffer.alloc(padding(content.length)));
  }
  blocks.push(block(member, flagOf[member.type]));
  return Buffer.concat(blocks);
}

const flagOf: Record<Member['type'], string> = { file: '0', hardlink: '1', symlink: '2', directory: '5', other: '0' };

function block(member: Member, flag: string): Buffer {
  const out = Buffer.alloc(blockSize);
  const text = (value: string, at: number, length: number) =>
    void Buffer.from(value, 'latin1').copy(out, at, 0, length);
  const octal = (value: number, at: number, length: number) =>
    text(
      Math.floor(value)
        .toString(8)
        .padStart(length - 1, '0')
        .slice(-(length - 1)),
      at,
      length,
    );
  text(member.name, 0, 100);
  octal(member.mode, 100, 8);
  octal(member.uid, 108, 8);
  octal(member.gid, 116, 8);
  octal(member.size, 124, 12);
  octal(Math.max(0, member.mtimeMs / 1000), 136, 12);
  text('        ', 148, 8);
  text(flag, 156, 1);
  text(member.linkName, 157, 100);
  text('ustar  ', 257, 8);
  text(member.owner, 265, 32);
  text(member.group, 297, 32);
  const sum = out.reduce((total, byte) => total + byte, 0);
  text(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return out;
}

export function memberOf(
  name: string,
  stat: Stat,
  facts: { linkName?: string; owner?: string; group?: string },
): Member {
  const type = stat.type === 'file' || stat.type === 'directory' || stat.type === 'symlink' ? stat.type : 'other';
  const { linkName = '', owner = '', group = '' } = facts;
  const size = type === 'file' ? stat.size : 0;
  return {
    name,
    type,
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    size,
    mtimeMs: stat.mtimeMs,
    linkName,
    owner,
    group,
  };
}

export class TarError extends Error {}

/** What is taken from a stream in exact pieces; null at the end. */
export interface Source {
  take(length: number): Promise<Buffer | null>;
}

/** The next member; null at the end of the archive. What the name records before it say is in it. */
export async function readHeader(source: Source): Promise<Member | null> {
  const extra: { path?: string; linkpath?: string; size?: string; mtime?: string } = {};
  for (;;) {
    const bytes = await source.take(blockSize);
    if (!bytes || bytes.every((byte) => byte === 0)) return null;
    if (bytes.length < blockSize) throw new TarError('short read');
    if (!hasRightSum(bytes)) throw new TarError('invalid tar magic');
    const flag = String.fromCharCode(bytes[156] ?? 0);
    const member = parse(bytes, flag);
    if (!'LKxg'.includes(flag)) return merged(member, extra);
    const content = await source.take(member.size + padding(member.size));
    const data = content?.subarray(0, member.size).toString('latin1') ?? '';
    if (flag === 'L') extra.path = data.replace(/\0.*$/s, '');
    else if (flag === 'K') extra.linkpath = data.replace(/\0.*$/s, '');
    else if (flag === 'x') Object.assign(extra, paxRecords(data));
  }
}

function merged(member: Member, extra: { path?: string; linkpath?: string; size?: string; mtime?: string }): Member {
  return {
    ...member,
    name: extra.path ?? member.name,
    linkName: extra.linkpath ?? member.linkName,
    size: extra.size === undefined ? member.size : Number(extra.size),
    mtimeMs: extra.mtime === undefined ? member.mtimeMs : Number(extra.mtime) * 1000,
  };
}

/** `LENGTH KEY=VALUE\n`, the length in bytes and counting itself. */
function paxRecords(data: string): Record<string, string> {
  const records: Record<string, string> = {};
  for (let at = 0; at < data.length;) {
    const [, length = '0'] = /^(\d+) /.exec(data.slice(at, at + 12)) ?? [];
    const record = data.slice(at + length.length + 1, at + Number(length) - 1);
    const equals = record.indexOf('=');
    if (Number(length) <= 0 || equals < 0) break;
    records[record.slice(0, equals)] = record.slice(equals + 1);
    at += Number(length);
  }
  return records;
}

function parse(bytes: Buffer, flag: string): Member {
  const text = (at: number, length: number) => bytes.toString('latin1', at, at + length).replace(/\0.*$/s, '');
  const number = (at: number, length: number) => {
    // GNU writes large numbers in base 256, marked by the highest bit.
    if ((bytes[at] ?? 0) & 0x80) return bytes.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0);
    return parseInt(text(at, length).trim() || '0', 8) || 0;
  };
  const isPosix = text(257, 6) === 'ustar';
  const prefix = isPosix && bytes[262] === 0 ? text(345, 155) : '';
  const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
  const types: Record<string, Member['type']> = {
    '0': 'file',
    '\0': 'file',
    '7': 'file',
    '1': 'hardlink',
    '2': 'symlink',
    '5': 'directory',
    L: 'file',
    K: 'file',
    x: 'file',
    g: 'file',
  };
  const type = types[flag] ?? 'other';
  return {
    name,
    type: type === 'file' && name.endsWith('/') ? 'directory' : type,
    mode: number(100, 8) & 0o7777,
    uid: number(108, 8),
    gid: number(116, 8),
    size: type === 'symlink' || type === 'hardlink' || type === 'directory' ? 0 : number(124, 12),
    mtimeMs: number(136, 12) * 1000,
    linkName: text(157, 100),
    owner: text(265, 32),
    group: text(297, 32),
  };
}

function hasRightSum(bytes: Buffer): boolean {
  const written = parseInt(bytes.toString('latin1', 148, 156).replace(/[\0 ].*$/s, '') || '-1', 8);
  const sum = bytes.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return written === sum;
}
