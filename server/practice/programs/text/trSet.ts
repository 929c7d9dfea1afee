import { classSet } from './expressions/byteSets';

/** A set of `tr`, as it was written: its bytes in order, and where `[c*]` may fill up. */
export interface TrSet {
  bytes: number[];
  /** `[c*]`: as many of this byte, at this place, as make the set as long as the other one. */
  fill?: { at: number; byte: number };
}

/** What is wrong with a set, in GNU's words. */
export class SetError extends Error {}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads `a-z`, `\n`, `\012`, `[:digit:]`, `[=a=]`, `[x*3]` and `[x*]`. Text beyond ASCII is its bytes, as in locale C. */
export function parseSet(text: string): TrSet {
  return new SetReader(Buffer.from(text).toString('latin1')).read();
}

class SetReader {
  private readonly set: TrSet = { bytes: [] };
  private at = 0;

  constructor(private readonly text: string) {}

  read(): TrSet {
    while (this.at < this.text.length) if (!this.bracket()) this.range();
    return this.set;
  }

  /** `[:class:]`, `[=c=]` or `[c*n]`; any other bracket stands for itself. */
  private bracket(): boolean {
    const rest = this.text.slice(this.at);
    const [named, name] = /^\[:([^\]]*):\]/.exec(rest) ?? [];
    if (named !== undefined && name !== undefined) {
      this.set.bytes.push(...bytesOfClass(name));
      return this.past(named);
    }
    const [equal, same] = /^\[=([\s\S])=\]/.exec(rest) ?? [];
    if (equal !== undefined && same !== undefined) {
      this.set.bytes.push(same.charCodeAt(0));
      return this.past(equal);
    }
    const [repeat, escaped, plain, times] = /^\[(?:\\([0-7]{1,3}|.)|([^\\]))\*(\d*)\]/s.exec(rest) ?? [];
    if (repeat === undefined) return false;
    this.repeat(escaped === undefined ? (plain ?? '').charCodeAt(0) : byteOfEscape(escaped), times ?? '');
    return this.past(repeat);
  }

  private past(read: string): true {
    this.at += read.length;
    return true;
  }

  /** A number that begins with 0 is octal. */
  private repeat(byte: number, times: string): void {
    const count = times === '' ? 0 : parseInt(times, times.startsWith('0') ? 8 : 10);
    if (count > 0) this.set.bytes.push(...Array<number>(count).fill(byte));
    else this.set.fill = { at: this.set.bytes.length, byte };
  }

  private range(): void {
    const first = this.byte();
    if (this.text[this.at] !== '-' || this.at + 1 >= this.text.length) return void this.set.bytes.push(first);
    const from = this.at;
    this.at += 1;
    const last = this.byte();
    if (last < first) {
      const written = `${String.fromCharCode(first)}-${this.text.slice(from + 1, this.at)}`;
      throw new SetError(`range-endpoints of '${written}' are in reverse collating sequence order`);
    }
    for (let byte = first; byte <= last; byte++) this.set.bytes.push(byte);
  }

  private byte(): number {
    const escape = /^\\([0-7]{1,3}|[\s\S])/.exec(this.text.slice(this.at, this.at + 4));
    this.at += escape?.[0].length ?? 1;
    return escape ? byteOfEscape(escape[1] ?? '') : this.text.charCodeAt(this.at - 1);
  }
}

function byteOfEscape(escape: string): number {
  return /^[0-7]/.test(escape) ? parseInt(escape, 8) & 255 : (escapes[escape] ?? escape.charCodeAt(0));
}

function bytesOfClass(name: string): number[] {
  const set = classSet(name);
  if (!set) throw new SetError(`invalid character class '${name}'`);
  return allBytes.filter((byte) => set[byte]);
}

const allBytes = Array.from({ length: 256 }, (_, byte) => byte);

/** Every byte that is not in the set, in order. */
export function complementOf({ bytes }: TrSet): number[] {
  const held = new Set(bytes);
  return allBytes.filter((byte) => !held.has(byte));
}

/** The set made as long as the other: by its `[c*]`, else by its last byte. */
export function filled({ bytes, fill }: TrSet, length: number): number[] {
  const missing = Math.max(0, length - bytes.length);
  if (fill) return [...bytes.slice(0, fill.at), ...Array<number>(missing).fill(fill.byte), ...bytes.slice(fill.at)];
  return [...bytes, ...Array<number>(missing).fill(bytes.at(-1) ?? 0)];
}
