import { ScriptError } from './scriptError';
import type { ScriptFault } from './scriptError';

/** One `-e` or `-f` of a script. */
export interface ScriptPart {
  text: string;
  isExtended: boolean;
  /** The number of a `-e`, the name of a `-f`. */
  source: { expression: number } | { file: string };
}

/** Goes through a part of a script by characters and says where in it something is wrong. */
export class ScriptReader {
  at = 0;

  constructor(
    readonly part: ScriptPart,
    /** busybox has fewer commands, and takes as the next one whatever follows the last. */
    readonly isBusybox: boolean,
  ) {}

  get isExtended(): boolean {
    return this.part.isExtended;
  }

  next(): string | undefined {
    const c = this.part.text[this.at];
    if (c !== undefined) this.at++;
    return c;
  }

  peek(): string | undefined {
    return this.part.text[this.at];
  }

  /** Takes back what `next` gave; the end cannot be taken back. */
  back(c: string | undefined): void {
    if (c !== undefined) this.at--;
  }

  skipBlanks(): void {
    while (this.peek() === ' ' || this.peek() === '\t') this.at++;
  }

  nextAfterBlanks(): string | undefined {
    this.skipBlanks();
    return this.next();
  }

  /** Everything up to one of these characters or the end. */
  until(characters: RegExp): string {
    const start = this.at;
    while (this.at < this.part.text.length && !characters.test(this.part.text[this.at] ?? '')) this.at++;
    return this.part.text.slice(start, this.at);
  }

  number(): number | undefined {
    const digits = this.until(/\D/);
    return digits === '' ? undefined : Number(digits);
  }

  /** GNU wants a command to be the last of its line, or a `;`, `}` or `#` behind it. */
  endCommand(): void {
    if (this.isBusybox) return;
    const c = this.nextAfterBlanks();
    if (c === '}' || c === '#') this.back(c);
    else if (c !== undefined && !/[\n;\r]/.test(c)) this.fail('extraCharacters', c);
  }

  where(at = this.at): string {
    const { source, text } = this.part;
    if ('expression' in source) return `-e expression #${source.expression}, char ${at}`;
    return `file ${source.file} line ${Math.max(1, text.slice(0, at).split('\n').length)}`;
  }

  fail(fault: ScriptFault, detail?: string): never {
    throw new ScriptError(fault, this.where(), detail);
  }
}
