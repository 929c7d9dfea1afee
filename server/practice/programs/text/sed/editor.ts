import { Exit } from '../../../process/program';
import type { Call } from '../../command';
import type { RegularExpression } from '../regularExpression';
import { asksForLast, initialRange, selects } from './addressMatching';
import type { Place, Range } from './addressMatching';
import type { Appended } from './appended';
import { LineTooLong } from './input';
import type { Input } from './input';
import { listLine } from './listLine';
import type { Outputs } from './outputs';
import type { Action, Script, Substitution } from './script';
import { ScriptError } from './scriptError';
import { substitute } from './substitute';

const joinsKept = 100_000;
/** What either space may hold: an expression over all of it takes several times as much. */
const mostSpace = 32 * 2 ** 20;

export interface EditorOptions {
  isQuiet: boolean;
  /** Between lines: a newline, or NUL (-z). */
  delimiter: string;
  listWidth: number;
  isSeparate: boolean;
}

/** What follows a command: the next one, that of an index, or the end of the cycle. */
type Next = undefined | number | 'end' | 'delete' | 'again' | 'quit' | 'quitSilently';

/** The pattern space, the hold space and what the commands do with them. */
export class Editor implements Place {
  isLast = false;
  private pattern = '';
  private joins = 0;
  /** Whether the last line read ended with a delimiter: then so does what is printed. */
  private isWhole = true;
  private hold = '';
  private isHoldWhole = true;
  private isReplaced = false;
  private lastExpression: RegularExpression | undefined;
  private ranges: Range[];
  private readonly asksForLast: boolean[];
  private code = 0;
  private steps = 0;

  constructor(
    private readonly call: Call,
    private readonly script: Script,
    private readonly options: EditorOptions,
    private readonly input: Input,
    private readonly outputs: Outputs,
    private readonly appended: Appended,
  ) {
    this.ranges = script.commands.map(initialRange);
    this.asksForLast = script.commands.map(asksForLast);
  }

  get line(): number {
    return this.input.line;
  }

  matches(expression: RegularExpression | undefined): boolean {
    return this.expression(expression).find(this.pattern) !== undefined;
  }

  /** Until there is no more input or `q` ends it; resolves with the exit code. */
  async run(): Promise<number> {
    let hasPattern = await this.read(false);
    while (hasPattern) {
      const ending = await this.cycle();
      if (ending === 'quitSilently') break;
      if (ending !== 'delete' && ending !== 'again' && !this.options.isQuiet) this.print();
      if (ending === 'quit') {
        // GNU ends what it printed with a newline here, even if the input had none.
        if (!this.call.isBusybox) this.outputs.main.text('');
        await this.appended.print();
        break;
      }
      if (ending === 'again') await this.appended.print();
      else hasPattern = await this.read(false);
    }
    await this.outputs.flush();
    return this.code;
  }

  /** Takes the next line, alone or behind what is there already (N). */
  private async read(isAdded: boolean): Promise<boolean> {
    await this.appended.print();
    const line = await this.input.take();
    if (!line) return false;
    if (line.isFirst && this.options.isSeparate) {
      this.ranges = this.script.commands.map(initialRange);
      this.hold = '';
    }
    this.pattern = isAdded ? this.joined(this.pattern, line.text) : line.text;
    this.isWhole = line.isWhole;
    if (!isAdded || !this.call.isBusybox) this.isReplaced = false;
    if (this.outputs.isFull) await this.outputs.flush();
    return true;
  }

  private print(isWhole = this.isWhole): void {
    this.outputs.main.line(this.pattern, this.options.delimiter, isWhole);
  }

  /** Runs the script once. */
  private async cycle(): Promise<Exclude<Next, undefined | number>> {
    const { commands } = this.script;
    let next: Next;
    for (let at = 0; at < commands.length; at = typeof next === 'number' ? next : at + 1) {
      if (++this.steps % 1000 === 0) await this.rest();
      const command = commands[at];
      if (!command) break;
      const { action } = command;
      if (this.asksForLast[at]) this.isLast = await this.input.isLast();
      const { isSelected, range } = selects(command, this.ranges[at] ?? { state: 'outside' }, this);
      this.ranges[at] = range;
      next = undefined;
      if (isSelected !== command.isNegated) next = await this.perform(action, range);
      else if (action.type === 'block') next = action.end ?? this.refuse('unmatchedBrace');
      if (typeof next === 'string') return next;
    }
    return 'end';
  }

  /** A script may go round for ever. */
  private async rest(): Promise<void> {
    if (this.outputs.isFull) await this.outputs.flush();
    await this.call.process.yield();
    if (this.call.process.killed.aborted) throw new Exit(143);
  }

