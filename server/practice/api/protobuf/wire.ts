/** Protobuf's wire format, as far as Kubernetes uses it: varints, 64-bit and length-delimited fields. */

export const varint = 0;
export const fixed64 = 1;
export const delimited = 2;
const fixed32 = 5;

/** Reads one message from front to back. Every read throws a RangeError where the bytes end too soon. */
export class Reader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  tag(): { number: number; wireType: number } {
    const tag = Number(this.unsigned());
    return { number: Math.floor(tag / 8), wireType: tag % 8 };
  }

  unsigned(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new RangeError('unexpected EOF');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RangeError('integer overflow');
  }

  /** Two's complement, as int32 and int64 are written. */
  signed(): number {
    return Number(BigInt.asIntN(64, this.unsigned()));
  }

  double(): number {
    const part = this.take(8);
    return new DataView(part.buffer, part.byteOffset, 8).getFloat64(0, true);
  }

  chunk(): Uint8Array {
    return this.take(Number(this.unsigned()));
  }

  skip(wireType: number): void {
    if (wireType === varint) this.unsigned();
    else if (wireType === fixed64) this.take(8);
    else if (wireType === delimited) this.chunk();
    else if (wireType === fixed32) this.take(4);
    else throw new RangeError(`illegal wire type ${wireType}`);
  }

  private take(length: number): Uint8Array {
    if (this.position + length > this.bytes.length) throw new RangeError('unexpected EOF');
    const part = this.bytes.subarray(this.position, this.position + length);
    this.position += length;
    return part;
  }
}

/** Collects one message. */
export class Writer {
  private readonly parts: Uint8Array[] = [];

  integer(number: number, value: number | bigint): void {
    this.tag(number, varint);
    this.parts.push(encodeVarint(BigInt.asUintN(64, BigInt(value))));
  }

  double(number: number, value: number): void {
    this.tag(number, fixed64);
    const part = new Uint8Array(8);
    new DataView(part.buffer).setFloat64(0, value, true);
    this.parts.push(part);
  }

  text(number: number, value: string): void {
    this.chunk(number, Buffer.from(value, 'utf8'));
  }

  chunk(number: number, value: Uint8Array): void {
    this.tag(number, delimited);
    this.parts.push(encodeVarint(BigInt(value.length)), value);
  }

  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }

  private tag(number: number, wireType: number): void {
    this.parts.push(encodeVarint(BigInt(number * 8 + wireType)));
  }
}

function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return Uint8Array.from([...bytes, low]);
    bytes.push(low | 0x80);
  }
}
