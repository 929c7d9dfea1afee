import { parsePasswd } from '../containers/accounts';
import { createPipe } from '../process/pipe';
import { BrokenPipe } from '../process/program';
import type { ByteReader, ByteStream, ByteWriter, Process, SignalName } from '../process/program';
import type { Command, List, Word } from './ast';
import { evaluate } from './arithmetic';
import type { ArithmeticVariables } from './arithmetic';
import { executeList } from './execute';
import { expandText } from './expansion';
import { JobTable } from './jobs';
import { prefixOf } from './messages';
import type { Flavour } from './messages';
import { runSubshell } from './subshell';
import { decode, encode } from './text';
import { Traps } from './traps';
import { Variables } from './variables';

export interface ShellFacts {
  flavour: Flavour;
  /** $0. */
  name: string;
  positional: string[];
  isInteractive: boolean;
  /** Commands come from a file rather than from -c or stdin. */
  isFile: boolean;
}

/** Everything one shell knows: variables, functions, options, descriptors, jobs, traps. A subshell has a copy of its own. */
export class Shell {
  readonly flavour: Flavour;
  name: string;
  positional: string[];
  isInteractive: boolean;
  isFile: boolean;
  variables: Variables;
  functions = new Map<string, Command>();
  aliases = new Map<string, string>();
  /** By letter, and `pipefail`, `posix`. */
  options = new Set<string>();
  /** bash's `shopt`. */
  shopts = new Set<string>();
  descriptors = new Map<number, ByteStream | ByteReader | ByteWriter>();
  jobs: JobTable;
  traps: Traps;
  status = 0;
  pipeStatus: number[] = [0];
  line = 1;
  /** `$$`: the first shell's, also in subshells. */
  shellPid: number;
  lastBackgroundPid: number | undefined;
  /** More than 0 where a failure is looked at, so that `set -e` does not act: conditions, `!`, left of `&&`. */
  checked = 0;
  loopDepth = 0;
  functionDepth = 0;
  sourceDepth = 0;
  subshellDepth = 0;
  functionNames: string[] = [];
  history: string[] = [];
  optionIndex = { word: 1, character: 0 };
  hashed = new Map<string, number>();
  /** Ctrl-C has come to an interactive shell and the running command is to be given up. */
  isInterrupted = false;
  /** Ctrl-Z came before the command had the terminal. */
  isStopAsked = false;
  private interruption = new AbortController();
  private readonly startedAt: number;
  private nextPipe = 63;

  constructor(
    readonly process: Process,
    facts: ShellFacts,
    from?: Shell,
  ) {
    this.flavour = facts.flavour;
    this.name = facts.name;
    this.positional = facts.positional;
    this.isInteractive = facts.isInteractive;
    this.isFile = facts.isFile;
    this.startedAt = from?.startedAt ?? process.clock.now();
    this.shellPid = from?.shellPid ?? process.pid;
    this.variables = new Variables(from?.variables);
    this.jobs = new JobTable();
    this.traps = new Traps(process, from?.traps);
    if (from) this.copyFrom(from);
    this.descriptors.set(0, process.stdin).set(1, process.stdout).set(2, process.stderr);
    for (const [fd, stream] of process.descriptors) this.descriptors.set(fd, stream);
    this.defineComputed();
  }

  get isBash(): boolean {
    return this.flavour === 'bash';
  }

  get ifs(): string {
    return this.variables.get('IFS') ?? ' \t\n';
  }

  get isJobControlled(): boolean {
    return this.options.has('m') && this.process.terminal !== undefined;
  }

  get stdout(): ByteWriter | undefined {
    return asWriter(this.descriptors.get(1));
  }

  get stdin(): ByteReader | undefined {
    return asReader(this.descriptors.get(0));
  }

  async write(fd: number, text: string): Promise<void> {
    const writer = asWriter(this.descriptors.get(fd));
    await writer?.write(encode(text));
  }

  /** A line on stderr that begins as this kind of shell's messages do. */
  async complain(message: string, line = this.line): Promise<void> {
    const { flavour, name, isInteractive, isFile } = this;
    // ash puts the line between the builtin's name and what it says.
    const builtin = flavour === 'ash' ? /^(cd|\.|exec|hash|set|exit|shift|fg|bg|type): /.exec(message)?.[1] : undefined;
    const text = builtin ? message.slice(builtin.length + 2) : message;
    await this.writeError(`${prefixOf({ flavour, name, line, isInteractive, isFile, builtin })}${text}\n`);
  }