  private perform(action: Action, range: Range): Next | Promise<Next> {
    const { main } = this.outputs;
    switch (action.type) {
      case 'block':
        return undefined;
      case 'append':
        return this.appended.add({ text: action.text }) as undefined;
      case 'insert':
        return this.printText(action.text);
      case 'change':
        if (range.state !== 'inside') this.printText(action.text);
        return 'delete';
      case 'branch':
        return this.branch(action);
      case 'quit':
        this.code = action.code;
        return action.prints ? 'quit' : 'quitSilently';
      case 'readFile':
        return this.appended.add({ file: action.path }) as undefined;
      case 'readLine':
        return this.appended.add({ lineOf: action.path }) as undefined;
      case 'write':
        return this.outputs.of(action.path).line(this.pattern, this.options.delimiter, this.isWhole) as undefined;
      case 'writeFirstLine':
        return this.printFirstLine(action.path);
      case 'substitute':
        return this.substitute(action);
      case 'translate':
        this.pattern = [...this.pattern].map((c) => action.to.get(c) ?? c).join('');
        return undefined;
      case 'list':
        return main.text(
          listLine(this.pattern, action.width ?? this.options.listWidth) + this.options.delimiter,
        ) as undefined;
      case 'simple':
        return this.simple(action.letter);
    }
  }

  private printText(text: string): undefined {
    this.outputs.main.text(text === '' ? '' : text.slice(0, -1) + this.options.delimiter);
  }

  private branch({ when, to }: Action & { type: 'branch' }): Next {
    const isReplaced = this.isReplaced;
    if (when !== 'always') this.isReplaced = false;
    if (when === 'replaced' && !isReplaced) return undefined;
    return when === 'unreplaced' && isReplaced ? undefined : to;
  }

  private substitute(action: Substitution): undefined {
    const result = substitute(this.pattern, this.expression(action.expression), action);
    if (result === undefined) return;
    if (result.length > mostSpace) throw new LineTooLong();
    this.pattern = result;
    this.isReplaced = true;
    if (action.prints) this.print();
    if (action.path !== undefined) this.outputs.of(action.path).line(result, this.options.delimiter, this.isWhole);
  }

  private simple(letter: string): Next | Promise<Next> {
    switch (letter) {
      case '=':
        return this.outputs.main.text(this.line + this.options.delimiter) as undefined;
      case 'F':
        return this.outputs.main.text(
          Buffer.from(this.input.name).toString('latin1') + this.options.delimiter,
        ) as undefined;
      case 'd':
        return 'delete';
      case 'D':
        return this.deleteFirstLine();
      case 'n':
        return this.nextLine();
      case 'N':
        return this.addLine();
      case 'p':
        return this.print(this.isWhole || this.call.isBusybox) as undefined;
      case 'P':
        return this.printFirstLine();
      case 'z':
        this.pattern = '';
        return undefined;
      default:
        return this.exchange(letter);
    }
  }

  /** g, G, h, H and x: the pattern space and the hold space. */
  private exchange(letter: string): undefined {
    const { pattern, isWhole, hold } = this;
    // busybox remembers of the line that was read last alone whether it had a newline.
    const isHoldWhole = this.call.isBusybox ? letter !== 'g' || isWhole : this.isHoldWhole;
    if (/[gx]/.test(letter)) [this.pattern, this.isWhole] = [hold, isHoldWhole];
    if (/[hx]/.test(letter)) [this.hold, this.isHoldWhole] = [pattern, isWhole];
    if (letter === 'G') [this.pattern, this.isWhole] = [this.joined(pattern, hold), isHoldWhole];
    if (letter === 'H') [this.hold, this.isHoldWhole] = [this.joined(hold, pattern), isWhole];
  }

  /** A space that grew. Without end it would take the memory of the whole practice cluster. */
  private joined(space: string, text: string): string {
    const longer = space + this.options.delimiter + text;
    if (longer.length > mostSpace) throw new LineTooLong();
    // V8 keeps what was joined as a tree of all its parts, many times as large, until somebody looks into it.
    if (++this.joins % joinsKept === 0) /^/.test(longer);
    return longer;
  }

  private printFirstLine(path?: string): undefined {
    const end = this.pattern.indexOf(this.options.delimiter);
    const text = end < 0 ? this.pattern : this.pattern.slice(0, end);
    const output = path === undefined ? this.outputs.main : this.outputs.of(path);
    output.line(text, this.options.delimiter, end >= 0 || this.isWhole || this.call.isBusybox);
  }

  private deleteFirstLine(): Next {
    const end = this.pattern.indexOf(this.options.delimiter);
    if (end < 0) return 'delete';
    this.pattern = this.pattern.slice(end + 1);
    return 'again';
  }

  /** Without another line `n` and `N` end the script, and the pattern space is printed as at its end. */
  private async nextLine(): Promise<Next> {
    if (await this.input.isLast()) return 'end';
    if (!this.options.isQuiet) this.print();
    await this.read(false);
    return undefined;
  }

  private async addLine(): Promise<Next> {
    if (await this.input.isLast()) return 'end';
    await this.read(true);
    return undefined;
  }

  private expression(expression: RegularExpression | undefined): RegularExpression {
    this.lastExpression = expression ?? this.lastExpression ?? this.refuse('noPrevious');
    return this.lastExpression;
  }

  private refuse(fault: 'noPrevious' | 'unmatchedBrace'): never {
    throw new ScriptError(fault, this.script.end);
  }
}
