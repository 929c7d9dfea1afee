import { command } from '../../command';
import type { Call } from '../../command';
import { bytes, comparison } from './compare';
import type { Compare } from './compare';
import { sortInTurns } from './inTurns';
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
    const { keyed, compare } = await orderOf(call);
    const end = call.has('z') ? '\0' : '\n';
    const lines = await linesOf(call, end);
    if (!lines) return 2;
    const items = lines.map(keyed);
    if (call.has('c', 'C')) return check(call, items, compare);
    const isLastResort = !call.has('s', 'u');
    const sign = call.has('r') ? -1 : 1;
    const inOrder = await sortInTurns(
      items,
      (one, other) => compare(one, other) || (isLastResort ? sign * bytes(one.line, other.line) : 0),
      () => call.process.yield(),
    );
    const isNew = (item: Keyed, i: number) => i === 0 || compare(inOrder[i - 1] ?? item, item) !== 0;
    const kept = call.has('u') ? inOrder.filter(isNew) : inOrder;
    return write(call, kept.map(({ line }) => line + end).join(''));
  },
);

/** A line, and what its keys compare: looked for once, and not at each comparison. */
interface Keyed {
  line: string;
  parts: readonly string[];
}

interface Order {
  keyed: (line: string) => Keyed;
  compare: (one: Keyed, other: Keyed) => number;
}

async function orderOf(call: Call): Promise<Order> {
  const separator = separatorOf(call);
  if (separator === 'wrong') return call.fail(`multi-character tab '${call.value('t') ?? ''}'`, 2);
  const general = new Set([...'bdfghiMnRrV'].filter((letter) => call.has(letter)));
  try {
    const keys = call.values('k').map((text) => parseKey(text, general));
    const orderings = keys.length > 0 ? keys.map(({ ordering }) => ordering) : [general];
    const compares = orderings.map((ordering) => signed(comparison(ordering), ordering.has('r')));
    return {
      keyed: (line) => ({ line, parts: keys.length > 0 ? keys.map((key) => partOf(line, key, separator)) : [line] }),
      compare: ({ parts: a }, { parts: b }) =>
        compares.reduce((order, compare, i) => order || compare(a[i] ?? '', b[i] ?? ''), 0),
    };
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
  for (const operand of call.inputs) {
    const done = await call.attempt(
      async () => {
        for (const line of await call.allLines(operand, end)) lines.push(line);
        return true;
      },
      () => (call.isBusybox ? operand : `cannot read: ${operand}`),
    );
    if (!done) return undefined;
  }
  return lines;
}

async function check(call: Call, items: readonly Keyed[], compare: Order['compare']): Promise<number> {
  const least = call.has('u') ? 0 : 1;
  const at = items.findIndex((item, i) => i > 0 && compare(items[i - 1] ?? item, item) >= least);
  if (at < 0) return 0;
  const name = call.isBusybox ? '-' : (call.operands[0] ?? '-');
  if (call.has('c')) await call.warn(`sort: ${name}:${at + 1}: disorder: ${items[at]?.line ?? ''}`);
  return 1;
}

async function write(call: Call, text: string): Promise<number> {
  const output = call.value('o');
  if (output === undefined) await call.writeLatin1(text);
  else call.files.writeFile(call.path(output), Buffer.from(text, 'latin1'));
  return 0;
}
