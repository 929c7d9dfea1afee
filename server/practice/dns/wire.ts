import { rcodes, typeNumbers } from './records';
import type { Answer, DnsRecord, Question, Rcode } from './records';

/**
 * Answers as packets (RFC 1035). As CoreDNS does, names are compressed only when the answer would not fit otherwise, and
 * what still does not fit is left out, with the truncation bit set so that the client asks again by TCP.
 */
export interface Asked {
  id: number;
  question: Question;
  questionType: number;
  recursionDesired: boolean;
  /** What the asker takes by UDP, when it said so by EDNS. */
  udpPayloadSize?: number;
  /** A client cookie, which CoreDNS echoes. */
  cookie?: Uint8Array;
}

const classIn = 1;

export function encodeAnswer(asked: Asked, answer: Answer, limit: number): Uint8Array {
  const plain = write(asked, answer, false);
  if (plain.length <= limit) return plain;
  const squeezed = write(asked, answer, true);
  return squeezed.length <= limit ? squeezed : truncate(asked, answer, limit);
}

/** Leaves out additional records first (no harm), then answers (which the client is told). */
function truncate(asked: Asked, answer: Answer, limit: number): Uint8Array {
  const cut: Answer = { ...answer, answers: [...answer.answers], additionals: [...answer.additionals] };
  for (;;) {
    if (cut.additionals.pop() === undefined && cut.answers.pop() === undefined) cut.authorities = [];
    const bytes = write(asked, cut, true, cut.answers.length < answer.answers.length);
    if (bytes.length <= limit || cut.answers.length + cut.authorities.length === 0) return bytes;
  }
}

function write(asked: Asked, answer: Answer, compress: boolean, truncated = false): Uint8Array {
  const out = new Writer(compress);
  out.header(asked, answer, truncated);
  out.name(asked.question.name);
  out.uint16(asked.questionType);
  out.uint16(classIn);
  for (const record of [...answer.answers, ...answer.authorities, ...answer.additionals]) out.record(record);
  if (asked.udpPayloadSize !== undefined) out.edns(asked.udpPayloadSize, asked.cookie);
  return out.bytes();
}

class Writer {
  private readonly out: number[] = [];
  private readonly offsets = new Map<string, number>();

  constructor(private readonly compress: boolean) {}

  header(asked: Asked, answer: Answer, truncated: boolean): void {
    const flags =
      0x8000 |
      (answer.authoritative ? 0x0400 : 0) |
      (truncated ? 0x0200 : 0) |
      (asked.recursionDesired ? 0x0100 : 0) |
      rcodes.indexOf(answer.rcode);
    const additionals = answer.additionals.length + (asked.udpPayloadSize === undefined ? 0 : 1);
    for (const value of [asked.id, flags, 1, answer.answers.length, answer.authorities.length, additionals])
      this.uint16(value);
  }

  uint16(value: number): void {
    this.out.push((value >>> 8) & 255, value & 255);
  }

  private uint32(value: number): void {
    this.uint16(value >>> 16);
    this.uint16(value & 0xffff);
  }

  /** A name, ending in a pointer to an earlier one that is spelled alike where it may. */
  name(name: string, pointers = this.compress): void {
    const labels = name === '' || name === '.' ? [] : name.split('.');
    for (let i = 0; i < labels.length; i++) {
      const rest = labels.slice(i).join('.');
      const known = this.offsets.get(rest);
      if (pointers && known !== undefined) return this.uint16(0xc000 | known);
      if (this.out.length < 0x3fff && !this.offsets.has(rest)) this.offsets.set(rest, this.out.length);
      const label = Buffer.from(labels[i] ?? '', 'latin1').subarray(0, 63);
      this.out.push(label.length, ...label);
    }
    this.out.push(0);
  }

  record(record: DnsRecord): void {
    this.name(record.name);
    this.uint16(typeNumbers[record.type]);
    this.uint16(classIn);
    this.uint32(record.ttl);
    this.uint16(0);
    const start = this.out.length;
    this.data(record);
    const length = this.out.length - start;
    this.out[start - 2] = length >>> 8;
    this.out[start - 1] = length & 255;
  }

