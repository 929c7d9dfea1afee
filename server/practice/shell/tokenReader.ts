import type { List, Redirect, Word } from './ast';
import { Scanner } from './scanner';
import type { Flavour } from './messages';

type Here = { redirect: Redirect; delimiter: string; stripsTabs: boolean; expands: boolean };

/** What the parser reads apart from words: operators, reserved words, newlines and the here-documents behind them. */
export abstract class TokenReader {
  constructor(
    readonly scanner: Scanner,
    protected readonly flavour: Flavour,
    private readonly aliases?: ReadonlyMap<string, string>,
  ) {}

  /** A here-document's body as a word that expands. */
  protected abstract hereWord(body: string, firstLine: number): Word;

  protected hereDocuments: Here[] = [];
  private readonly aliasEnds = new Map<string, number>();

  protected newline(): void {
    this.scanner.next();
    const due = this.hereDocuments;
    this.hereDocuments = [];
    for (const here of due) this.readHereDocument(here);
  }

  protected readHereDocument(here: Here): void {
    const { scanner } = this;
    const firstLine = scanner.line;
    let body = '';
    for (;;) {
      // The end of the input ends it as well; while more can come, it is asked for.
      if (scanner.isAtEnd) {
        if (this.isOpenEnded) scanner.fail({ kind: 'end of file' }, true);
        break;
      }
      let line = '';
      while (!scanner.isAtEnd && scanner.source[scanner.position] !== '\n') line += scanner.nextRaw();
      const hasNewline = !scanner.isAtEnd;
      if (hasNewline) scanner.nextRaw();
      const text = here.stripsTabs ? line.replace(/^\t+/, '') : line;
      if (text === here.delimiter) break;
      body += text + (hasNewline ? '\n' : '');
    }
    here.redirect.target = here.expands
      ? this.hereWord(body, firstLine)
      : { parts: [{ type: 'text', text: body, quoted: true }], source: body };
  }

  /** Set while the source may still grow: an unfinished here-document is then no end. */
  isOpenEnded = false;

  protected requireHereDocuments(): void {
    const due = this.hereDocuments;
    this.hereDocuments = [];
    for (const here of due) this.readHereDocument(here);
  }

  protected skipNewlines(): void {
    for (;;) {
      this.scanner.skipBlanks();
      if (this.scanner.peek() !== '\n') return;
      this.newline();
    }
  }

  /** The word that begins here when it is free of quotes and expansions; `''` else. */
  protected peekPlainWord(): string {
    const match = /^[^\s;&|<>()'"\\$`]+(?=[\s;&|<>()]|$)/.exec(
      this.scanner.source.slice(this.scanner.position, this.scanner.position + 256),
    );
    return match?.[0] ?? '';
  }

  protected plainWord(): string | undefined {
    this.scanner.skipBlanks();
    const word = this.peekPlainWord();
    if (word === '') return undefined;
    for (let i = 0; i < word.length; i++) this.scanner.next();
    return word;
  }

  protected takeWord(word: string): boolean {
    this.scanner.skipBlanks();
    if (this.peekPlainWord() !== word) return false;
    for (let i = 0; i < word.length; i++) this.scanner.next();
    return true;
  }

  protected peekOperator(): string {
    // `;&` and `;;&` end a case's arm as `;;` does.
    if (this.scanner.startsWith(';&') || this.scanner.startsWith(';;')) return ';;';
    return (
      ['&&', '||', ';;', ...(this.flavour === 'dash' ? [] : ['|&']), '&', '|', ';'].find((op) =>
        this.scanner.startsWith(op),
      ) ?? ''
    );
  }

  protected takeOperator(): void {
    this.scanner.take(this.peekOperator());
  }

  protected expect(token: string): void {
    this.skipNewlines();
    if (!this.scanner.take(token)) this.unexpected(token);
  }

  protected expectWord(word: string): void {
    this.skipNewlines();
    if (!this.takeWord(word)) this.unexpected(word);
  }

  protected requireBody(body: List, expecting: string): void {
    if (body.items.length === 0) this.unexpected(expecting === ')' ? undefined : expecting);
  }

  protected unexpected(expecting?: string): never {
    const { scanner } = this;
    scanner.skipBlanks();
    if (scanner.isAtEnd) scanner.fail({ kind: 'end of file', expecting }, true);
    const rest = scanner.source.slice(scanner.position);
    const token = /^(?:\n|;;|&&|\|\||<<-?|>>|[;&|()<>]|[^\s;&|()<>]+)/.exec(rest)?.[0] ?? rest[0] ?? '';
    return scanner.fail({ kind: 'unexpected', token: token === '\n' ? 'newline' : token, expecting });
  }

  protected textFrom(start: number): string {
    return this.scanner.source.slice(start, this.scanner.position).trim();
  }

  protected expandAlias(): void {
    const { aliases } = this;
    if (!aliases || aliases.size === 0) return;
    const name = this.peekPlainWord();
    const value = aliases.get(name);
    if (name === '' || value === undefined) return;
    const { scanner } = this;
    const isInside = scanner.position < (this.aliasEnds.get(name) ?? 0);
    if (isInside) return;
    scanner.source =
      scanner.source.slice(0, scanner.position) + value + scanner.source.slice(scanner.position + name.length);
    this.aliasEnds.set(name, scanner.position + value.length);
    scanner.skipBlanks();
    this.expandAlias();
  }
}

export function hereOf(redirect: Redirect): Here {
  const { target, operator } = redirect;
  const isQuoted = target.parts.some((part) => part.type !== 'text' || part.quoted);
  const delimiter = target.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return {
    redirect,
    delimiter: isQuoted ? delimiter : target.source,
    stripsTabs: operator === '<<-',
    expands: !isQuoted,
  };
}
