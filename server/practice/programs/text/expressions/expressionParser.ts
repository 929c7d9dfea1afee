import { parseBracket } from './bracketParser';
import { anyByte, bothCases, byteSet, complement, letterSet } from './byteSets';
import { ExpressionError } from './expressionError';
import type { Assertion, ByteSet, ExpressionTree, Node } from './nodes';

export interface Syntax {
  isExtended: boolean;
  ignoreCase: boolean;
  /** Neither `.` nor `[^a]` takes a newline. */
  byLine: boolean;
  /** grep forgives more than sed: a repetition of nothing, `a**`, a brace in an ERE that holds no interval. */
  isLenient: boolean;
}

type Token =
  | { type: 'end' | 'open' | 'close' | 'or' | 'interval' | 'any' | 'bracket' }
  | { type: 'repeat'; sign: string }
  | { type: 'assertion'; assertion: Assertion }
  | { type: 'set'; set: ByteSet }
  | { type: 'backReference'; index: number }
  | { type: 'literal'; character: string };

const mostRepeats = 32767;

const escapedAssertions: Readonly<Record<string, Assertion>> = {
  '<': 'wordStart',
  '>': 'wordEnd',
  b: 'wordEdge',
  B: 'noWordEdge',
  '`': 'textStart',
  "'": 'textEnd',
};

/** POSIX basic and extended regular expressions with GNU's additions, read as glibc's regcomp.c does. */
export function parseExpression(source: string, syntax: Syntax): ExpressionTree {
  const parser = new ExpressionParser(source, syntax);
  return { root: parser.parse(), groups: parser.groups };
}

class ExpressionParser {
  groups = 0;
  private at = 0;
  /** Where the token that was looked at last ends. */
  private next = 0;
  private depth = 0;
  private readonly closed = new Set<number>();

  constructor(
    private readonly source: string,
    private readonly syntax: Syntax,
  ) {}

  parse(): Node {
    return this.choice(true);
  }

  /** `caret`: whether a `^` here is an anchor even in a basic expression. */
  private choice(caret: boolean): Node {
    const options = [this.sequence(caret)];
    while (this.peek(false).type === 'or') {
      this.at = this.next;
      options.push(this.sequence(true));
    }
    const [only] = options;
    return options.length === 1 && only ? only : { type: 'choice', options };
  }

  private sequence(caret: boolean): Node {
    const items: Node[] = [];
    let mayAnchor = caret;
    for (;;) {
      const token = this.peek(mayAnchor);
      if (token.type === 'end' || token.type === 'or') break;
      if (token.type === 'close' && this.depth > 0) break;
      const node = this.expression(token);
      mayAnchor = node?.type === 'assertion';
      if (node) items.push(node);
    }
    return { type: 'sequence', items };
  }

  private expression(token: Token): Node | undefined {
    this.at = this.next;
    if (token.type === 'assertion') {
      // In an extended expression nothing repeats an anchor; in a basic one the star after it is a star.
      return token;
    }
    if (token.type === 'repeat' || token.type === 'interval') {
      const literal = this.misplacedRepeat(token);
      return literal && this.repeated(literal);
    }
    return this.repeated(this.atom(token));
  }

  private misplacedRepeat(token: Token): Node | undefined {
    const { isExtended, isLenient } = this.syntax;
    if (isExtended && isLenient) {
      if (token.type !== 'interval') return undefined;
      return this.literal('{');
    }
    if (isExtended || token.type === 'interval') throw new ExpressionError('badRepeat');
    return this.literal(token.type === 'repeat' ? token.sign : '');
  }

  private atom(token: Token): Node {
    switch (token.type) {
      case 'any':
        return { type: 'set', set: this.withinLine(anyByte()) };
      case 'set':
        return { type: 'set', set: token.set };
      case 'bracket':
        return this.bracket();
      case 'open':
        return this.group();
      case 'close':
        if (this.syntax.isExtended && this.syntax.isLenient) return this.literal(')');
        throw new ExpressionError('closingParenthesis');
      case 'backReference':
        if (!this.closed.has(token.index)) throw new ExpressionError('backReference');
        return { type: 'backReference', index: token.index };
      case 'literal':
        return this.literal(token.character);
      default:
        throw new Error(`unexpected ${token.type}`);
    }
  }

  private literal(character: string): Node {
    const set = byteSet(character);
    return { type: 'set', set: this.syntax.ignoreCase ? bothCases(set) : set };
  }

  private bracket(): Node {
    const { set, isNegated, end } = parseBracket(this.source, this.at);
    this.at = end;
    const folded = this.syntax.ignoreCase ? bothCases(set) : set;
    return { type: 'set', set: isNegated ? this.withinLine(complement(folded)) : folded };
  }