  private data(record: DnsRecord): void {
    switch (record.type) {
      case 'A':
        this.out.push(...record.address.split('.').map(Number));
        break;
      case 'CNAME':
      case 'PTR':
      case 'NS':
        this.name(record.target);
        break;
      case 'SRV':
        for (const value of [record.priority, record.weight, record.port]) this.uint16(value);
        // RFC 2782: the target is never compressed.
        this.name(record.target, false);
        break;
      case 'TXT': {
        const text = Buffer.from(record.text).subarray(0, 255);
        this.out.push(text.length, ...text);
        break;
      }
      case 'SOA':
        this.name(record.primary);
        this.name(record.mailbox);
        for (const v of [record.serial, record.refresh, record.retry, record.expire, record.minimum]) this.uint32(v);
    }
  }

  edns(udpPayloadSize: number, cookie?: Uint8Array): void {
    this.out.push(0);
    this.uint16(typeNumbers.OPT);
    this.uint16(udpPayloadSize);
    this.uint32(0);
    this.uint16(cookie ? 4 + cookie.length : 0);
    if (!cookie) return;
    this.uint16(10);
    this.uint16(cookie.length);
    this.out.push(...cookie);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}

export type Parsed = { kind: 'ignore' } | { kind: 'error'; answer: Uint8Array } | { kind: 'question'; asked: Asked };

/** Reads a query. Too short for a header, or an answer itself: nothing is said back, which nobody could abuse. */
export function parseQuery(packet: Uint8Array): Parsed {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  if (bytes.length < 12 || bytes.readUInt16BE(2) & 0x8000) return { kind: 'ignore' };
  const flags = bytes.readUInt16BE(2);
  if ((flags >>> 11) & 15) return failed(bytes, 'NOTIMP');
  if (bytes.readUInt16BE(4) !== 1) return failed(bytes, 'FORMERR');
  try {
    const asked = readQuestion(bytes, flags);
    return asked ? { kind: 'question', asked } : failed(bytes, 'REFUSED');
  } catch (error) {
    if (error instanceof RangeError) return failed(bytes, 'FORMERR');
    throw error;
  }
}

function failed(bytes: Buffer, rcode: Rcode): Parsed {
  const answer = Buffer.alloc(12);
  bytes.copy(answer, 0, 0, 2);
  const kept = bytes.readUInt16BE(2) & 0x7900;
  answer.writeUInt16BE(0x8000 | kept | rcodes.indexOf(rcode), 2);
  return { kind: 'error', answer };
}

/** Undefined for a class other than IN. Throws RangeError beyond the end. */
function readQuestion(bytes: Buffer, flags: number): Asked | undefined {
  const { name, next } = readName(bytes, 12);
  const questionType = bytes.readUInt16BE(next);
  if (bytes.readUInt16BE(next + 2) !== classIn) return undefined;
  const type = Object.entries(typeNumbers).find(([, number]) => number === questionType)?.[0] ?? `TYPE${questionType}`;
  const known = bytes.readUInt16BE(6) + bytes.readUInt16BE(8);
  return {
    id: bytes.readUInt16BE(0),
    question: { name, type },
    questionType,
    recursionDesired: (flags & 0x0100) !== 0,
    ...(known === 0 && bytes.readUInt16BE(10) > 0 ? readEdns(bytes, next + 4) : {}),
  };
}

/** The OPT record, when it is the first additional one, as every resolver sends it. */
function readEdns(bytes: Buffer, at: number): { udpPayloadSize?: number; cookie?: Uint8Array } {
  if (bytes.readUInt8(at) !== 0 || bytes.readUInt16BE(at + 1) !== typeNumbers.OPT) return {};
  const udpPayloadSize = Math.max(512, bytes.readUInt16BE(at + 3));
  const end = at + 11 + bytes.readUInt16BE(at + 9);
  for (let option = at + 11; option + 4 <= Math.min(end, bytes.length);) {
    const length = bytes.readUInt16BE(option + 2);
    if (bytes.readUInt16BE(option) === 10)
      return { udpPayloadSize, cookie: Uint8Array.from(bytes.subarray(option + 4, option + 4 + length)) };
    option += 4 + length;
  }
  return { udpPayloadSize };
}

function readName(bytes: Buffer, from: number): { name: string; next: number } {
  const labels: string[] = [];
  let at = from;
  for (;;) {
    const length = bytes.readUInt8(at);
    // A question has nothing before it that a pointer could mean.
    if (length > 63) throw new RangeError('label too long');
    if (at + 1 + length > bytes.length || at - from > 255) throw new RangeError('name too long');
    if (length === 0) return { name: labels.join('.'), next: at + 1 };
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
}
