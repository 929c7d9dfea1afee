import type { Shell } from '../shellState';
import { binaryTest, isBinaryOperator, isUnaryOperator, unaryTest } from '../tests';
import { TestError } from '../tests';
import type { Builtin } from './builtin';

/** `test` and `[`: POSIX' rules by the number of arguments, then -a, -o, ! and parentheses. */
export const test: Builtin = {
  async run(shell, args, name) {
    const words = [...args];
    if (name === '[' && words.pop() !== ']') {
      if (shell.isBash) await shell.complain("[: missing `]'");
      else await shell.complain(shell.flavour === 'dash' ? '[: missing ]' : '[: missing ]');
      return 2;
    }
    try {
      return new Expression(shell, words).run() ? 0 : 1;
    } catch (error) {
      if (!(error instanceof TestError)) throw error;
      await shell.complain(shell.flavour === 'ash' ? error.message : `${name}: ${error.message}`);
      return 2;
    }
  },
};

class Expression {
  private at = 0;

  constructor(
    private readonly shell: Shell,
    private readonly words: readonly string[],
  ) {}

  run(): boolean {
    const { words } = this;
    if (words.length === 0) return false;
    if (words.length === 1) return words[0] !== '';
    if (words.length === 3 && isBinaryOperator(words[1] ?? ''))
      return this.binary(words[0] ?? '', words[1] ?? '', words[2] ?? '');
    if (words.length === 4 && words[0] === '!' && isBinaryOperator(words[2] ?? ''))
      return !this.binary(words[1] ?? '', words[2] ?? '', words[3] ?? '');
    const value = this.or();
    if (this.at < words.length) this.unexpected(words[this.at] ?? '');
    return value;
  }

  private or(): boolean {
    let value = this.and();
    while (this.words[this.at] === '-o') {
      this.at++;
      const right = this.and();
      value = value || right;
    }
    return value;
  }

  private and(): boolean {
    let value = this.not();
    while (this.words[this.at] === '-a') {
      this.at++;
      const right = this.not();
      value = value && right;
    }
    return value;
  }

  private not(): boolean {
    if (this.words[this.at] === '!' && this.at + 1 < this.words.length) {
      this.at++;
      return !this.not();
    }
    return this.primary();
  }

  private primary(): boolean {
    const [word, second, third] = this.words.slice(this.at);
    if (word === undefined) throw new TestError(this.shell.isBash ? 'argument expected' : 'argument expected');
    if (second !== undefined && third !== undefined && isBinaryOperator(second)) {
      this.at += 3;
      return this.binary(word, second, third);
    }
    if (word === '(') {
      this.at++;
      const value = this.or();
      if (this.words[this.at++] !== ')')
        throw new TestError(this.shell.isBash ? "`)' expected" : 'closing paren expected');
      return value;
    }
    if (isUnaryOperator(word) && second !== undefined) {
      this.at += 2;
      return unaryTest(this.shell, word, second);
    }
    this.at++;
    return word !== '';
  }

  private binary(left: string, operator: string, right: string): boolean {
    return binaryTest(this.shell, left, operator, right);
  }

  private unexpected(word: string): never {
    const { shell, words } = this;
    if (shell.isBash) {
      if (words.length === 2) throw new TestError(`${words[0]}: unary operator expected`);
      if (words.length === 3) throw new TestError(`${words[1]}: binary operator expected`);
      throw new TestError('too many arguments');
    }
    throw new TestError(
      shell.flavour === 'dash'
        ? `${words.length === 2 ? words[0] : word}: unexpected operator`
        : `${word}: unknown operand`,
    );
  }
}
