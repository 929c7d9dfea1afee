import type { AndOr, Assignment, CaseArm, Command, List, Pipeline, Redirect, Word } from './ast';
import { ConditionalParser } from './conditionalParser';
import { closing, isRedirect, reserved, wordOfAssignment } from './grammar';
import { Scanner } from './scanner';
import { TokenReader, hereOf } from './tokenReader';
import { WordParser, arithmeticEnd } from './wordParser';

export interface ParserOptions {
  flavour: 'ash' | 'dash' | 'bash';
  aliases?: ReadonlyMap<string, string>;
}

/** A recursive-descent parser of the POSIX shell language and the bash forms that scripts use. */
export class Parser extends TokenReader {
  private readonly words: WordParser;

  constructor(
    source: string,
    private readonly options: ParserOptions,
    firstLine = 1,
    scanner?: Scanner,
  ) {
    super(scanner ?? new Scanner(source, firstLine), options.flavour, options.aliases);
    const isBash = options.flavour === 'bash';
    this.words = new WordParser(this.scanner, {
      isBash,
      hasExtras: options.flavour !== 'dash',
      parseCommands: (inner) => new Parser('', options, inner.line, inner).parenthesised(),
      parseText: (text, line) => new Parser(text, options, line).all(),
    });
  }

  /** The next line of commands; undefined at the end. Throws `ShellSyntaxError`. */
  nextLine(): List | undefined {
    this.skipNewlines();
    if (this.scanner.isAtEnd) return undefined;
    const list = this.list(true);
    this.scanner.skipBlanks();
    if (this.scanner.peek() === '\n') this.newline();
    else if (!this.scanner.isAtEnd) this.unexpected();
    this.requireHereDocuments();
    return list;
  }

  all(): List {
    const items: List['items'] = [];
    for (let line = this.nextLine(); line; line = this.nextLine()) items.push(...line.items);
    return { items };
  }

  /** All of the source as one word, as between double quotes. */
  wordOf(): Word {
    return this.words.until(() => false, true);
  }

  protected hereWord(body: string, firstLine: number): Word {
    return new Parser(body, this.options, firstLine).words.hereDocument();
  }

  private parenthesised(): List {
    const body = this.list(false);
    this.expect(')');
    return body;
  }

  /** Commands up to a closing word or token, or (`isLine`) the end of the line. */
  private list(isLine: boolean): List {
    const items: List['items'] = [];
    if (!isLine) this.skipNewlines();
    while (!this.atListEnd()) {
      const command = this.andOr();
      this.scanner.skipBlanks();
      const background = this.peekOperator() === '&';
      items.push({ command, background });
      if (background || this.peekOperator() === ';') this.takeOperator();
      else if (this.scanner.peek() !== '\n' || isLine) break;
      if (!isLine) this.skipNewlines();
      else this.scanner.skipBlanks();
    }
    return { items };
  }

  private atListEnd(): boolean {
    this.scanner.skipBlanks();
    const c = this.scanner.peek();
    if (c === '' || c === '\n' || c === ')') return true;
    if (c === ';' && /[;&]/.test(this.scanner.peek(1))) return true;
    return closing.has(this.peekPlainWord());
  }

  private andOr(): AndOr {
    this.scanner.skipBlanks();
    const start = this.scanner.position;
    const first = this.pipeline();
    const rest: AndOr['rest'] = [];
    for (;;) {
      this.scanner.skipBlanks();
      const operator = this.peekOperator();
      if (operator !== '&&' && operator !== '||') break;
      this.takeOperator();
      this.skipNewlines();
      rest.push({ operator, pipeline: this.pipeline() });
    }
    return { first, rest, text: this.textFrom(start) };
  }

