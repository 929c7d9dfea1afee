import type { List, ParameterPart, Word, WordPart } from './ast';
import { escapeCharacter } from './escapes';
import type { Scanner } from './scanner';

export interface WordParserOptions {
  /** Arrays, `$'…'`, `<(…)`, `${a/b/c}` and so on. */
  isBash: boolean;
  /** `${a/b/c}`, `${a:1:2}` and `$'…'`, which busybox has as well. */
  hasExtras: boolean;
  /** Parses up to the closing parenthesis of `$(…)`. */
  parseCommands: (scanner: Scanner) => List;
  /** Parses the text between backquotes. */
  parseText: (text: string, line: number) => List;
}

const metacharacters = new Set([' ', '\t', '\n', '\r', ';', '&', '|', '<', '>', '(', ')', '']);

/** Reads words: quotes, `$…`, backquotes. */
export class WordParser {
  constructor(
    private readonly scanner: Scanner,
    private readonly options: WordParserOptions,
  ) {}

  /** The word that begins here, up to a metacharacter; undefined when there is none. */
  word(): Word | undefined {
    const word = this.until((c) => metacharacters.has(c) && !this.isProcessSubstitution(c));
    return word.parts.length > 0 ? word : undefined;
  }

  /** A word that ends where `isEnd` says, outside quotes; nothing is consumed of the end. */
  until(isEnd: (character: string) => boolean, inQuotes = false): Word {
    const { scanner } = this;
    const start = scanner.position;
    const parts: WordPart[] = [];
    while (!scanner.isAtEnd) {
      const c = scanner.peek();
      if (c === '' || isEnd(c)) break;
      this.part(c, parts, inQuotes);
    }
    return { parts, source: scanner.source.slice(start, scanner.position) };
  }

  /** A here-document's body: everything expands, quotes mean nothing. */
  hereDocument(): Word {
    const { scanner } = this;
    const parts: WordPart[] = [];
    while (!scanner.isAtEnd) {
      const c = scanner.peek();
      if (c === '') break;
      this.quotedPart(c, parts, '$`\\');
    }
    return { parts, source: scanner.source };
  }

  private part(c: string, parts: WordPart[], inQuotes: boolean): void {
    const { scanner } = this;
    if (inQuotes && c !== '"') return this.quotedPart(c, parts, '$`"\\}');
    switch (c) {
      case '\\': {
        scanner.next();
        if (scanner.isAtEnd) return addText(parts, '\\', true);
        return addText(parts, scanner.nextRaw(), true);
      }
      case "'":
        scanner.next();
        return addText(parts, this.singleQuoted(), true);
      case '"':
        scanner.next();
        return this.doubleQuoted(parts);
      case '$':
        return this.dollar(parts, false);
      case '`':
        return this.backquoted(parts, false);
      case '<':
      case '>':
        if (this.isProcessSubstitution(c)) return this.processSubstitution(c, parts);
        break;
    }
    addText(parts, scanner.next(), false);
  }

  private isProcessSubstitution(c: string): boolean {
    return this.options.isBash && (c === '<' || c === '>') && this.scanner.peek(1) === '(';
  }

  private processSubstitution(direction: '<' | '>', parts: WordPart[]): void {
    this.scanner.next();
    this.scanner.next();
    parts.push({ type: 'process', direction, script: this.options.parseCommands(this.scanner) });
  }

  private singleQuoted(): string {
    const { scanner } = this;
    let text = '';
    for (;;) {
      if (scanner.isAtEnd) scanner.fail({ kind: 'unterminated quote', quote: "'" }, true);
      const c = scanner.nextRaw();
      if (c === "'") return text;
      text += c;
    }
  }

  private doubleQuoted(parts: WordPart[]): void {
    const { scanner } = this;
    // Quotes around nothing are still a word.
    addText(parts, '', true);
    for (;;) {
      if (scanner.isAtEnd) scanner.fail({ kind: 'unterminated quote', quote: '"' }, true);
      const c = scanner.peek();
      if (c === '"') return void scanner.next();
      this.quotedPart(c, parts, '$`"\\');
    }
  }

