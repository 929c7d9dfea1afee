import { FileSystemError } from '../filesystem/filesystem';
import type { FileSystem } from '../filesystem/filesystem';
import { BrokenPipe, Exit } from '../process/program';
import type { ByteReader, Process, Program } from '../process/program';
import type { Flavour, ProgramOf } from './flavour';
import { OptionError, parseOptions } from './options';
import type { Options, OptionSpec } from './options';

/** What most commands share: options, usage and error lines in the words of their flavour, input and output. */
export interface CommandSpec extends Partial<OptionSpec> {
  /** What follows `Usage: NAME `. */
  usage: string;
  /** The exit code of a wrong option (1; 2 for GNU `ls`). */
  usageCode?: number;
  /** GNU's, where a wrong option shows all of it rather than where to find it; `end` follows on --help alone. */
  wholeUsage?: { text: string; end: string };
  /** The command reads its arguments itself: all of them are operands. */
  raw?: boolean;
  /** What an old form of the first argument stands for today; undefined when it is none. */
  oldForm?: (first: string, isBusybox: boolean) => string[] | undefined;
}

/** More than this no command keeps in memory: it is the memory of the whole practice cluster. */
const mostHeldBytes = 128 * 2 ** 20;

/** What a line in memory takes beside its text. */
const lineBytes = 100;

export type Run = (call: Call) => Promise<number | void> | number | void;

export function command(spec: CommandSpec, run: Run): ProgramOf {
  return (flavour) => async (process) => {
    const name = nameOf(process);
    const letters = spec.letters ?? '';
    try {
      const args = modern(process.argv.slice(1), spec, flavour);
      const long = { ...spec.long, help: '--help' };
      const options: Options = spec.raw
        ? { values: new Map(), given: [], operands: args }
        : parseOptions(args, { ...spec, letters, long });
      const call = new Call(process, flavour, spec, name, options);
      if (options.values.has('--help')) return await call.help();
      return (await run(call)) ?? call.code;
    } catch (error) {
      return await ending(process, flavour, spec, name, error);
    }
  };
}

function modern([first, ...rest]: string[], { oldForm }: CommandSpec, flavour: Flavour): string[] {
  if (first === undefined) return rest;
  return [...(oldForm?.(first, flavour.kind === 'busybox') ?? [first]), ...rest];
}

