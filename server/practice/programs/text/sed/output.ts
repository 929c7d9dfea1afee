import type { ByteWriter } from '../../../process/program';

const enough = 64 * 1024;

/** What is held until before anything is waited for. */
class Held {
  private parts: string[] = [];
  size = 0;

  constructor(readonly writer: ByteWriter) {}

  add(text: string): void {
    this.parts.push(text);
    this.size += text.length;
  }

  async flush(): Promise<void> {
    if (this.size === 0) return;
    const bytes = Buffer.from(this.parts.join(''), 'latin1');
    this.parts = [];
    this.size = 0;
    await this.writer.write(bytes);
  }
}

/** Where lines go. */
export class Output {
  /** The last line had no newline: it gets one when something follows. */
  private isOpen = false;

  private constructor(private readonly held: Held) {}

  static to(writer: ByteWriter): Output {
    return new Output(new Held(writer));
  }

  /** Another one to the same place, which knows only of its own lines: the /dev/stdout of `w`. */
  beside(): Output {
    return new Output(this.held);
  }

  get isFull(): boolean {
    return this.held.size > enough;
  }

  line(text: string, end: string, isWhole: boolean): void {
    this.text(isWhole ? text + end : text, end);
    this.isOpen = !isWhole;
  }

  /** Text that is what it is, whether it ends with a newline or not. */
  text(text: string, end = '\n'): void {
    if (this.isOpen) this.held.add(end);
    this.isOpen = false;
    this.held.add(text);
  }

  flush(): Promise<void> {
    return this.held.flush();
  }

  async close(): Promise<void> {
    await this.held.flush();
    this.held.writer.close();
  }
}