  private pipeline(): Pipeline {
    this.scanner.skipBlanks();
    const start = this.scanner.position;
    let negated = false;
    let timed = false;
    let isPortable = false;
    for (;;) {
      if (this.takeWord('!')) negated = !negated;
      else if (timed && this.takeWord('-p')) isPortable = true;
      else if (this.options.flavour === 'bash' && this.takeWord('time')) timed = true;
      else break;
    }
    const commands: Command[] = [];
    const isEmpty = () => /^[\n;&|)]?$/.test(this.scanner.peek());
    this.scanner.skipBlanks();
    if (timed && isEmpty()) return { negated, timed, commands: [], text: 'time' };
    commands.push(this.command());
    for (;;) {
      this.scanner.skipBlanks();
      const operator = this.peekOperator();
      if (operator !== '|' && operator !== '|&') break;
      const { line } = this.scanner;
      this.takeOperator();
      const last = commands.at(-1);
      const both: Word = { parts: [{ type: 'text', text: '1', quoted: false }], source: '1' };
      if (operator === '|&') last?.redirects.push({ fd: 2, operator: '>&', target: both, line });
      this.skipNewlines();
      commands.push(this.command());
    }
    return { negated, timed, isPortable, commands, text: this.textFrom(start) };
  }

  private command(): Command {
    this.scanner.skipBlanks();
    this.expandAlias();
    const { line } = this.scanner;
    const redirects: Redirect[] = [];
    const compound = this.compound(line, redirects);
    if (!compound) return this.simple(line);
    for (let redirect = this.redirect(); redirect; redirect = this.redirect()) redirects.push(redirect);
    return compound;
  }

  private compound(line: number, redirects: Redirect[]): Command | undefined {
    const facts = { line, redirects };
    const c = this.scanner.peek();
    if (c === '(') {
      const arithmetic = this.doubleParentheses();
      if (arithmetic) return { type: 'arithmetic', expression: arithmetic, ...facts };
      this.scanner.next();
      const body = this.list(false);
      if (body.items.length === 0) this.unexpected(this.scanner.isAtEnd ? ')' : undefined);
      this.expect(')');
      return { type: 'subshell', body, ...facts };
    }
    const word = this.peekPlainWord();
    if (!reserved.has(word)) return undefined;
    switch (word) {
      case '{': {
        this.takeWord('{');
        const body = this.list(false);
        this.requireBody(body, '}');
        this.expectWord('}');
        return { type: 'group', body, ...facts };
      }
      case 'if':
        return { ...this.ifCommand(), ...facts };
      case 'while':
      case 'until': {
        this.takeWord(word);
        const condition = this.list(false);
        return { type: 'loop', until: word === 'until', condition, body: this.doGroup(), ...facts };
      }
      case 'for':
        return { ...this.forCommand(), ...facts };
      case 'case':
        return { ...this.caseCommand(), ...facts };
      case 'function':
        if (this.options.flavour === 'dash') return undefined;
        this.takeWord('function');
        return this.functionNamed(this.plainWord() ?? this.unexpected(), line);
      case '[[':
        // In ash it is a builtin that neither splits nor expands its words (BASH_TEST2); bash's grammar has all that it understands.
        if (this.options.flavour === 'dash') return undefined;
        this.takeWord('[[');
        return { type: 'conditional', expression: new ConditionalParser(this.scanner, this.words).parse(), ...facts };
    }
    if (closing.has(word)) this.unexpected();
    return undefined;
  }

  private simple(line: number): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    const begin = this.scanner.position;
    for (;;) {
      this.scanner.skipBlanks();
      const redirect = this.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const assignment = words.length === 0 || this.isDeclaration(words[0]) ? this.assignment() : undefined;
      if (assignment && words.length === 0) {
        assignments.push(assignment);
        continue;
      }
      if (assignment) {
        words.push(wordOfAssignment(assignment));
        continue;
      }
      const word = this.words.word();
      if (!word) break;
      words.push(word);
      if (words.length === 1 && this.scanner.peek() === '(' && assignments.length === 0)
        return this.functionAfter(word, line);
      if (words.length === 1) {
        this.scanner.skipBlanks();
        if (this.scanner.peek() === '(' && assignments.length === 0) return this.functionAfter(word, line);
      }
    }
    if (this.scanner.position === begin || assignments.length + words.length + redirects.length === 0)
      this.unexpected();
    return { type: 'simple', assignments, words, redirects, line };
  }

  /** `declare a=(1 2)` takes assignments among its words. */
  private isDeclaration(word: Word | undefined): boolean {
    const isBash = this.options.flavour === 'bash';
    return isBash && ['declare', 'local', 'typeset', 'export', 'readonly'].includes(word?.source ?? '');
  }

  private functionAfter(word: Word, line: number): Command {
    const isPlain = word.parts.every((part) => part.type === 'text' && !part.quoted);
    if (!isPlain) this.unexpected();
    this.scanner.next();
    this.scanner.skipBlanks();
    if (this.scanner.peek() !== ')') this.unexpected();
    this.scanner.next();
    return this.functionNamed(word.source, line);
  }

  private functionNamed(name: string, line: number): Command {
    this.scanner.skipBlanks();
    if (this.scanner.peek() === '(' && this.scanner.peek(1) === ')') {
      this.scanner.next();
      this.scanner.next();
    }
    if (this.options.flavour === 'dash' && !/^[A-Za-z_][\w]*$/.test(name))
      this.scanner.fail({ kind: 'bad name', source: name });
    this.skipNewlines();
    return { type: 'function', name, body: this.command(), redirects: [], line };
  }

  private ifCommand() {
    this.takeWord('if');
    const branches: { condition: List; body: List }[] = [];
    let otherwise: List | undefined;
    do {
      const condition = this.list(false);
      this.requireBody(condition, 'then');
      this.expectWord('then');
      const body = this.list(false);
      this.requireBody(body, 'fi');
      branches.push({ condition, body });
    } while (this.takeWord('elif'));
    if (this.takeWord('else')) {
      otherwise = this.list(false);
      this.requireBody(otherwise, 'fi');
    }
    this.expectWord('fi');
    return { type: 'if' as const, branches, otherwise };
  }

  private forCommand() {
    this.takeWord('for');
    this.scanner.skipBlanks();
    const arithmetic = this.options.flavour === 'bash' ? this.doubleParentheses() : undefined;
    if (arithmetic) {
      const [init, condition, step] = splitArithmetic(arithmetic, this.options, this.scanner.line);
      this.scanner.skipBlanks();
      if (this.peekOperator() === ';') this.takeOperator();
      const body = this.doGroup();
      return { type: 'cfor' as const, init, condition, step, body };
    }
    const name = this.plainWord();
    if (name === undefined && this.options.flavour !== 'bash') this.scanner.fail({ kind: 'bad name', source: '' });
    if (name === undefined) this.unexpected();
    if (!/^[A-Za-z_]\w*$/.test(name)) this.scanner.fail({ kind: 'bad name', source: name });
    this.skipNewlines();
    let words: Word[] | undefined;
    if (this.takeWord('in')) {
      words = [];
      for (;;) {
        this.scanner.skipBlanks();
        const word = this.words.word();
        if (!word) break;
        words.push(word);
      }
      if (this.peekOperator() === ';') this.takeOperator();
      else if (this.scanner.peek() !== '\n') this.unexpected();
    } else if (this.peekOperator() === ';') this.takeOperator();
    return { type: 'for' as const, name, words, body: this.doGroup() };
  }

  private doGroup(): List {
    this.skipNewlines();
    if (this.options.flavour === 'bash' && this.takeWord('{')) {
      const body = this.list(false);
      this.expectWord('}');
      return body;
    }
    this.expectWord('do');
    const body = this.list(false);
    this.requireBody(body, 'done');
    this.expectWord('done');
    return body;
  }

  private caseCommand() {
    this.takeWord('case');
    this.scanner.skipBlanks();
    const subject = this.words.word() ?? this.unexpected();
    this.skipNewlines();
    this.expectWord('in');
    const arms: CaseArm[] = [];
    this.skipNewlines();
    while (!this.takeWord('esac')) {
      if (this.scanner.isAtEnd) this.unexpected(')');
      arms.push(this.caseArm());
      this.skipNewlines();
    }
    return { type: 'case' as const, subject, arms };
  }

  private caseArm(): CaseArm {
    this.scanner.skipBlanks();
    if (this.scanner.peek() === '(') this.scanner.next();
    const patterns: Word[] = [];
    do {
      this.scanner.skipBlanks();
      patterns.push(this.words.word() ?? this.unexpected('esac'));
      this.scanner.skipBlanks();
    } while (this.scanner.take('|'));
    this.expect(')');
    const body = this.list(false);
    this.scanner.skipBlanks();
    const end = ([';;&', ';&', ';;'] as const).find((mark) => this.scanner.take(mark));
    if (!end && this.peekPlainWord() !== 'esac') this.unexpected('esac');
    return { patterns, body, end: end ?? ';;' };
  }

  private assignment(): Assignment | undefined {
    const rest = this.scanner.source.slice(this.scanner.position, this.scanner.position + 4096);
    const isBash = this.options.flavour === 'bash';
    const match = (isBash ? /^([A-Za-z_]\w*)(\[[^\]\n]*\])?(\+?)=/ : /^([A-Za-z_]\w*)()()=/).exec(rest);
    const name = match?.[1];
    if (!match || name === undefined) return undefined;
    const start = this.scanner.position;
    for (let i = 0; i < match[0].length; i++) this.scanner.next();
    const index = match[2] ? this.wordFrom(match[2].slice(1, -1)) : undefined;
    const append = match[3] === '+';
    if (isBash && this.scanner.peek() === '(') {
      this.scanner.next();
      const array = this.arrayElements();
      return { name, index, append, value: { array }, source: this.textFrom(start) };
    }
    const value = this.words.word() ?? { parts: [], source: '' };
    return { name, index, append, value, source: this.textFrom(start) };
  }

  private arrayElements(): { index?: Word; value: Word }[] {
    const elements: { index?: Word; value: Word }[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.scanner.peek() === ')') break;
      const key = /^\[([^\]\n]+)\]=/.exec(this.scanner.source.slice(this.scanner.position));
      if (key) for (let i = 0; i < key[0].length; i++) this.scanner.next();
      const value = this.words.word();
      if (!value && !key) this.unexpected();
      elements.push({ index: key?.[1] ? this.wordFrom(key[1]) : undefined, value: value ?? { parts: [], source: '' } });
    }
    this.expect(')');
    return elements;
  }

  private wordFrom(text: string): Word {
    return new Parser(text, this.options, this.scanner.line).words.until(() => false);
  }

  private redirect(): Redirect | undefined {
    this.scanner.skipBlanks();
    const rest = this.scanner.source.slice(this.scanner.position, this.scanner.position + 16);
    const isBash = this.options.flavour === 'bash';
    const both = isBash || this.options.flavour === 'ash' ? /^(&>>|&>)/.exec(rest) : null;
    const match = both ? [both[0], '', both[0]] : /^(\d*)(<<<|<<-|<<|<>|<&|<|>>|>&|>\||>)/.exec(rest);
    const operator = match?.[2];
    if (!match || !isRedirect(operator)) return undefined;
    if (operator === '<<<' && this.options.flavour === 'dash') return undefined;
    if (isBash && /^[<>]\(/.test(rest)) return undefined;
    const { line } = this.scanner;
    for (let i = 0; i < (match[0]?.length ?? 0); i++) this.scanner.next();
    this.scanner.skipBlanks();
    const target = this.words.word() ?? this.unexpected();
    const redirect: Redirect = { fd: match[1] ? Number(match[1]) : undefined, operator, target, line };
    if (operator === '<<' || operator === '<<-') this.hereDocuments.push(hereOf(redirect));
    return redirect;
  }

  private doubleParentheses(): Word | undefined {
    const { scanner } = this;
    if (this.options.flavour === 'dash' || !scanner.startsWith('((')) return undefined;
    const end = arithmeticEnd(scanner.source, scanner.position + 2);
    if (end === undefined) return undefined;
    scanner.next();
    scanner.next();
    const expression = this.words.until(() => scanner.position >= end, true);
    scanner.position = end + 2;
    return expression;
  }
}

function splitArithmetic(word: Word, options: ParserOptions, line: number): [Word, Word, Word] {
  const part = (text: string) => new Parser(text, options, line).wordOf();
  const [init = '', condition = '', step = ''] = word.source.split(';');
  return [part(init), part(condition), part(step)];
}
