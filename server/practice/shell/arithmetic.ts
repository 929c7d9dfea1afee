import { ShellError } from './shellError';

export interface ArithmeticVariables {
  get(name: string, index?: string): string | undefined;
  set(name: string, value: string, index?: string): void;
}

const operators = [
  '<<=',
  '>>=',
  '**',
  '++',
  '--',
  '<<',
  '>>',
  '<=',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '<',
  '>',
  '=',
  '!',
  '~',
  '&',
  '|',
  '^',
  '?',
  ':',
  '(',
  ')',
  ',',
  '[',
  ']',
];

const levels: string[][] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^='];

type Token = { type: 'number'; value: bigint } | { type: 'name'; name: string } | { type: 'operator'; text: string };
/** A value, and where it came from when it can be assigned to. */
type Operand = { value: () => bigint; name?: string; index?: string };

const mostDepth = 64;

/** Evaluates a shell's integer arithmetic: 64 bits, wrapping around. Throws `ShellError`. */
export function evaluate(source: string, variables: ArithmeticVariables, depth = 0): bigint {
  if (depth > mostDepth)
    throw new ShellError({ kind: 'arithmetic', expression: source, reason: 'expression recursion level exceeded' });
  return new Evaluation(source, variables, depth).run();
}

class Evaluation {
  private readonly tokens: Token[];
  private at = 0;
  /** The branch not taken of `?:`, `&&` and `||` is read but has no effect. */
  private skipping = 0;

  constructor(
    private readonly source: string,
    private readonly variables: ArithmeticVariables,
    private readonly depth: number,
  ) {
    this.tokens = this.tokenize();
  }

  run(): bigint {
    if (this.tokens.length === 0) return 0n;
    const value = this.comma();
    if (this.at < this.tokens.length) this.fail('syntax error in expression', this.tokens[this.at]);
    return value;
  }

  private comma(): bigint {
    let value = this.assignment();
    while (this.take(',')) value = this.assignment();
    return value;
  }

  private assignment(): bigint {
    const start = this.at;
    const target = this.operand();
    const operator = assignments.find((candidate) => this.peek() === candidate);
    if (!operator) {
      this.at = start;
      return this.ternary();
    }
    this.at++;
    const { name, index } = target;
    if (name === undefined) this.fail('attempted assignment to non-variable', this.tokens[this.at - 1]);
    const right = this.assignment();
    const value = operator === '=' ? right : this.binary(operator.slice(0, -1), target.value(), right);
    this.store(name, index, value);
    return value;
  }

  private ternary(): bigint {
    const condition = this.level(0);
    if (!this.take('?')) return condition;
    const yes = this.maybe(condition === 0n, () => this.assignment());
    if (!this.take(':')) this.fail("`:' expected for conditional expression", this.tokens[this.at]);
    const no = this.maybe(condition !== 0n, () => this.assignment());
    return condition !== 0n ? yes : no;
  }

  private level(index: number): bigint {
    const group = levels[index];
    if (!group) return this.power();
    let left = this.level(index + 1);
    for (;;) {
      const operator = group.find((candidate) => this.peek() === candidate);
      if (!operator) return left;
      this.at++;
      if (operator === '&&' || operator === '||') {
        const isDecided = operator === '&&' ? left === 0n : left !== 0n;
        const right = this.maybe(isDecided, () => this.level(index + 1));
        left = isDecided ? BigInt(operator === '||') : BigInt(right !== 0n);
      } else left = this.binary(operator, left, this.level(index + 1));
    }
  }

