import { LineDiscipline } from './lineDiscipline';
import { Pipe } from './pipe';
import type { SignalName, Terminal } from './program';
import { Handle } from './stream';

const newline = 10;
const carriageReturn = 13;

export interface PtyOptions {
  columns: number;
  rows: number;
  /** Ctrl-C and its like, and SIGWINCH, go to a process group. */
  signalGroup: (group: number, signal: SignalName) => void;
}

/** A pseudo-terminal: the client types and looks at one side, programs read and write the other. */
export class Pty implements Terminal {
  columns: number;
  rows: number;
  foregroundGroup = 0;
  private readonly typed = new Pipe();
  private readonly screen = new Pipe();
  private readonly ends: (() => void)[] = [];
  private endsDue = 0;
  private readonly discipline: LineDiscipline;
  private readonly resized = new Set<() => void>();
  private isHungUp = false;

  constructor(private readonly options: PtyOptions) {
    this.columns = options.columns;
    this.rows = options.rows;
    this.discipline = new LineDiscipline({
      echo: (text) => this.show(typeof text === 'string' ? Buffer.from(text) : text),
      deliver: (bytes) => (bytes ? this.typed.push(bytes) : this.endOfFile()),
      signal: (name) => this.options.signalGroup(this.foregroundGroup, name),
    });
  }

  /** What the client types. */
  input(bytes: Uint8Array): void {
    if (!this.isHungUp) this.discipline.input(bytes);
  }

  /** What the client sees; null once the terminal has hung up and all is read. */
  output(max: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    return this.screen.read(max, signal);
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    for (const handler of this.resized) handler();
    this.options.signalGroup(this.foregroundGroup, 'SIGWINCH');
  }

  setRaw(raw: boolean): void {
    this.discipline.setRaw(raw);
  }

  setEcho(echo: boolean): void {
    this.discipline.echoes = echo;
  }

  onResize(handler: () => void): () => void {
    this.resized.add(handler);
    return () => void this.resized.delete(handler);
  }

  /** The client has gone: reads end, writes vanish. */
  hangUp(): void {
    this.isHungUp = true;
    this.typed.closeWriter();
    this.screen.closeReader();
  }

  /** All programs have gone: what is on its way to the screen still arrives. */
  finish(): void {
    this.screen.closeWriter();
  }

  /** A handle for a program's stdin, stdout and stderr. */
  open(): Handle {
    return Handle.of({
      label: '/dev/pts/0',
      isTerminal: true,
      read: (max, signal) => this.read(max, signal),
      write: (bytes, signal) => this.write(bytes, signal),
      push: (bytes) => this.show(bytes),
      close: () => undefined,
    });
  }

  /** In canonical mode one read gives at most one line, so that a shell does not swallow what the next command reads. */
  private async read(max: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    if (this.endsDue > 0 && this.typed.isEmpty) return this.takeEnd();
    const ended = new AbortController();
    const onAbort = () => ended.abort();
    signal?.addEventListener('abort', onAbort, { once: true });
    this.ends.push(onAbort);
    if (signal?.aborted) ended.abort();
    const bytes = this.discipline.isRaw
      ? await this.typed.read(max, ended.signal)
      : await this.readLine(max, ended.signal);
    signal?.removeEventListener('abort', onAbort);
    this.ends.splice(this.ends.indexOf(onAbort), 1);
    if (bytes === null && !signal?.aborted && this.endsDue > 0) return this.takeEnd();
    return bytes;
  }

  private readLine(max: number, signal: AbortSignal): Promise<Uint8Array | null> {
    return this.typed.readUntil(newline, max, signal);
  }

  private async write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (this.isHungUp) return;
    await this.screen.write(withCarriageReturns(bytes), signal).catch(() => undefined);
  }

  private show(bytes: Uint8Array): void {
    this.screen.push(withCarriageReturns(bytes));
  }

  private endOfFile(): void {
    this.endsDue++;
    this.ends[0]?.();
  }

  private takeEnd(): null {
    this.endsDue--;
    return null;
  }
}

/** ONLCR: a newline moves to the start of the next line. */
function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  let extra = 0;
  for (const byte of bytes) if (byte === newline) extra++;
  if (extra === 0) return bytes.slice();
  const result = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    if (byte === newline) result[at++] = carriageReturn;
    result[at++] = byte;
  }
  return result;
}
