import type { Call } from '../../command';
import { compileBasic, compileExtended, compileFixed } from '../regularExpression';
import type { RegularExpression } from '../regularExpression';

/** What is asked of grep, whichever way its options said it. */
export interface Wish {
  expression: RegularExpression;
  inverted: boolean;
  /** What is printed of a file: its lines, the matches alone, how many lines, its name. */
  shows: 'lines' | 'matches' | 'count' | 'names' | 'namesWithout' | 'nothing';
  most: number;
  before: number;
  after: number;
  /** Lines that are not neighbours have `--` between them. */
  showsGaps: boolean;
  numbered: boolean;
  offsets: boolean;
  painted: boolean;
  /** Files with a NUL in them are looked into as others are. */
  binaryAsText: boolean;
  skipsBinary: boolean;
  lineEnd: '\n' | '\0';
}

/** They are held in memory, whether a match follows or not. */
const mostBefore = 1_000_000;

/** Throws `ExpressionError`. Ends the call where a number is none. */
export async function wishOf(call: Call, patterns: readonly string[], painted: boolean): Promise<Wish> {
  const context = await numberOf(call, 'C');
  return {
    expression: expressionOf(call, patterns),
    inverted: call.has('v'),
    shows: showsOf(call),
    most: (await numberOf(call, 'm')) ?? Infinity,
    before: Math.min((await numberOf(call, 'B')) ?? context ?? 0, mostBefore),
    after: (await numberOf(call, 'A')) ?? context ?? 0,
    showsGaps: ['A', 'B', 'C'].some((letter) => call.has(letter) && !(call.isBusybox && call.value(letter) === '0')),
    numbered: call.has('n'),
    offsets: call.has('b'),
    painted,
    binaryAsText: call.has('a') || call.has('z') || call.isBusybox,
    skipsBinary: call.has('I'),
    lineEnd: call.has('z') ? '\0' : '\n',
  };
}

function showsOf(call: Call): Wish['shows'] {
  if (call.has('q')) return 'nothing';
  if (call.has('L')) return 'namesWithout';
  if (call.has('l')) return 'names';
  if (call.has('c')) return 'count';
  return call.has('o') ? 'matches' : 'lines';
}

async function numberOf(call: Call, letter: string): Promise<number | undefined> {
  const text = call.value(letter);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const isAll = letter === 'm' && /^-\d+$/.test(text);
  if (isAll) return Infinity;
  if (call.isBusybox) return call.fail(`invalid number '${text}'`, 2);
  return call.fail(letter === 'm' ? 'invalid max count' : `${text}: invalid context length argument`, 2);
}

function expressionOf(call: Call, patterns: readonly string[]): RegularExpression {
  const sources = patterns.map((pattern) => Buffer.from(pattern).toString('latin1'));
  const options = {
    ignoreCase: call.has('i', 'y'),
    isLenient: true,
    whole: call.has('x') ? ('line' as const) : call.has('w') ? ('word' as const) : undefined,
  };
  if (call.name === 'fgrep' || call.has('F')) return compileFixed(sources, options);
  if (call.has('P')) return compileExtended(sources.map(fromPerl), options);
  return call.name === 'egrep' || call.has('E') ? compileExtended(sources, options) : compileBasic(sources, options);
}

/** What people use -P for most; the rest of Perl's syntax is not there. */
function fromPerl(source: string): string {
  return source
    .replace(/\\d/g, '[0-9]')
    .replace(/\\D/g, '[^0-9]')
    .replace(/\\t/g, '\t')
    .replace(/\(\?:/g, '(')
    .replace(/([*+?}])\?/g, '$1');
}
