import { parseAddresses } from './addressParser';
import { parseAction, readLabel } from './commandParser';
import type { Action, Command, Script } from './script';
import { ScriptError } from './scriptError';
import { ScriptReader } from './scriptReader';
import type { ScriptPart } from './scriptReader';
import { readText } from './textParser';

/** A branch to a label that is nowhere: GNU says so without a place. */
export class MissingLabel extends Error {
  constructor(readonly label: string) {
    super(label);
    this.name = 'MissingLabel';
  }
}

/** Throws `ScriptError` or `MissingLabel`. */
export function parseScript(parts: readonly ScriptPart[], isBusybox: boolean): Script {
  const parser = new ScriptParser(isBusybox);
  for (const [i, part] of parts.entries()) parser.read(part, i === 0);
  return parser.finish();
}

type TextAction = Action & { type: 'append' | 'insert' | 'change' };

class ScriptParser {
  private readonly commands: Command[] = [];
  private readonly labels = new Map<string, number>();
  private readonly blocks: { action: Action & { type: 'block' }; where: string }[] = [];
  private isQuiet = false;
  private end = '';
  /** A text that goes on in the next part. */
  private open: TextAction | undefined;

  constructor(private readonly isBusybox: boolean) {}

  read(part: ScriptPart, isFirst: boolean): void {
    const reader = new ScriptReader(part, this.isBusybox);
    if (isFirst && /^#n(?:\n|$)/.test(part.text)) this.isQuiet = true;
    if (this.open) this.continueText(reader, this.open);
    for (;;) {
      reader.until(/[^;\s]/);
      if (reader.peek() === undefined) break;
      this.command(reader);
    }
    this.end = reader.where('expression' in part.source ? 0 : part.text.replace(/\n$/, '').length);
  }

  private continueText(reader: ScriptReader, open: TextAction): void {
    const { text, isOpen } = readText(reader);
    open.text += text;
    if (!isOpen) this.open = undefined;
  }

  private command(reader: ScriptReader): void {
    const { first, second, isNegated } = parseAddresses(reader);
    const letter = reader.next();
    if (letter === undefined) return reader.fail('missingCommand');
    if (letter === '#' || letter === ':' || letter === '}') return this.mark(reader, letter, first !== undefined);
    const add = (action: Action): void => {
      this.commands.push({ ...(first && { first }), ...(second && { second }), isNegated, action });
    };
    if (letter === '{') {
      const action = { type: 'block' as const, end: undefined };
      this.blocks.push({ action, where: reader.where('expression' in reader.part.source ? 0 : reader.at) });
      return add(action);
    }
    const { action, isOpen } = parseAction(reader, letter, second ? 2 : first ? 1 : 0);
    add(action);
    if (isOpen) this.open = action as TextAction;
  }

  /** What is no command by itself: comments, labels, ends of blocks. */
  private mark(reader: ScriptReader, letter: '#' | ':' | '}', hasAddress: boolean): void {
    if (letter === '#') {
      if (hasAddress) reader.fail('commentAddress');
      reader.until(/\n/);
    } else if (letter === ':') {
      if (hasAddress && !this.isBusybox) reader.fail('labelAddress');
      const label = readLabel(reader);
      if (label === '' && !this.isBusybox) reader.fail('noLabel');
      this.labels.set(label, this.commands.length);
    } else this.closeBlock(reader, hasAddress);
  }

  private closeBlock(reader: ScriptReader, hasAddress: boolean): void {
    const block = this.blocks.pop();
    if (block) block.action.end = this.commands.length;
    else if (!this.isBusybox) reader.fail('unexpectedBrace');
    if (hasAddress && !this.isBusybox) reader.fail('unexpectedBrace');
    reader.endCommand();
  }

  finish(): Script {
    const [open] = this.blocks;
    // busybox finds out only when it has to go around the block.
    if (open && !this.isBusybox) throw new ScriptError('unmatchedBrace', open.where);
    // The end of the script is the end of the text; busybox takes a backslash before it for a line of its own.
    if (this.open && this.open.text !== '\n' && this.isBusybox) this.open.text += '\n';
    for (const { action } of this.commands) {
      if (action.type !== 'branch') continue;
      const to = action.label === '' ? this.commands.length : this.labels.get(action.label);
      if (to === undefined) throw new MissingLabel(action.label);
      action.to = to;
    }
    return { commands: this.commands, isQuiet: this.isQuiet, end: this.end };
  }
}
