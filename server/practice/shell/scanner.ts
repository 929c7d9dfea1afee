import { ShellSyntaxError } from './syntaxError';
import type { SyntaxProblem } from './syntaxError';

/** Moves through a script's characters and counts lines. A backslash before a newline is as if neither were there. */
export class Scanner {
  position = 0;
  line: number;

  constructor(
    public source: string,
    firstLine = 1,
  ) {
    this.line = firstLine;
  }

  get isAtEnd(): boolean {
    return this.position >= this.source.length;
  }

  peek(offset = 0): string {
    this.skipContinuations();
    return this.source[this.position + offset] ?? '';
  }

  startsWith(text: string): boolean {
    this.skipContinuations();
    return this.source.startsWith(text, this.position);
  }

  next(): string {
    this.skipContinuations();
    return this.nextRaw();
  }

  /** A character as it stands, for where a backslash means nothing. */
  nextRaw(): string {
    const character = this.source[this.position] ?? '';
    if (character === '\n') this.line++;
    this.position++;
    return character;
  }

  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    for (let i = 0; i < text.length; i++) this.next();
    return true;
  }

  /** Blanks and comments; newlines stay. */
  skipBlanks(): void {
    for (;;) {
      const c = this.peek();
      if (c === ' ' || c === '\t' || c === '\r') this.next();
      else if (c === '#') while (!this.isAtEnd && this.source[this.position] !== '\n') this.position++;
      else return;
    }
  }

  fail(problem: SyntaxProblem, isIncomplete = false): never {
    throw new ShellSyntaxError(problem, this.line, isIncomplete);
  }

  private skipContinuations(): void {
    while (this.source.startsWith('\\\n', this.position)) {
      this.position += 2;
      this.line++;
    }
  }
}
