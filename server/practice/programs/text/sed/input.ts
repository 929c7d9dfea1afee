/** One line of input without its delimiter; the last one of a file may have none. */
export interface Line {
  text: string;
  isWhole: boolean;
}

/** It would take the memory of the whole practice cluster. */
const mostHeld = 128 * 2 ** 20;

export class LineTooLong extends Error {}

/** The lines of one stream, read on only when there is no other way to answer. */
export class LineSource {
  private lines: string[] = [];
  private next = 0;
  /** The line whose end has not been seen: in pieces, so that a long one is not copied again and again. */
  private rest: string[] = [];
  private restSize = 0;
  private hasEnded = false;

  constructor(
    private readonly chunks: AsyncGenerator<Uint8Array>,
    private readonly delimiter: string,
    private readonly beforeReading: () => Promise<void>,
  ) {}

  /** Whether there is another line; opens the file when it is asked first. */
  async hasNext(): Promise<boolean> {
    while (this.next >= this.lines.length && !this.hasEnded) await this.readOn();
    return this.next < this.lines.length || this.restSize > 0;
  }

  async take(): Promise<Line | undefined> {
    if (!(await this.hasNext())) return undefined;
    const text = this.lines[this.next++];
    if (text !== undefined) return { text, isWhole: true };
    return { text: this.takeRest(''), isWhole: false };
  }

  private async readOn(): Promise<void> {
    await this.beforeReading();
    const { value, done } = await this.chunks.next();
    if (done) {
      this.hasEnded = true;
      return;
    }
    const lines = Buffer.from(value).toString('latin1').split(this.delimiter);
    const rest = lines.pop() ?? '';
    if (lines[0] !== undefined) lines[0] = this.takeRest(lines[0]);
    this.rest.push(rest);
    this.restSize += rest.length;
    if (this.restSize > mostHeld) throw new LineTooLong();
    this.lines = lines;
    this.next = 0;
  }

  private takeRest(end: string): string {
    const text = this.rest.join('') + end;
    this.rest = [];
    this.restSize = 0;
    return text;
  }

  async close(): Promise<void> {
    await this.chunks.return(undefined);
  }
}

export interface InputHooks {
  /** A file of that name; undefined when it has been told why it cannot be read. */
  open(name: string): Promise<LineSource | undefined>;
  /** All of a file was read, and the next one begins. */
  closed(name: string): Promise<void>;
}

/** All files one after another. Looks into the next one only when it is asked for the last line. */
export class Input {
  line = 0;
  name = '-';
  private current: LineSource | undefined;
  private ahead: { name: string; source: LineSource } | undefined;

  constructor(
    private readonly names: string[],
    /** Lines are counted anew in each file, and each has a last one (-s, -i). */
    private readonly isSeparate: boolean,
    private readonly hooks: InputHooks,
  ) {}

  /** The next line, and whether a file begins with it. */
  async take(): Promise<(Line & { isFirst: boolean }) | undefined> {
    let isFirst = false;
    for (;;) {
      const line = await this.current?.take();
      if (line) {
        this.line = isFirst && this.isSeparate ? 1 : this.line + 1;
        return { ...line, isFirst };
      }
      await this.leave();
      if (!(await this.enter())) return undefined;
      isFirst = true;
    }
  }

  /** Whether the line that was taken last is the last one: of all files, or of this one. */
  async isLast(): Promise<boolean> {
    if (await this.current?.hasNext()) return false;
    if (this.isSeparate) return true;
    while (!this.ahead && this.names.length > 0) {
      const ahead = await this.openNext();
      if (ahead && (await ahead.source.hasNext())) this.ahead = ahead;
    }
    return this.ahead === undefined;
  }

  async close(): Promise<void> {
    await this.leave();
    await this.ahead?.source.close();
  }

  private async leave(): Promise<void> {
    if (!this.current) return;
    await this.current.close();
    this.current = undefined;
    await this.hooks.closed(this.name);
  }

  private async enter(): Promise<boolean> {
    while (!this.ahead && this.names.length > 0) this.ahead = await this.openNext();
    if (!this.ahead) return false;
    this.current = this.ahead.source;
    this.name = this.ahead.name;
    this.ahead = undefined;
    return true;
  }

  private async openNext(): Promise<{ name: string; source: LineSource } | undefined> {
    const name = this.names.shift() ?? '-';
    const source = await this.hooks.open(name);
    return source && { name, source };
  }
}
