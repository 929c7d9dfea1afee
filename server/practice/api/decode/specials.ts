import { microTimestamp, timestamp } from '../../clock';
import { canonicalQuantity, parseQuantity, quantityPattern } from '../quantity';
import type { MessageFacts } from '../schema/schema';
import { mismatch, TypeMismatch, type Place } from './typeErrors';

/** The types that JSON writes as something simpler than the message they are (see `MessageFacts.special`). */
export function readSpecial(special: NonNullable<MessageFacts['special']>, given: unknown, place: Place): unknown {
  switch (special) {
    case 'quantity':
      return readQuantity(given);
    case 'intOrString':
      return readIntOrString(given, place);
    case 'time':
      return given === null ? undefined : timestamp(readTime(given, place));
    case 'microTime':
      return given === null ? undefined : readMicroTime(given, place);
    default:
      return given;
  }
}

function readQuantity(given: unknown): string {
  if (given === null) return '0';
  const text = typeof given === 'number' ? String(given) : given;
  if (typeof text !== 'string' || !parseQuantity(text.trim())) throw new TypeMismatch(quantityPattern);
  return canonicalQuantity(text.trim());
}

function readIntOrString(given: unknown, place: Place): unknown {
  if (given === null) return 0;
  if (typeof given === 'string') return given;
  if (typeof given !== 'number') throw mismatch(given, place, 'intstr.IntOrString');
  if (!Number.isInteger(given) || (given | 0) !== given)
    throw new TypeMismatch(`json: cannot unmarshal number ${given} into Go value of type int32`);
  return given;
}

function readTime(given: unknown, place: Place): number {
  if (typeof given !== 'string') throw mismatch(given, place, 'string');
  const isRfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(given);
  const ms = isRfc3339 ? Date.parse(given) : NaN;
  if (Number.isNaN(ms)) throw new TypeMismatch(unreadable(given));
  return ms;
}

/** Microseconds are finer than a host's milliseconds: the digits are kept as they are written. */
function readMicroTime(given: unknown, place: Place): string {
  const ms = readTime(given, place);
  const digits = /\.(\d+)/.exec(String(given))?.[1] ?? '';
  return microTimestamp(ms).replace(/\.\d+Z$/, `.${digits.slice(0, 6).padEnd(6, '0')}Z`);
}

function unreadable(text: string): string {
  const layout = '2006-01-02T15:04:05Z07:00';
  const quoted = JSON.stringify(text);
  return `parsing time ${quoted} as ${JSON.stringify(layout)}: cannot parse ${quoted} as "2006"`;
}
