import { command } from '../../command';
import type { Call } from '../../command';
import { bytes, comparison } from './compare';
import type { Compare } from './compare';
import { KeyError, parseKey, partOf } from './keys';

/** Lines in order, in locale C: by the keys that are asked for, and last by all their bytes. */
export const sort = command(
  {
    letters: 'bdfghiMnRrVcCmsuzk:o:t:S:T:',
    long: {
      'ignore-leading-blanks': 'b',
      'dictionary-order': 'd',
      'ignore-case': 'f',
      'general-numeric-sort': 'g',
      'human-numeric-sort': 'h',
      'month-sort': 'M',
      'numeric-sort': 'n',
      reverse: 'r',
      'version-sort': 'V',
      check: 'c',
      key: 'k',
      merge: 'm',
      output: 'o',
      stable: 's',
      'field-separator': 't',
      unique: 'u',
      'zero-terminated': 'z',
      'buffer-size': 'S',
      parallel: 'parallel:',
    },
    usage: '[-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
    usageCode: 2,
  },
  async (call) => {
    const compare = await compareOf(call);
    const end = call.has('z') ? '\0' : '\n';
    const lines = await linesOf(call, end);
    if (!lines) return 2;
    if (call.has('c', 'C')) return check(call, lines, compare);
    const byBytes = call.has('s', 'u') ? undefined : bytes;
    const sign = call.has('r') ? -1 : 1;
    lines.sort((a, b) => compare(a, b) || (byBytes ? sign * byBytes(a, b) : 0));
    const kept = call.has('u') ? lines.filter((line, i) => i === 0 || compare(lines[i - 1] ?? '', line) !== 0) : lines;
    return write(call, kept.map((line) => line + end).join(''));
  },
);

async function compareOf(call: Call): Promise<Compare> {
  const separator = separatorOf(call);
  if (separator === 'wrong') return call.fail(`multi-character tab '${call.value('t') ?? ''}'`, 2);
  const general = new Set([...'bdfghiMnRrV'].filter((letter) => call.has(letter)));
  try {
    const keys = call.values('k').map((text) => parseKey(text, general));
    const compares = keys.map((key): Compare => {
      const inOrder = signed(comparison(key.ordering), key.ordering.has('r'));
      return (a, b) => inOrder(partOf(a, key, separator), partOf(b, key, separator));
    });
    if (compares.length === 0) return signed(comparison(general), general.has('r'));
    return (a, b) => compares.reduce((order, compare) => order || compare(a, b), 0);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    return call.fail(call.isBusybox ? 'bad field specification' : error.message, 2);
  }
}

function separatorOf(call: Call): string | undefined | 'wrong' {
  const text = call.value('t');
  if (text === undefined) return undefined;
  if (text === '\\0') return '\0';
  return text.length === 1 ? text : 'wrong';
}

function signed(compare: Compare, isReversed: boolean): Compare {
  return isReversed ? (a, b) => -compare(a, b) : compare;
}

/** Undefined when a file could not be read: then nothing is sorted. */
async function linesOf(call: Call, end: string): Promise<string[] | undefined> {
  const lines: string[] = [];
  for (const operand of call.operands.length > 0 ? call.operands : ['-']) {
    const done = await call.attempt(
      async () => {
        for await (const some of call.linesAsTheyCome(operand, end)) for (const line of some) lines.push(line);
        return true;
      },
      () => (call.isBusybox ? operand : `cannot read: ${operand}`),
    );
    if (!done) return undefined;
  }
  return lines;
}

async function check(call: Call, lines: readonly string[], compare: Compare): Promise<number> {
  const least = call.has('u') ? 0 : 1;
  const at = lines.findIndex((line, i) => i > 0 && compare(lines[i - 1] ?? '', line) >= least);
  if (at < 0) return 0;
  if (call.isBusybox && call.has('c')) await call.warn(`sort: -:${at + 1}: disorder: ${lines[at] ?? ''}`);
  else if (call.has('c')) await call.warn(`sort: ${call.operands[0] ?? '-'}:${at + 1}: disorder: ${lines[at] ?? ''}`);
  return 1;
}

async function write(call: Call, text: string): Promise<number> {
  const output = call.value('o');
  if (output === undefined) await call.writeLatin1(text);
  else call.files.writeFile(call.path(output), Buffer.from(text, 'latin1'));
  return 0;
}