  /** One part between double quotes, where a backslash is special only before `escapable`. */
  private quotedPart(c: string, parts: WordPart[], escapable: string): void {
    const { scanner } = this;
    if (c === '$') return this.dollar(parts, true);
    if (c === '`') return this.backquoted(parts, true);
    if (c !== '\\') return addText(parts, scanner.next(), true);
    scanner.next();
    const escaped = scanner.source[scanner.position] ?? '';
    if (escaped !== '' && escapable.includes(escaped)) return addText(parts, scanner.nextRaw(), true);
    addText(parts, '\\', true);
  }

  private dollar(parts: WordPart[], quoted: boolean): void {
    const { scanner } = this;
    scanner.next();
    const c = scanner.peek();
    if (c === '(') {
      if (scanner.peek(1) === '(' && this.arithmetic(parts, quoted)) return;
      scanner.next();
      const { line } = scanner;
      const script = this.options.parseCommands(scanner);
      return void parts.push({ type: 'command', script, quoted, line });
    }
    if (c === '{') {
      scanner.next();
      return void parts.push(this.braced(quoted));
    }
    if (!quoted && c === "'" && this.options.hasExtras) {
      scanner.next();
      return addText(parts, this.ansiQuoted(), true);
    }
    if (!quoted && c === '"' && this.options.isBash) return;
    const name = this.simpleName(c);
    if (name === '') return addText(parts, '$', quoted);
    parts.push({ type: 'parameter', name, quoted, source: `$${name}` });
  }

