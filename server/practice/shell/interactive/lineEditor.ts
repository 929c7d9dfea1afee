import type { Process, Terminal } from '../../process/program';
import { decode, encode } from '../text';
import { completionsOf } from './completion';
import type { Completer } from './completion';

export type LineResult = { type: 'line'; text: string } | { type: 'interrupted' } | { type: 'end' };

/** Reads one line at a terminal with the keys of readline that people use; the terminal is raw meanwhile. */
export class LineEditor {
  private text: string[] = [];
  private cursor = 0;
  /** The row of the cursor below the prompt's first. */
  private row = 0;
  private historyAt = 0;
  private draft: string[] = [];
  private prompt = '';
  private killed: string[] = [];
  private isFresh = true;

  constructor(
    private readonly process: Process,
    private readonly terminal: Terminal,
    private readonly history: readonly string[],
    private readonly complete: Completer,
  ) {}

  async read(prompt: string): Promise<LineResult> {
    this.prompt = prompt;
    this.historyAt = this.history.length;
    const stopListening = this.terminal.onResize(() => void this.redraw());
    this.terminal.setRaw(true);
    try {
      await this.show(prompt);
      for (;;) {
        const key = await this.key();
        const result = key === undefined ? ({ type: 'end' } as const) : await this.press(key);
        if (result) return result;
      }
    } finally {
      stopListening();
      this.terminal.setRaw(false);
    }
  }

  /** A character, or an escape sequence as a whole. */
  private async key(): Promise<string | undefined> {
    const first = await this.byte();
    if (first === undefined) return undefined;
    if (first === 0x1b) return this.escapeSequence();
    const bytes = [first];
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    for (let i = 0; i < more; i++) bytes.push((await this.byte()) ?? 0x3f);
    return decode(Uint8Array.from(bytes));
  }

  private async escapeSequence(): Promise<string> {
    let sequence = '\x1b';
    for (;;) {
      const byte = await this.byte();
      if (byte === undefined) return sequence;
      sequence += String.fromCharCode(byte);
      const isIntroducer = sequence.length === 2 && (byte === 0x5b || byte === 0x4f);
      if (!isIntroducer && byte >= 0x40) return sequence;
    }
  }

  private async byte(): Promise<number | undefined> {
    return (await this.process.stdin.read(1))?.[0];
  }

  private async press(key: string): Promise<LineResult | undefined> {
    switch (key) {
      case '\r':
      case '\n':
        await this.moveTo(this.text.length);
        // Cooked before the newline shows: a key pressed in answer to it is already for the command.
        this.terminal.setRaw(false);
        await this.show('\n');
        return { type: 'line', text: this.text.join('') };
      case '\x03':
        await this.show('^C\n');
        return { type: 'interrupted' };
      case '\x04':
        if (this.text.length === 0) return { type: 'end' };
        return void (await this.remove(this.cursor, this.cursor + 1));
      case '\t':
        return void (await this.completeWord());
      case '\x0c':
        await this.show('\x1b[H\x1b[J');
        this.row = 0;
        return void (await this.redraw());
    }
    return void (await this.edit(key));
  }

  private async edit(key: string): Promise<void> {
    switch (key) {
      case '\x7f':
      case '\b':
        return this.remove(this.cursor - 1, this.cursor);
      case '\x1b[3~':
        return this.remove(this.cursor, this.cursor + 1);
      case '\x01':
      case '\x1b[H':
      case '\x1b[1~':
      case '\x1bOH':
        return this.moveTo(0);
      case '\x05':
      case '\x1b[F':
      case '\x1b[4~':
      case '\x1bOF':
        return this.moveTo(this.text.length);
      case '\x02':
      case '\x1b[D':
      case '\x1bOD':
        return this.moveTo(this.cursor - 1);
      case '\x06':
      case '\x1b[C':
      case '\x1bOC':
        return this.moveTo(this.cursor + 1);
      case '\x1bb':
      case '\x1b[1;5D':
        return this.moveTo(this.wordStart());
      case '\x1bf':
      case '\x1b[1;5C':
        return this.moveTo(this.wordEnd());
      case '\x10':
      case '\x1b[A':
      case '\x1bOA':
        return this.recall(-1);
      case '\x0e':
      case '\x1b[B':
      case '\x1bOB':
        return this.recall(1);
      case '\x15':
        return this.kill(0, this.cursor);
      case '\x0b':
        return this.kill(this.cursor, this.text.length);
      case '\x17':
        return this.kill(this.wordStart(), this.cursor);
      case '\x19':
        return this.insert(this.killed);
    }
    if (key >= ' ' && !key.startsWith('\x1b')) await this.insert([key]);
  }