  private power(): bigint {
    const base = this.unary();
    if (!this.take('**')) return base;
    const exponent = this.power();
    if (exponent < 0n) this.fail('exponent less than 0', this.tokens[this.at - 1]);
    let result = 1n;
    let factor = base;
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = wrap(result * factor);
      factor = wrap(factor * factor);
    }
    return result;
  }

  private unary(): bigint {
    if (this.take('!')) return BigInt(this.unary() === 0n);
    if (this.take('~')) return wrap(~this.unary());
    if (this.take('-')) return wrap(-this.unary());
    if (this.take('+')) return this.unary();
    for (const [operator, step] of [
      ['++', 1n],
      ['--', -1n],
    ] as const) {
      if (!this.take(operator)) continue;
      const { name, index, value } = this.operand();
      if (name === undefined) return operator === '--' ? value() : value();
      const next = wrap(value() + step);
      this.store(name, index, next);
      return next;
    }
    const operand = this.operand();
    const before = operand.value();
    const step = this.take('++') ? 1n : this.take('--') ? -1n : 0n;
    if (step !== 0n && operand.name !== undefined) this.store(operand.name, operand.index, wrap(before + step));
    return before;
  }

  private operand(): Operand {
    const token = this.tokens[this.at];
    if (token?.type === 'number') {
      this.at++;
      return { value: () => token.value };
    }
    if (token?.type === 'name') {
      this.at++;
      return this.variable(token.name);
    }
    if (token?.type === 'operator' && token.text === '(') {
      this.at++;
      const value = this.comma();
      if (!this.take(')')) this.fail("missing `)'", this.tokens[this.at]);
      return { value: () => value };
    }
    if (token?.type === 'operator' && ['!', '~', '-', '+', '++', '--'].includes(token.text)) {
      const value = this.unary();
      return { value: () => value };
    }
    this.fail('syntax error: operand expected', token ?? this.tokens.at(-1));
  }

  private variable(name: string): Operand {
    let index: string | undefined;
    if (this.take('[')) {
      index = String(this.comma());
      this.take(']');
    }
    const value = () => {
      const text = this.variables.get(name, index)?.trim() ?? '';
      if (text === '' || this.skipping > 0) return 0n;
      return parseNumber(text) ?? evaluate(text, this.variables, this.depth + 1);
    };
    return { value, name, index };
  }

  private store(name: string, index: string | undefined, value: bigint): void {
    if (this.skipping === 0) this.variables.set(name, String(value), index);
  }

  private maybe(skip: boolean, parse: () => bigint): bigint {
    if (skip) this.skipping++;
    const value = parse();
    if (skip) this.skipping--;
    return value;
  }

  private binary(operator: string, a: bigint, b: bigint): bigint {
    switch (operator) {
      case '+':
        return wrap(a + b);
      case '-':
        return wrap(a - b);
      case '*':
        return wrap(a * b);
      case '/':
      case '%': {
        if (b === 0n && this.skipping > 0) return 0n;
        if (b === 0n) this.fail('division by 0', this.tokens[this.at - 1]);
        return wrap(operator === '/' ? a / b : a % b);
      }
      case '<<':
        return wrap(a << (b & 63n));
      case '>>':
        return wrap(a >> (b & 63n));
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '<':
        return BigInt(a < b);
      case '>':
        return BigInt(a > b);
      case '<=':
        return BigInt(a <= b);
      case '>=':
        return BigInt(a >= b);
      case '==':
        return BigInt(a === b);
      default:
        return BigInt(a !== b);
    }
  }

  private peek(): string | undefined {
    const token = this.tokens[this.at];
    return token?.type === 'operator' ? token.text : undefined;
  }

  private take(operator: string): boolean {
    if (this.peek() !== operator) return false;
    this.at++;
    return true;
  }

  private tokenize(): Token[] {
    const tokens: Token[] = [];
    let rest = this.source;
    for (;;) {
      rest = rest.trimStart();
      if (rest === '') return tokens;
      const number = /^(?:\d+#[0-9a-zA-Z@_]+|0[xX][0-9a-fA-F]+|\d+)/.exec(rest)?.[0];
      const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
      const operator = operators.find((candidate) => rest.startsWith(candidate));
      const text = number ?? name ?? operator;
      if (text === undefined) this.fail('syntax error: invalid arithmetic operator', undefined, rest);
      if (number !== undefined) {
        const value = parseNumber(number);
        if (value === undefined) this.fail('value too great for base', undefined, number);
        tokens.push({ type: 'number', value });
      } else if (name !== undefined) tokens.push({ type: 'name', name });
      else tokens.push({ type: 'operator', text });
      rest = rest.slice(text.length);
    }
  }

  private fail(reason: string, token: Token | undefined, text?: string): never {
    const shown =
      text ?? (token?.type === 'operator' ? token.text : token?.type === 'name' ? token.name : token?.value.toString());
    throw new ShellError({ kind: 'arithmetic', expression: this.source, reason, token: shown });
  }
}

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** Decimal, 0x…, 0… (octal) and base#digits; undefined for anything else. */
export function parseNumber(text: string): bigint | undefined {
  const match = /^([+-]?)(?:(\d+)#([0-9a-zA-Z@_]+)|(0[xX][0-9a-fA-F]+)|(0[0-7]*)|([1-9]\d*))$/.exec(text);
  if (!match) return undefined;
  const [, sign, base, digits, hex, octal, decimal] = match;
  let value = 0n;
  if (base !== undefined) {
    const inBase = digitsInBase(digits ?? '', Number(base));
    if (inBase === undefined) return undefined;
    value = inBase;
  } else if (hex !== undefined) value = BigInt(hex);
  else if (octal !== undefined) value = octal === '0' ? 0n : BigInt(`0o${octal.slice(1)}`);
  else value = BigInt(decimal ?? '0');
  return wrap(sign === '-' ? -value : value);
}

function digitsInBase(digits: string, base: number): bigint | undefined {
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';
  let value = 0n;
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const worth = alphabet.indexOf(digit);
    if (worth < 0 || worth >= base) return undefined;
    value = wrap(value * BigInt(base) + BigInt(worth));
  }
  return value;
}
