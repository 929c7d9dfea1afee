import type { SignalName } from './program';

export interface LineDisciplineOutput {
  /** To the terminal's screen. */
  echo(text: string | Uint8Array): void;
  /** To the programs behind it. `undefined` is an end of file. */
  deliver(bytes: Uint8Array | undefined): void;
  signal(name: SignalName): void;
}

const key = { interrupt: 3, endOfFile: 4, backspace: 8, newline: 10, carriageReturn: 13, kill: 21, literalNext: 22 };
const eraseWord = 23;
const suspend = 26;
const quit = 28;
const erase = 127;

/** What Linux' n_tty does to keys before a program gets them (drivers/tty/n_tty.c), with the usual `stty` settings. */
export class LineDiscipline {
  private line: number[] = [];
  private takesNextLiterally = false;
  isRaw = false;
  echoes = true;

  constructor(private readonly out: LineDisciplineOutput) {}

  input(bytes: Uint8Array): void {
    if (this.isRaw) return this.out.deliver(withNewlines(bytes));
    for (let i = 0; i < bytes.length; i++) {
      // A signal may have made a program switch to raw mode: the rest is for it.
      if (this.isRaw) return this.out.deliver(withNewlines(bytes.subarray(i)));
      this.key(bytes[i] ?? 0);
    }
  }

  /** Switching to raw hands over what was typed of the line so far. */
  setRaw(raw: boolean): void {
    if (raw && !this.isRaw && this.line.length > 0) this.push();
    this.isRaw = raw;
  }

  private key(code: number): void {
    if (this.takesNextLiterally) return this.type(code);
    switch (code) {
      case key.interrupt:
        return this.raise('SIGINT', '^C');
      case quit:
        return this.raise('SIGQUIT', '^\\');
      case suspend:
        return this.raise('SIGTSTP', '^Z');
      case key.endOfFile:
        return this.line.length > 0 ? this.push() : this.out.deliver(undefined);
      case key.backspace:
      case erase:
        return this.eraseCharacter();
      case eraseWord:
        return this.eraseWord();
      case key.kill:
        while (this.line.length > 0) this.eraseCharacter();
        return;
      case key.literalNext:
        this.takesNextLiterally = true;
        return;
      case key.newline:
      case key.carriageReturn:
        this.line.push(key.newline);
        if (this.echoes) this.out.echo('\n');
        return this.push();
      default:
        this.type(code);
    }
  }

  private type(code: number): void {
    this.takesNextLiterally = false;
    this.line.push(code);
    if (!this.echoes) return;
    const isControl = code < 32 && code !== 9;
    this.out.echo(isControl ? `^${String.fromCharCode(code + 64)}` : Uint8Array.of(code));
  }

  private push(): void {
    const bytes = Uint8Array.from(this.line);
    this.line = [];
    this.out.deliver(bytes);
  }

  private raise(name: SignalName, echo: string): void {
    this.line = [];
    if (this.echoes) this.out.echo(echo);
    this.out.signal(name);
  }

  private eraseWord(): void {
    while (this.line.at(-1) === 32) this.eraseCharacter();
    while (this.line.length > 0 && this.line.at(-1) !== 32) this.eraseCharacter();
  }

  /** One character, which in UTF-8 may be several bytes; a control character was shown as two. */
  private eraseCharacter(): void {
    let code = this.line.pop();
    if (code === undefined) return;
    while ((code & 0xc0) === 0x80 && this.line.length > 0) code = this.line.pop() ?? 0;
    if (this.echoes) this.out.echo(code < 32 && code !== 9 ? '\b \b\b \b' : '\b \b');
  }
}

/** ICRNL stays on in raw mode, as line editors leave it: Enter is a newline. */
function withNewlines(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === key.carriageReturn ? key.newline : byte));
}