  private async insert(characters: readonly string[]): Promise<void> {
    const atEnd = this.cursor === this.text.length;
    this.text.splice(this.cursor, 0, ...characters);
    this.cursor += characters.length;
    if (!atEnd) return this.redraw();
    await this.show(characters.join(''));
    await this.wrap();
  }

  /** At the right edge a terminal waits with the cursor on the last column: this puts it where the next character goes. */
  private async wrap(): Promise<void> {
    const position = this.width() + this.cursor;
    if (position % this.terminal.columns === 0 && position > 0) await this.show('\n');
    this.row = Math.floor(position / this.terminal.columns);
  }

  private async kill(from: number, to: number): Promise<void> {
    if (to > from) this.killed = this.text.slice(from, to);
    await this.remove(from, to);
  }

  private async remove(from: number, to: number): Promise<void> {
    if (from < 0 || from >= this.text.length || to <= from) return;
    const isLast = to === this.cursor && to === this.text.length && to - from === 1;
    this.text.splice(from, to - from);
    this.cursor = from;
    const atEdge = (this.width() + this.cursor + 1) % this.terminal.columns === 0;
    if (isLast && !atEdge) await this.show('\b \b');
    else await this.redraw();
  }

  private async moveTo(position: number): Promise<void> {
    const target = Math.max(0, Math.min(this.text.length, position));
    if (target === this.cursor) return;
    this.cursor = target;
    await this.redraw();
  }

  private async recall(step: number): Promise<void> {
    const target = this.historyAt + step;
    if (target < 0 || target > this.history.length) return;
    if (this.historyAt === this.history.length) this.draft = this.text;
    this.historyAt = target;
    this.text = target === this.history.length ? this.draft : [...(this.history[target] ?? '')];
    this.cursor = this.text.length;
    await this.redraw();
  }

  /** Writes the prompt and the line anew, with the cursor where it belongs. */
  private async redraw(): Promise<void> {
    const { columns } = this.terminal;
    const up = this.row > 0 ? `\x1b[${this.row}A` : '';
    const end = this.width() + this.text.length;
    const target = this.width() + this.cursor;
    const endRow = Math.floor(end / columns);
    this.row = Math.floor(target / columns);
    const edge = end > 0 && end % columns === 0 ? '\n' : '';
    const back = endRow > this.row ? `\x1b[${endRow - this.row}A` : '';
    const right = target % columns > 0 ? `\x1b[${target % columns}C` : '';
    const cursor = target === end ? '' : `${back}\r${right}`;
    await this.show(`${up}\r\x1b[J${this.lastPromptLine()}${this.text.join('')}${edge}${cursor}`);
  }

  private async completeWord(): Promise<void> {
    const before = this.text.slice(0, this.cursor).join('');
    const { common, choices, word } = completionsOf(before, this.complete);
    const added = [...common.slice(word.length)];
    const wasFresh = this.isFresh;
    this.isFresh = added.length > 0;
    if (added.length > 0) return this.insert(added);
    if (choices.length > 1 && !wasFresh) {
      await this.show(`\n${choices.join('  ')}\n`);
      this.row = 0;
      return this.redraw();
    }
    if (choices.length !== 1) await this.show('\x07');
  }

  private wordStart(): number {
    let at = this.cursor;
    while (at > 0 && this.text[at - 1] === ' ') at--;
    while (at > 0 && this.text[at - 1] !== ' ') at--;
    return at;
  }

  private wordEnd(): number {
    let at = this.cursor;
    while (at < this.text.length && this.text[at] === ' ') at++;
    while (at < this.text.length && this.text[at] !== ' ') at++;
    return at;
  }

  private lastPromptLine(): string {
    return this.prompt.split('\n').at(-1) ?? '';
  }

  /** Columns of the prompt; colours take none. */
  private width(): number {
    return [...this.lastPromptLine().replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|[\x01\x02]/g, '')].length;
  }

  private async show(text: string): Promise<void> {
    await this.process.stderr.write(encode(text));
  }
}