  private withinLine(set: ByteSet): ByteSet {
    if (this.syntax.byLine) set[0x0a] = 0;
    return set;
  }

  private group(): Node {
    const index = ++this.groups;
    this.depth++;
    const body = this.choice(true);
    this.depth--;
    if (this.peek(false).type !== 'close') throw new ExpressionError('parenthesis');
    this.at = this.next;
    this.closed.add(index);
    return { type: 'group', index, body };
  }

  private repeated(node: Node): Node {
    let result = node;
    for (;;) {
      const token = this.peek(false);
      if (token.type !== 'repeat' && token.type !== 'interval') return result;
      const bounds = token.type === 'repeat' ? this.signBounds(token.sign) : this.interval();
      if (!bounds) return result;
      result = { type: 'repeat', body: result, ...bounds };
      if (!this.syntax.isExtended && !this.syntax.isLenient) this.refuseSecondRepeat();
    }
  }

  private refuseSecondRepeat(): void {
    const token = this.peek(false);
    if (token.type === 'interval' || (token.type === 'repeat' && token.sign === '*')) {
      throw new ExpressionError('badRepeat');
    }
  }

  private signBounds(sign: string): { least: number; most: number } {
    this.at = this.next;
    return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
  }

  /** `{2}`, `{2,}`, `{,3}`, `{2,3}` from behind the brace. Undefined: it is none, and the brace means itself. */
  private interval(): { least: number; most: number } | undefined {
    const close = this.syntax.isExtended ? '}' : '\\}';
    const first = boundIn(this.source, this.next, close);
    const last = first.stop === ',' ? boundIn(this.source, first.end + 1, close) : first;
    if (!isBound(first.digits) || !isBound(last.digits) || last.stop !== close || (first === last && !first.digits)) {
      if (this.syntax.isExtended && this.syntax.isLenient) return undefined;
      throw new ExpressionError(last.stop === '' ? 'brace' : 'badBrace');
    }
    const least = Number(first.digits);
    const most = last.digits === '' ? Infinity : Number(last.digits);
    if (most < least) throw new ExpressionError('badBrace');
    if (least > mostRepeats || (most > mostRepeats && most < Infinity)) throw new ExpressionError('size');
    this.at = last.end + close.length;
    return { least, most };
  }

  private peek(mayAnchor: boolean): Token {
    const { isExtended } = this.syntax;
    const c = this.source[this.at];
    this.next = this.at + 1;
    switch (c) {
      case undefined:
        return { type: 'end' };
      case '\\':
        return this.escape();
      case '[':
        return { type: 'bracket' };
      case '.':
        return { type: 'any' };
      case '*':
        return { type: 'repeat', sign: '*' };
      case '^':
        return isExtended || mayAnchor ? { type: 'assertion', assertion: 'lineStart' } : literal(c);
      case '$':
        return isExtended || this.endsBasic() ? { type: 'assertion', assertion: 'lineEnd' } : literal(c);
    }
    return (isExtended && operator(c)) || literal(c);
  }

  /** In a basic expression a `$` is an anchor only at its end, or at that of a group or alternative. */
  private endsBasic(): boolean {
    const rest = this.source.slice(this.at + 1, this.at + 3);
    return rest === '' || rest === '\\)' || rest === '\\|';
  }

  private escape(): Token {
    const c = this.source[this.at + 1];
    if (c === undefined) throw new ExpressionError('backslash');
    this.next = this.at + 2;
    if (c >= '1' && c <= '9') return { type: 'backReference', index: Number(c) };
    const set = letterSet(c);
    if (set) return { type: 'set', set };
    const assertion = escapedAssertions[c];
    if (assertion) return { type: 'assertion', assertion };
    return (!this.syntax.isExtended && operator(c)) || literal(c);
  }
}

function literal(character: string): Token {
  return { type: 'literal', character };
}

/** What is an operator by itself in an extended expression, and behind a backslash in a basic one. */
function operator(c: string): Token | undefined {
  if (c === '(') return { type: 'open' };
  if (c === ')') return { type: 'close' };
  if (c === '|') return { type: 'or' };
  if (c === '{') return { type: 'interval' };
  return c === '+' || c === '?' ? { type: 'repeat', sign: c } : undefined;
}

/** What stands up to the comma, the closing brace or the end. */
function boundIn(source: string, from: number, close: string): { digits: string; end: number; stop: string } {
  let end = from;
  while (end < source.length && source[end] !== ',' && !source.startsWith(close, end)) end++;
  const stop = end === source.length ? '' : source[end] === ',' ? ',' : close;
  return { digits: source.slice(from, end), end, stop };
}

function isBound(digits: string): boolean {
  return /^\d*$/.test(digits);
}
