import type { Conditional, Word } from './ast';
import type { Scanner } from './scanner';
import type { WordParser } from './wordParser';

const binary = ['==', '!=', '=~', '=', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef', '<', '>'];

/** The inside of `[[ … ]]`. */
export class ConditionalParser {
  constructor(
    private readonly scanner: Scanner,
    private readonly words: WordParser,
  ) {}

  parse(): Conditional {
    const expression = this.or();
    this.skip();
    if (!this.scanner.take(']]')) this.fail();
    return expression;
  }

  private or(): Conditional {
    let left = this.and();
    for (this.skip(); this.scanner.take('||'); this.skip()) left = { type: 'or', left, right: this.and() };
    return left;
  }

  private and(): Conditional {
    let left = this.not();
    for (this.skip(); this.scanner.take('&&'); this.skip()) left = { type: 'and', left, right: this.not() };
    return left;
  }

  private not(): Conditional {
    this.skip();
    if (/^!\s/.test(this.rest())) {
      this.scanner.next();
      return { type: 'not', operand: this.not() };
    }
    if (this.scanner.peek() === '(') {
      this.scanner.next();
      const inner = this.or();
      this.skip();
      if (!this.scanner.take(')')) this.fail();
      return inner;
    }
    return this.test();
  }

  private test(): Conditional {
    const unary = /^-[a-zA-Z](?=\s)/.exec(this.rest())?.[0];
    if (unary) {
      const word = this.word();
      this.skip();
      // `[[ -n ]]` tests the word itself.
      if (this.scanner.startsWith(']]')) return { type: 'unary', operator: '-n', operand: word };
      if (!binary.some((operator) => this.isOperator(operator))) {
        return { type: 'unary', operator: unary, operand: this.word() };
      }
      return this.comparison(word);
    }
    return this.comparison(this.word());
  }

  private comparison(left: Word): Conditional {
    this.skip();
    const operator = binary.find((candidate) => this.isOperator(candidate));
    if (!operator) return { type: 'unary', operator: '-n', operand: left };
    this.scanner.take(operator);
    this.skip();
    return { type: 'binary', operator, left, right: operator === '=~' ? this.pattern() : this.word() };
  }

  private isOperator(operator: string): boolean {
    const rest = this.rest();
    return rest.startsWith(operator) && /^[\s"'$]|^$/.test(rest.slice(operator.length, operator.length + 1));
  }

  /** A regular expression may hold `|`, `(`, `<` without quotes; blanks end it outside parentheses. */
  private pattern(): Word {
    let depth = 0;
    return this.words.until((c) => {
      if (c === '(') depth++;
      if (c === ')' && --depth < 0) return true;
      return depth <= 0 && (/\s/.test(c) || c === '');
    });
  }

  private word(): Word {
    return this.words.word() ?? this.fail();
  }

  private skip(): void {
    this.scanner.skipBlanks();
    while (this.scanner.peek() === '\n') {
      this.scanner.next();
      this.scanner.skipBlanks();
    }
  }

  private rest(): string {
    return this.scanner.source.slice(this.scanner.position, this.scanner.position + 64);
  }

  private fail(): never {
    if (this.scanner.isAtEnd) this.scanner.fail({ kind: 'end of file', expecting: ']]' }, true);
    this.scanner.fail({ kind: 'bad conditional', token: /^\S+/.exec(this.rest())?.[0] ?? '' });
  }
}
