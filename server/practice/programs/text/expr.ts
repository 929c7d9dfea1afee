import { command } from '../command';
import { ExpressionError } from './expressions/expressionError';
import { compileBasic } from './regularExpression';

/** What is wrong with the words, in GNU's and in busybox's. */
class SyntaxFault extends Error {
  constructor(
    message: string,
    readonly busybox: string,
  ) {
    super(message);
  }
}

/** `expr 1 + 2`: each word an argument. Ends with 1 where the value is empty or 0, with 2 where there is none. */
export const expr = command({ raw: true, usage: 'EXPRESSION', usageCode: 2 }, async (call) => {
  const words = call.operands[0] === '--' ? call.operands.slice(1) : call.operands;
  if (words.length === 0) return (await call.misuse(call.isBusybox ? undefined : 'missing operand'), 2);
  try {
    const value = new Reader(words.map((word) => Buffer.from(word).toString('latin1'))).read();
    await call.writeLatin1(`${value}\n`);
    return isNothing(value) ? 1 : 0;
  } catch (error) {
    if (error instanceof ExpressionError) return call.fail(error.message, 2);
    if (!(error instanceof SyntaxFault)) throw error;
    return call.fail(call.isBusybox ? error.busybox : error.message, 2);
  }
});

function isNothing(value: string): boolean {
  return /^-?0*$/.test(value);
}

type Operation = (left: string, right: string) => string;

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>=': (order) => order >= 0,
  '>': (order) => order > 0,
};

/** From the loosest to the tightest. */
const levels: readonly Readonly<Record<string, Operation>>[] = [
  { '|': (left, right) => (!isNothing(left) ? left : !isNothing(right) ? right : '0') },
  { '&': (left, right) => (isNothing(left) || isNothing(right) ? '0' : left) },
  Object.fromEntries(
    Object.entries(comparisons).map(([word, holds]) => [word, (a, b) => (holds(compare(a, b)) ? '1' : '0')]),
  ),
  {
    '+': (left, right) => String(whole(left) + whole(right)),
    '-': (left, right) => String(whole(left) - whole(right)),
  },
  {
    '*': (left, right) => String(whole(left) * whole(right)),
    '/': (left, right) => String(whole(left) / divisor(right)),
    '%': (left, right) => String(whole(left) % divisor(right)),
  },
  { ':': matched },
];

function whole(text: string): bigint {
  if (!/^-?\d+$/.test(text)) throw new SyntaxFault('non-integer argument', 'non-numeric argument');
  return BigInt(text);
}

function divisor(text: string): bigint {
  const value = whole(text);
  if (value === 0n) throw new SyntaxFault('division by zero', 'division by zero');
  return value;
}

function compare(left: string, right: string): number {
  const areNumbers = [left, right].every((text) => /^-?\d+$/.test(text));
  const [a, b] = areNumbers ? [BigInt(left), BigInt(right)] : [left, right];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Always from the start. The first group where there is one, else how many characters. */
function matched(text: string, pattern: string): string {
  const expression = compileBasic(pattern.startsWith('^') ? pattern : `^${pattern}`);
  const found = expression.find(text);
  if (expression.groups > 0) return found?.groups[1] ?? '';
  return String(found ? found.end - found.start : 0);
}

class Reader {
  private at = 0;

  constructor(private readonly words: readonly string[]) {}

  read(): string {
    const value = this.level(0);
    const rest = this.words[this.at];
    if (rest !== undefined) throw new SyntaxFault(`syntax error: unexpected argument '${rest}'`, 'syntax error');
    return value;
  }

  private level(index: number): string {
    const operations = levels[index];
    if (!operations) return this.word();
    let left = this.level(index + 1);
    for (;;) {
      const operation = operations[this.words[this.at] ?? ''];
      if (!operation) return left;
      this.at++;
      left = operation(left, this.level(index + 1));
    }
  }

  private next(): string {
    const word = this.words[this.at++];
    if (word !== undefined) return word;
    const before = this.words.at(-1) ?? '';
    throw new SyntaxFault(`syntax error: missing argument after '${before}'`, 'syntax error');
  }

  private word(): string {
    const word = this.next();
    switch (this.at < this.words.length ? word : '') {
      case '(': {
        const value = this.level(0);
        if (this.next() !== ')') throw new SyntaxFault(`syntax error: expecting ')' after '${value}'`, 'syntax error');
        return value;
      }
      case '+':
        return this.next();
      case 'length':
        return String(this.word().length);
      case 'match':
        return matched(this.word(), this.word());
      case 'index': {
        const [text, wanted] = [this.word(), this.word()];
        return String([...text].findIndex((letter) => wanted.includes(letter)) + 1);
      }
      case 'substr':
        return part(this.word(), this.word(), this.word());
      default:
        return word;
    }
  }
}

function part(text: string, position: string, length: string): string {
  const [from, count] = [Number(position), Number(length)];
  return from >= 1 && count >= 1 ? text.slice(from - 1, from - 1 + count) : '';
}