  async writeError(text: string): Promise<void> {
    try {
      await this.write(2, text);
    } catch {
      // Nobody is left who could read it.
    }
  }

  parameter(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.status);
      case '#':
        return String(this.positional.length);
      case '$':
        return String(this.shellPid);
      case '!':
        return this.lastBackgroundPid === undefined ? (this.isBash ? '' : undefined) : String(this.lastBackgroundPid);
      case '-':
        return [...this.options]
          .filter((option) => option.length === 1 && (this.flavour !== 'dash' || option !== 'c'))
          .join('');
      case '0':
        return this.name;
    }
    if (/^\d+$/.test(name)) return this.positional[Number(name) - 1];
    return this.variables.get(name);
  }

  element(name: string, index: string): string | undefined {
    const value = this.variables.variable(name)?.value;
    if (value instanceof Map) return value.get(this.absoluteIndex(value, name, index));
    return index === '0' ? (value ?? this.variables.get(name)) : undefined;
  }

  setElement(name: string, index: string, value: string): void {
    const present = this.variables.variable(name)?.value;
    this.variables.setElement(name, present instanceof Map ? this.absoluteIndex(present, name, index) : index, value);
  }

  elementsOf(name: string): string[] {
    if (name === 'PIPESTATUS') return this.pipeStatus.map(String);
    const value = this.variables.variable(name)?.value;
    if (value instanceof Map) return this.keysOf(name).map((key) => value.get(key) ?? '');
    const text = this.variables.get(name);
    return text === undefined ? [] : [text];
  }

  keysOf(name: string): string[] {
    const variable = this.variables.variable(name);
    if (!(variable?.value instanceof Map)) return this.variables.get(name) === undefined ? [] : ['0'];
    const keys = [...variable.value.keys()];
    return variable.associative ? keys : keys.sort((a, b) => Number(a) - Number(b));
  }

  /** The key an index means: a text for an associative array, else the value of an expression. */
  async indexText(name: string, index: Word): Promise<string> {
    if (index.source === '@' || index.source === '*') return index.source;
    const text = await expandText(this, index, 'none');
    return this.variables.variable(name)?.associative ? text : String(evaluate(text, this.arithmeticVariables));
  }

  readonly arithmeticVariables: ArithmeticVariables = {
    get: (name, index) => {
      const value = index === undefined ? this.parameter(name) : this.element(name, index);
      return value;
    },
    set: (name, value, index) =>
      index === undefined ? this.variables.set(name, value) : this.setElement(name, index, value),
  };

  homeOf(user: string): string | undefined {
    if (user === '') return this.variables.get('HOME');
    try {
      const accounts = parsePasswd(decode(this.process.files.readFile('/etc/passwd')));
      return accounts.find((account) => account.name === user)?.home;
    } catch {
      return undefined;
    }
  }

  /** `$(…)`: runs in a subshell and gives all it wrote. */
  async captureOutput(script: List): Promise<string> {
    const pipe = createPipe();
    const child = runSubshell(this, (inner) => executeList(inner, script, { isLast: true }), {
      descriptors: new Map([[1, pipe.writer]]),
    });
    pipe.writer.close();
    const chunks: Uint8Array[] = [];
    for (let chunk = await pipe.reader.read(); chunk; chunk = await pipe.reader.read()) chunks.push(chunk);
    pipe.reader.close();
    this.status = (await child.exited).code;
    this.substitutions++;
    return decode(Buffer.concat(chunks)).replaceAll('\0', '');
  }

  /** `<(…)`: a path that leads to the other end of a pipe. */
  async substituteProcess(direction: '<' | '>', script: List): Promise<string> {
    const pipe = createPipe();
    const fd = this.nextPipe--;
    const [inner, outer] = direction === '<' ? [pipe.writer, pipe.reader] : [pipe.reader, pipe.writer];
    const descriptors = new Map([[direction === '<' ? 1 : 0, inner]]);
    runSubshell(this, (shell) => executeList(shell, script, { isLast: true }), { descriptors });
    inner.close();
    this.descriptors.set(fd, outer);
    this.pipesToClose.push(fd);
    return `/dev/fd/${fd}`;
  }

  /** How many command substitutions there have been. */
  substitutions = 0;
  private pipesToClose: number[] = [];

  /** The command that used `<(…)` is done. */
  closeProcessPipes(): void {
    for (const fd of this.pipesToClose.splice(0)) {
      this.descriptors.get(fd)?.close();
      this.descriptors.delete(fd);
      this.nextPipe = Math.max(this.nextPipe, fd);
    }
  }

  /** What a child is started with beside its arguments. */
  get childStreams() {
    const extra = new Map([...this.descriptors].filter(([fd]) => fd > 2));
    const closed = closedStream;
    return {
      stdin: asReader(this.descriptors.get(0)) ?? closed,
      stdout: asWriter(this.descriptors.get(1)) ?? closed,
      stderr: asWriter(this.descriptors.get(2)) ?? closed,
      descriptors: extra,
    };
  }

  /** Aborts at the next Ctrl-C, for builtins that wait. */
  get interrupted(): AbortSignal {
    return this.interruption.signal;
  }

  interrupt(): void {
    this.isInterrupted = true;
    this.interruption.abort();
    this.interruption = new AbortController();
  }

  /** A pending signal whose trap is to be run. */
  takeSignal(): SignalName | undefined {
    return this.traps.takePending();
  }

  private absoluteIndex(elements: ReadonlyMap<string, string>, name: string, index: string): string {
    if (this.variables.variable(name)?.associative || !index.startsWith('-')) return index;
    const largest = Math.max(-1, ...[...elements.keys()].map(Number));
    return String(largest + 1 + Number(index));
  }

  private copyFrom(from: Shell): void {
    this.functions = new Map(from.functions);
    this.aliases = new Map(from.aliases);
    this.options = new Set(from.options);
    this.shopts = new Set(from.shopts);
    this.status = from.status;
    this.line = from.line;
    this.lastBackgroundPid = from.lastBackgroundPid;
    this.checked = from.checked;
    this.loopDepth = from.loopDepth;
    this.functionDepth = from.functionDepth;
    this.functionNames = [...from.functionNames];
    this.sourceDepth = from.sourceDepth;
    this.subshellDepth = from.subshellDepth + 1;
    this.optionIndex = { ...from.optionIndex };
    this.options.delete('m');
  }

  private defineComputed(): void {
    const { computed } = this.variables;
    const constant = (name: string, get: () => string, set?: (value: string) => void) =>
      computed.set(name, { get, set });
    constant('LINENO', () => String(this.line));
    if (this.flavour === 'dash') return;
    let offset = 0;
    const seconds = () => Math.floor((this.process.clock.now() - this.startedAt) / 1000);
    constant('RANDOM', () => {
      const [high = 0, low = 0] = this.process.files.open('/dev/urandom', { read: true }).read(2);
      return String(((high << 8) | low) & 0x7fff);
    });
    constant(
      'SECONDS',
      () => String(seconds() + offset),
      (value) => (offset = (Number(value) || 0) - seconds()),
    );
    if (!this.isBash) return;
    constant('BASHPID', () => String(this.process.pid));
    constant('EPOCHSECONDS', () => String(Math.floor(this.process.clock.now() / 1000)));
    constant('EPOCHREALTIME', () => (this.process.clock.now() / 1000).toFixed(6));
    constant('UID', () => String(this.process.user.uid));
    constant('EUID', () => String(this.process.user.uid));
    constant('FUNCNAME', () => this.functionNames.at(-1) ?? '');
    constant('BASH_SUBSHELL', () => String(this.subshellDepth));
  }
}

const closedStream: ByteStream = {
  read: async () => null,
  write: async () => {
    throw new BrokenPipe();
  },
  close: () => undefined,
};

export function asReader(stream: ByteStream | ByteReader | ByteWriter | undefined): ByteReader | undefined {
  return stream && 'read' in stream ? stream : undefined;
}

export function asWriter(stream: ByteStream | ByteReader | ByteWriter | undefined): ByteWriter | undefined {
  return stream && 'write' in stream ? stream : undefined;
}