  private simpleName(c: string): string {
    const { scanner } = this;
    if (/[0-9@*#?$!-]/.test(c)) return scanner.next();
    let name = '';
    while (/[A-Za-z0-9_]/.test(scanner.peek()) && (name !== '' || /[A-Za-z_]/.test(scanner.peek())))
      name += scanner.next();
    return name;
  }

  /** `$((…))`; not when the parentheses turn out to be a subshell in a command substitution. */
  private arithmetic(parts: WordPart[], quoted: boolean): boolean {
    const { scanner } = this;
    const end = arithmeticEnd(scanner.source, scanner.position + 2);
    if (end === undefined) return false;
    scanner.next();
    scanner.next();
    const expression = this.until(() => scanner.position >= end, true);
    scanner.position = end + 2;
    parts.push({ type: 'arithmetic', expression, quoted });
    return true;
  }

  private backquoted(parts: WordPart[], quoted: boolean): void {
    const { scanner } = this;
    const { line } = scanner;
    scanner.next();
    let text = '';
    for (;;) {
      if (scanner.isAtEnd) scanner.fail({ kind: 'unterminated quote', quote: '`' }, true);
      const c = scanner.nextRaw();
      if (c === '`') break;
      const escaped = scanner.source[scanner.position] ?? '';
      const isEscape =
        c === '\\' && (escaped === '`' || escaped === '\\' || escaped === '$' || (quoted && escaped === '"'));
      text += isEscape ? scanner.nextRaw() : c;
    }
    parts.push({ type: 'command', script: this.options.parseText(text, line), quoted, line });
  }

  private ansiQuoted(): string {
    const { scanner } = this;
    let text = '';
    for (;;) {
      if (scanner.isAtEnd) scanner.fail({ kind: 'unterminated quote', quote: "'" }, true);
      const c = scanner.nextRaw();
      if (c === "'") return text;
      if (c !== '\\') {
        text += c;
        continue;
      }
      const escape = escapeCharacter(scanner.source, scanner.position, 'ansi');
      for (let i = 0; i < escape.length; i++) scanner.nextRaw();
      text += escape.text;
    }
  }

  /** After `${`. */
  private braced(quoted: boolean): ParameterPart {
    const { scanner } = this;
    const start = scanner.position - 2;
    const bad = () => {
      // What is wrong is said when the expansion is reached, as shells do.
      this.until((c) => c === '}', quoted);
      if (scanner.isAtEnd) scanner.fail({ kind: 'unterminated quote', quote: '}' }, true);
      scanner.next();
      return finish('bad');
    };
    const part: ParameterPart = { type: 'parameter', name: '', quoted, source: '' };
    const finish = (operator?: string): ParameterPart => {
      part.source = scanner.source.slice(start, scanner.position);
      if (operator) part.operator = operator;
      return part;
    };
    if (scanner.peek() === '#' && !/[}:=?%#+-]/.test(scanner.peek(1))) {
      scanner.next();
      if (!this.nameAndIndex(part) || scanner.peek() !== '}') return bad();
      scanner.next();
      return finish('length');
    }
    if (this.options.isBash && scanner.peek() === '!' && /[A-Za-z_0-9@*]/.test(scanner.peek(1))) {
      scanner.next();
      part.indirect = true;
    }
    if (!this.nameAndIndex(part)) return bad();
    if (scanner.peek() === '}') {
      scanner.next();
      return part.indirect && isAll(part.index) ? finish('keys') : finish();
    }
    const operator = this.operator();
    if (operator === undefined) return bad();
    this.operands(part, operator);
    if (scanner.isAtEnd) scanner.fail({ kind: 'unterminated quote', quote: '}' }, true);
    scanner.next();
    return finish(part.operator ?? operator);
  }

  private nameAndIndex(part: ParameterPart): boolean {
    const { scanner } = this;
    const c = scanner.peek();
    if (/[0-9]/.test(c)) while (/[0-9]/.test(scanner.peek())) part.name += scanner.next();
    else part.name = this.simpleName(c);
    if (part.name === '') return false;
    if (this.options.isBash && scanner.peek() === '[') {
      scanner.next();
      part.index = this.until((end) => end === ']');
      scanner.next();
    }
    return true;
  }

  private operator(): string | undefined {
    const { scanner } = this;
    const plain = [':-', ':=', ':?', ':+', '-', '=', '?', '+', '##', '#', '%%', '%'];
    const extra = ['//', '/#', '/%', '/', ':'];
    const bash = ['^^', '^', ',,', ',', '@', '*'];
    const all = [...plain, ...(this.options.hasExtras ? extra : []), ...(this.options.isBash ? bash : [])];
    return all.find((operator) => scanner.take(operator));
  }

  private operands(part: ParameterPart, operator: string): void {
    const { scanner } = this;
    // `${!prefix*}` and `${!prefix@}` list names.
    if (part.indirect && (operator === '*' || operator === '@') && scanner.peek() === '}') {
      part.operator = 'names';
      return;
    }
    // A pattern's quotes count even between double quotes; a default value's do not.
    const isPattern = /^[#%/^,]/.test(operator);
    const inQuotes = part.quoted && !isPattern;
    if (operator.startsWith('/')) {
      part.argument = this.until((c) => c === '/' || c === '}');
      if (scanner.peek() === '/') {
        scanner.next();
        part.replacement = this.until((c) => c === '}', part.quoted);
      }
      return;
    }
    if (operator === ':') {
      part.argument = this.untilOutsideParentheses(':');
      if (scanner.peek() === ':') {
        scanner.next();
        part.replacement = this.until((c) => c === '}', true);
      }
      return;
    }
    part.argument = this.until((c) => c === '}', inQuotes);
  }

  private untilOutsideParentheses(mark: string): Word {
    let depth = 0;
    let ternaries = 0;
    return this.until((c) => {
      if (depth === 0 && c === '}') return true;
      if (c === '(') depth++;
      if (c === ')') depth--;
      if (c === '?') ternaries++;
      if (c === mark && depth === 0 && ternaries-- <= 0) return true;
      return false;
    }, true);
  }
}

function isAll(index: Word | undefined): boolean {
  return index?.source === '@' || index?.source === '*';
}

function addText(parts: WordPart[], text: string, quoted: boolean): void {
  const last = parts.at(-1);
  if (last?.type === 'text' && last.quoted === quoted) last.text += text;
  else parts.push({ type: 'text', text, quoted });
}

/** Where the `))` of an arithmetic expansion stands; undefined when the parentheses do not pair up that way. */
export function arithmeticEnd(source: string, start: number): number | undefined {
  let depth = 0;
  let quoteMark = '';
  for (let at = start; at < source.length; at++) {
    const c = source[at] ?? '';
    if (c === '\\') at++;
    else if (quoteMark !== '') quoteMark = c === quoteMark ? '' : quoteMark;
    else if (c === '"' || c === "'") quoteMark = c;
    else if (c === '(') depth++;
    else if (c === ')' && depth > 0) depth--;
    else if (c === ')') return source[at + 1] === ')' ? at : undefined;
  }
  return undefined;
}
