import { compileExpression, readDelimited } from './delimited';
import type { Address, SecondAddress } from './script';
import type { ScriptReader } from './scriptReader';

/** The addresses before a command, with the `!` behind them. */
export function parseAddresses(reader: ScriptReader): {
  first?: Address;
  second?: SecondAddress;
  isNegated: boolean;
} {
  const start = reader.at;
  const first = parseAddress(reader);
  let second: SecondAddress | undefined;
  if (first) {
    if (isRelative(first)) reader.fail('firstAddress', reader.part.text[start]);
    if (!reader.isBusybox) reader.skipBlanks();
    if (reader.peek() === ',') second = secondAddress(reader);
    refuseLineZero(reader, first, second);
  } else if (reader.isBusybox && reader.peek() === ',') reader.fail('unexpectedComma');
  const isNegated = parseBang(reader);
  return { ...firstOf(reader, first as Address | undefined, second), ...(second && { second }), isNegated };
}

/** GNU's `0,/re/` may end at line 1 already; busybox knows no line 0, and alone it is no address. */
function firstOf(
  reader: ScriptReader,
  first: Address | undefined,
  second: SecondAddress | undefined,
): { first?: Address } {
  if (!first || first.type !== 'line' || first.line !== 0) return first ? { first } : {};
  if (reader.isBusybox) return second ? { first } : {};
  return { first: { type: 'start' } };
}

function secondAddress(reader: ScriptReader): SecondAddress {
  reader.next();
  if (!reader.isBusybox) reader.skipBlanks();
  const second = parseAddress(reader);
  if (second) {
    reader.skipBlanks();
    return second;
  }
  reader.next();
  return reader.fail('unexpectedComma');
}

function refuseLineZero(reader: ScriptReader, first: SecondAddress, second: SecondAddress | undefined): void {
  if (first.type !== 'line' || first.line !== 0 || second?.type === 'match' || reader.isBusybox) return;
  reader.next();
  reader.fail('lineZero');
}

function isRelative(address: SecondAddress): boolean {
  return address.type === 'count' || address.type === 'multiple';
}

function parseBang(reader: ScriptReader): boolean {
  reader.skipBlanks();
  if (reader.peek() !== '!') return false;
  reader.next();
  reader.skipBlanks();
  if (reader.peek() === '!') {
    reader.next();
    reader.fail('multipleBangs');
  }
  return true;
}

function parseAddress(reader: ScriptReader): SecondAddress | undefined {
  const c = reader.peek() ?? '';
  if (c === '/' || c === '\\') return expressionAddress(reader);
  if (/\d/.test(c)) return lineAddress(reader);
  if (c === '$') {
    reader.next();
    return { type: 'last' };
  }
  if (c !== '+' && (c !== '~' || reader.isBusybox)) return undefined;
  reader.next();
  reader.skipBlanks();
  const number = reader.number() ?? 0;
  return c === '+' ? { type: 'count', lines: number } : { type: 'multiple', of: number };
}

function lineAddress(reader: ScriptReader): Address {
  const line = reader.number() ?? 0;
  if (reader.isBusybox) return { type: 'line', line };
  reader.skipBlanks();
  if (reader.peek() !== '~') return { type: 'line', line };
  reader.next();
  reader.skipBlanks();
  const step = reader.number() ?? 0;
  return step > 0 ? { type: 'step', first: line, step } : { type: 'line', line };
}

function expressionAddress(reader: ScriptReader): Address {
  let delimiter = reader.next() ?? '';
  if (delimiter === '\\') delimiter = reader.next() ?? '';
  const text = readDelimited(reader, delimiter, true);
  if (text === undefined) return reader.fail('unterminatedAddress', delimiter);
  const flags = { ignoreCase: false, byLine: false };
  if (reader.isBusybox) return { type: 'match', expression: compileExpression(reader, text, flags) };
  for (;;) {
    reader.skipBlanks();
    if (reader.peek() === 'I') flags.ignoreCase = true;
    else if (reader.peek() === 'M') flags.byLine = true;
    else return { type: 'match', expression: compileExpression(reader, text, flags) };
    reader.next();
  }
}
