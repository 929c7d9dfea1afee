import { addAll, addRange, classSet, emptySet } from './byteSets';
import { ExpressionError } from './expressionError';
import type { ByteSet } from './nodes';

/** What may stand in `[…]`: one byte, which may begin or end a range, or a class, which may not. */
type Element = { byte: number; isHyphen: boolean } | { set: ByteSet };

/** Reads `…]` from behind the opening bracket, in the order in which glibc finds fault (regcomp.c, parse_bracket_exp). */
export function parseBracket(source: string, from: number): { set: ByteSet; isNegated: boolean; end: number } {
  const reader = new BracketReader(source, from);
  const isNegated = source[from] === '^';
  if (isNegated) reader.at++;
  const set = emptySet();
  do reader.addItem(set);
  while (!reader.isClosing());
  return { set, isNegated, end: reader.at + 1 };
}

class BracketReader {
  private isFirst = true;

  constructor(
    private readonly source: string,
    public at: number,
  ) {}

  isClosing(): boolean {
    if (this.at >= this.source.length) throw new ExpressionError('bracket');
    return this.source[this.at] === ']';
  }

  addItem(set: ByteSet): void {
    const start = this.element();
    // A hyphen that is neither the first, nor the last, nor the end of a range says nothing.
    if ('byte' in start && start.isHyphen && !this.isFirst && !this.isClosing()) throw new ExpressionError('range');
    this.isFirst = false;
    if ('set' in start) return addAll(set, start.set);
    if (this.source[this.at] !== '-' || this.source[this.at + 1] === ']') return addRange(set, start.byte, start.byte);
    this.at++;
    const end = this.element();
    if ('set' in end || end.byte < start.byte) throw new ExpressionError('range');
    addRange(set, start.byte, end.byte);
  }

  private element(): Element {
    const c = this.source[this.at];
    if (c === undefined) throw new ExpressionError('bracket');
    const kind = c === '[' ? (this.source[this.at + 1] ?? '') : '';
    if (kind === ':' || kind === '.' || kind === '=') return this.named(kind);
    this.at++;
    return { byte: c.charCodeAt(0), isHyphen: c === '-' };
  }

  private named(kind: string): Element {
    const end = this.source.indexOf(`${kind}]`, this.at + 2);
    if (end < 0) throw new ExpressionError('bracket');
    const name = this.source.slice(this.at + 2, end);
    this.at = end + 2;
    if (kind === ':') {
      const set = classSet(name);
      if (!set) throw new ExpressionError('className');
      return { set };
    }
    // The C locale has no collating elements of more than one character.
    if (name.length !== 1) throw new ExpressionError('collation');
    const byte = name.charCodeAt(0);
    if (kind === '.') return { byte, isHyphen: false };
    const set = emptySet();
    addRange(set, byte, byte);
    return { set };
  }
}
