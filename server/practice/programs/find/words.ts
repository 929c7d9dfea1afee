import { FileSystemError } from '../../filesystem/filesystem';
import { isBusyboxFrom } from '../flavour';
import { actions } from './actions';
import { ageTests } from './ageTests';
import { executions } from './execution';
import { fileTests } from './fileTests';
import { nameTests } from './nameTests';
import { ownerTests } from './ownerTests';
import { Refusal } from './primary';
import type { Given, Mood, Primaries, Primary } from './primary';
import type { Search, Test } from './search';
import { settings } from './settings';

const primaries: Primaries = {
  ...settings,
  ...nameTests,
  ...fileTests,
  ...ownerTests,
  ...ageTests,
  ...actions,
  ...executions,
};

export type Token = { type: 'operator'; word: string } | { type: 'test'; test: Test };

/** `!`, `(`, `-o` … by the words that mean them. */
export const operators = new Set(['(', ')', '!', '-not', '-a', '-and', '-o', '-or', ',']);

/** The words of an expression one by one: operators as they are, the others as the tests they stand for. */
export class Words {
  readonly mood: Mood;
  /** Nothing in it does anything, so what matches is printed. */
  prints = true;
  readonly warnings: string[] = [];
  private at = 0;
  private last: string | undefined;
  private lastTest: string | undefined;

  constructor(
    private readonly search: Search,
    private readonly words: readonly string[],
  ) {
    this.mood = {
      regexType: 'findutils-default',
      dayStartMs: search.startedMs - 86_400_000,
      // GNU warns of what is likely a mistake only whoever types it.
      warns: search.call.process.stdin.isTerminal === true,
      usesDelete: false,
      usesPrune: false,
      saysDepth: false,
    };
  }

  tokens(): Token[] {
    const tokens: Token[] = [];
    for (let word = this.next(); word !== undefined; word = this.next()) {
      if (operators.has(word) && !(word === ',' && this.search.call.isBusybox)) tokens.push({ type: 'operator', word });
      else {
        const test = this.test(word);
        if (test) tokens.push({ type: 'test', test });
      }
      this.last = word;
    }
    return tokens;
  }

  private next(): string | undefined {
    return this.words[this.at++];
  }

  private test(name: string): Test | undefined {
    const primary = Object.hasOwn(primaries, name) ? primaries[name] : undefined;
    if (!primary || !this.has(primary)) return this.unknown(name);
    this.warnOfPlace(name, primary);
    const test = primary.build(this.given(name));
    if (primary.acts) this.prints = false;
    if (!primary.isGlobal) this.lastTest = name;
    // busybox reads an option and forgets it; to GNU it is a test that always holds.
    return test ?? (this.search.call.isBusybox ? undefined : () => true);
  }

  private has({ busybox }: Primary): boolean {
    const { flavour, isBusybox } = this.search.call;
    return !isBusybox || (busybox !== undefined && isBusyboxFrom(flavour, 1, busybox));
  }

  private given(name: string): Given {
    const { search, mood } = this;
    const { isBusybox } = search.call;
    const refuse = (gnu: string, busybox = gnu): never => {
      throw new Refusal(isBusybox ? busybox : gnu);
    };
    return {
      search,
      mood,
      name,
      refuse,
      next: () => this.next(),
      argument: () => this.next() ?? refuse(`missing argument to \`${name}'`, `${name} requires an argument`),
      warn: (text) => void this.warnings.push(`warning: ${text}`),
    };
  }

  private unknown(word: string): never {
    if (this.search.call.isBusybox) throw new Refusal(`unrecognized: ${word}`, true);
    if (word.startsWith('-') && word.length > 1) {
      throw new Refusal(/^-newer../.test(word) ? `invalid predicate \`${word}'` : `unknown predicate \`${word}'`);
    }
    const early = `paths must precede expression: \`${word}'`;
    if (this.last === undefined || !this.isThere(word)) throw new Refusal(early);
    throw new Refusal(`${early}\n${this.search.call.name}: possible unquoted pattern after predicate \`${this.last}'?`);
  }

  private isThere(word: string): boolean {
    try {
      this.search.call.files.lstat(this.search.call.path(word));
      return true;
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      return false;
    }
  }

  private warnOfPlace(name: string, { isGlobal }: Primary): void {
    if (!isGlobal || this.lastTest === undefined || !this.mood.warns) return;
    this.warnings.push(
      `warning: you have specified the global option ${name} after the argument ${this.lastTest}, but global options are not ` +
        `positional, i.e., ${name} affects tests specified before it as well as those specified after it.  Please specify ` +
        'global options before other arguments.',
    );
  }
}