/** argv[0] without its folders: busybox asks it which applet is meant. */
export function nameOf(process: Process): string {
  return (process.argv[0] ?? '').replace(/^.*\//, '');
}

async function ending(process: Process, flavour: Flavour, spec: CommandSpec, name: string, error: unknown) {
  if (error instanceof Exit) return error.code;
  // As if SIGPIPE had ended it.
  if (error instanceof BrokenPipe) return 141;
  const call = new Call(process, flavour, spec, name, { values: new Map(), given: [], operands: [] });
  if (error instanceof OptionError) return call.misuse(optionMessage(error));
  if (error instanceof FileSystemError) {
    await call.complain(
      flavour.kind === 'busybox' ? `${error.path}: ${error.reason}` : `${error.path}: ${error.reason}`,
    );
    return 1;
  }
  throw error;
}

function optionMessage({ kind, option }: OptionError): string {
  switch (kind) {
    case 'invalid':
      return `invalid option -- '${option}'`;
    case 'needsValue':
      return `option requires an argument -- '${option}'`;
    case 'unknownLong':
      return `unrecognized option '${option}'`;
    case 'longNeedsValue':
      return `option '${option}' requires an argument`;
    case 'longTakesNone':
      return `option '${option}' doesn't allow an argument`;
  }
}

/** One call of a command. */
export class Call {
  /** What the command ends with unless it says otherwise: 1 once something went wrong. */
  code = 0;

  constructor(
    readonly process: Process,
    readonly flavour: Flavour,
    private readonly spec: CommandSpec,
    readonly name: string,
    private readonly options: Options,
  ) {}

  get operands(): readonly string[] {
    return this.options.operands;
  }

  /** The files that are named, or else the standard input. */
  get inputs(): readonly string[] {
    return this.operands.length > 0 ? this.operands : ['-'];
  }

  get files(): FileSystem {
    return this.process.files;
  }

  get isBusybox(): boolean {
    return this.flavour.kind === 'busybox';
  }

  has(...keys: string[]): boolean {
    return keys.some((key) => this.options.values.has(key));
  }

  /** The last value given for an option. */
  value(key: string): string | undefined {
    return this.options.values.get(key)?.at(-1);
  }

  values(key: string): readonly string[] {
    return this.options.values.get(key) ?? [];
  }

  /** Where the order of different options counts. */
  get given(): readonly (readonly [key: string, value: string])[] {
    return this.options.given;
  }

  /** The last one of these options wins, as in `cp -f -i`. */
  path(operand: string): string {
    return absolute(this.process, operand);
  }

  write(text: string | Uint8Array): Promise<void> {
    return this.process.stdout.write(typeof text === 'string' ? Buffer.from(text) : text);
  }

  /** A line on stderr, without the program's name. Its loss is no error. */
  async warn(text: string): Promise<void> {
    await this.process.stderr.write(Buffer.from(`${text}\n`)).catch(() => {});
  }

  /** `NAME: text` on stderr, and the command will end with 1. */
  async complain(text: string): Promise<void> {
    this.code = 1;
    await this.warn(`${this.name}: ${text}`);
  }

  async fail(text: string, code = 1): Promise<never> {
    await this.complain(text);
    throw new Exit(code);
  }

  /** The words in which this flavour tells of a wrong option, and the code. */
  async misuse(text?: string): Promise<number> {
    const code = this.isBusybox ? 1 : (this.spec.usageCode ?? 1);
    if (text !== undefined) await this.complain(text);
    await this.warn(this.isBusybox ? `${banner(this.flavour)}\n\n${this.usage()}` : this.gnuHint());
    return code;
  }

  async help(): Promise<number> {
    if (this.flavour.kind === 'busybox') await this.warn(`${banner(this.flavour)}\n\n${this.usage()}`);
    else
      await this.write(
        this.spec.wholeUsage ? this.spec.wholeUsage.text + this.spec.wholeUsage.end : `${this.usage()}\n`,
      );
    return 0;
  }

  private gnuHint(): string {
    return this.spec.wholeUsage?.text.trimEnd() ?? `Try '${this.name} --help' for more information.`;
  }

  private usage(): string {
    return `Usage: ${this.name}${this.spec.usage === '' ? '' : ` ${this.spec.usage}`}`;
  }

  /** Like `expect`-ing one more operand: GNU says which is missing, busybox shows its usage. */
  async missingOperand(after?: string): Promise<number> {
    if (this.isBusybox) return this.misuse();
    return this.misuse(after === undefined ? 'missing operand' : `missing operand after '${after}'`);
  }

  /** Runs `task`; what a file refuses is told with `describe` before it and makes the command end with 1. */
  async attempt<T>(task: () => T | Promise<T>, describe: (error: FileSystemError) => string): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      await this.complain(`${describe(error)}: ${error.reason}`);
      return undefined;
    }
  }

  /** The bytes of a file, of stdin for `-`, so many at once at most. Ends early when the process is killed. */
  async *chunks(operand: string, most?: number): AsyncGenerator<Uint8Array> {
    const reader = operand === '-' ? this.process.stdin : this.process.open(this.path(operand), { read: true });
    try {
      for await (const chunk of chunksOfReader(reader, most)) {
        // A device never ends and never waits: without a turn in between it would hold up every other pod.
        await this.process.yield();
        if (this.process.killed.aborted) throw new Exit(143);
        yield chunk;
      }
    } finally {
      if (operand !== '-') reader.close();
    }
  }

  /** What a real node would end by its OOM killer. */
  private outOfMemory(): Promise<never> {
    return this.fail(this.isBusybox ? 'out of memory' : 'memory exhausted');
  }

  /** All of it, for commands that cannot work on less. */
  async bytes(operand: string): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.chunks(operand)) {
      parts.push(chunk);
      size += chunk.length;
      if (size > mostHeldBytes) return this.outOfMemory();
    }
    return Buffer.concat(parts);
  }

  /** Lines without their newline, as bytes in latin1 so that nothing is lost. */
  async *lines(operand: string): AsyncGenerator<string> {
    for await (const lines of this.linesAsTheyCome(operand)) yield* lines;
  }

  /** The same, all lines that came at once together: for what writes as it reads. `end` is what a line ends with. */
  async *linesAsTheyCome(operand: string, end = '\n'): AsyncGenerator<string[]> {
    // A line of many chunks is put together once: joined with each it would be gone through again and again.
    let begun: string[] = [];
    let size = 0;
    for await (const chunk of this.chunks(operand)) {
      const parts = Buffer.from(chunk).toString('latin1').split(end);
      const last = parts.pop() ?? '';
      if (parts.length > 0) {
        yield [begun.join('') + (parts[0] ?? ''), ...parts.slice(1)];
        [begun, size] = [[], 0];
      }
      begun.push(last);
      size += last.length;
      if (size > mostHeldBytes) return this.outOfMemory();
    }
    if (size > 0) yield [begun.join('')];
  }

  /** All of them, for commands that cannot work on less. */
  async allLines(operand: string, end = '\n'): Promise<string[]> {
    const all: string[] = [];
    let size = 0;
    for await (const lines of this.linesAsTheyCome(operand, end)) {
      for (const line of lines) {
        size += line.length + lineBytes;
        all.push(line);
      }
      if (size > mostHeldBytes) return this.outOfMemory();
    }
    return all;
  }

  /** Text of `lines()` back to bytes. */
  writeLatin1(text: string): Promise<void> {
    return this.process.stdout.write(Buffer.from(text, 'latin1'));
  }

  /** Sleeps, and ends the program when it is killed meanwhile. */
  async sleep(ms: number): Promise<void> {
    await this.process.clock.sleep(ms, this.process.killed);
    if (this.process.killed.aborted) throw new Exit(143);
  }
}

export async function* chunksOfReader(reader: ByteReader, most = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await reader.read(most);
    if (!chunk) return;
    yield chunk;
  }
}

export function absolute(process: Process, path: string): string {
  if (path.startsWith('/')) return path;
  return process.cwd === '/' ? `/${path}` : `${process.cwd}/${path}`;
}

export function banner(flavour: Flavour): string {
  return flavour.kind === 'busybox' ? `BusyBox v${flavour.version} (${flavour.built}) multi-call binary.` : '';
}

/** A program whose words do not depend on the flavour. */
export function plain(program: Program): ProgramOf {
  return () => program;
}
