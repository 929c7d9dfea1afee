import type { MessageFacts } from '../schema/schema';
import { text } from './envelope';
import { Reader, Writer } from './wire';

/** Messages whose JSON is a string, a number or a list: each kind is read and written here, but for nested objects. */
export type PlainSpecial = Exclude<NonNullable<MessageFacts['special']>, 'raw'>;

export function readSpecial(special: PlainSpecial, bytes: Uint8Array): unknown {
  switch (special) {
    case 'quantity':
      return lastText(bytes, 1) || '0';
    case 'intOrString':
      return readIntOrString(bytes);
    case 'time':
      return readTime(bytes, false);
    case 'microTime':
      return readTime(bytes, true);
    case 'duration':
      return durationText(lastInteger(bytes, 1));
    case 'verbs':
      return allTexts(bytes, 1);
  }
}

export function writeSpecial(special: PlainSpecial, value: unknown): Uint8Array {
  const writer = new Writer();
  if (special === 'quantity') writer.text(1, String(value));
  else if (special === 'duration') writer.integer(1, parseDuration(String(value)));
  else if (special === 'verbs') for (const item of Array.isArray(value) ? value : []) writer.text(1, String(item));
  else if (special === 'intOrString') writeIntOrString(writer, value);
  else if (value !== null) writeTime(writer, String(value));
  return writer.finish();
}

function readIntOrString(bytes: Uint8Array): number | string {
  return lastInteger(bytes, 1) === 0n ? Number(lastInteger(bytes, 2)) : lastText(bytes, 3);
}

function writeIntOrString(writer: Writer, value: unknown): void {
  const isNumber = typeof value === 'number';
  writer.integer(1, isNumber ? 0 : 1);
  writer.integer(2, isNumber ? value : 0);
  writer.text(3, isNumber ? '' : String(value));
}

/** Nothing inside is Go's zero time, which JSON writes as null. Whole seconds, or microseconds. */
function readTime(bytes: Uint8Array, isMicro: boolean): string | null {
  if (bytes.length === 0) return null;
  const at = new Date(Number(lastInteger(bytes, 1)) * 1000).toISOString().slice(0, 19);
  if (!isMicro) return `${at}Z`;
  const micros = Math.floor(Number(lastInteger(bytes, 2)) / 1000);
  return `${at}.${String(micros).padStart(6, '0')}Z`;
}

function writeTime(writer: Writer, value: string): void {
  const fraction = /\.(\d+)/.exec(value)?.[1] ?? '';
  writer.integer(1, Math.floor(Date.parse(value) / 1000));
  writer.integer(2, Number(fraction.padEnd(9, '0').slice(0, 9)));
}

const units: [name: string, nanos: bigint][] = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
];

/** As Go prints durations: `1h0m0s`, `1m30s`, `1.5s`, `500ms`. */
export function durationText(nanos: bigint): string {
  if (nanos < 0n) return `-${durationText(-nanos)}`;
  if (nanos === 0n) return '0s';
  const small = (unit: string, size: bigint) => `${decimal(nanos, size)}${unit}`;
  if (nanos < 1_000n) return small('ns', 1n);
  if (nanos < 1_000_000n) return small('µs', 1_000n);
  if (nanos < 1_000_000_000n) return small('ms', 1_000_000n);
  const [hour, minute, second] = [3_600_000_000_000n, 60_000_000_000n, 1_000_000_000n];
  const hours = nanos / hour;
  const minutes = (nanos % hour) / minute;
  const seconds = `${decimal(nanos % minute, second)}s`;
  if (hours > 0n) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${minutes}m${seconds}` : seconds;
}

function decimal(value: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const fraction = String(value % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' || digits === 0 ? String(value / unit) : `${value / unit}.${fraction}`;
}

function parseDuration(value: string): bigint {
  const all = new Map<string, bigint>([...units, ['ms', 1_000_000n], ['µs', 1_000n], ['us', 1_000n], ['ns', 1n]]);
  let total = 0n;
  for (const [, amount = '', unit = ''] of value.matchAll(/([0-9.]+)(h|ms|m|s|µs|us|ns)/g)) {
    total += BigInt(Math.round(Number(amount) * Number(all.get(unit) ?? 0n)));
  }
  return value.startsWith('-') ? -total : total;
}

function lastInteger(bytes: Uint8Array, wanted: number): bigint {
  let found = 0n;
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) {
    const { number, wireType } = reader.tag();
    if (number === wanted) found = BigInt.asIntN(64, reader.unsigned());
    else reader.skip(wireType);
  }
  return found;
}

function lastText(bytes: Uint8Array, wanted: number): string {
  return allTexts(bytes, wanted).at(-1) ?? '';
}

function allTexts(bytes: Uint8Array, wanted: number): string[] {
  const found: string[] = [];
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) {
    const { number, wireType } = reader.tag();
    if (number === wanted) found.push(text(reader.chunk()));
    else reader.skip(wireType);
  }
  return found;
}
