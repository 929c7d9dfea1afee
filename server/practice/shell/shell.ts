import type { Process, Program } from '../process/program';
import { runInteractive } from './interactive/interactive';
import { executeList } from './execute';
import type { Flavour } from './messages';
import { Parser } from './parser';
import { ExitShell } from './shellError';
import { Shell } from './shellState';
import { complainOfSyntax, runSource } from './source';
import { runToEnd } from './subshell';
import { ShellSyntaxError } from './syntaxError';
import { decode } from './text';

/**
 * A shell as a program: `sh` of Debian (dash) or busybox (ash), or `bash`, each with its own messages and prompt. One
 * interpreter runs all three; what they parse differently is decided by the flavour. Not there: `select`, `coproc`,
 * `fc`, programmable completion, `extglob` outside its usual forms, locales.
 */
export function shellProgram(flavour: Flavour): Program {
  return async (process) => {
    const invocation = parseArguments(process, flavour);
    const shell = new Shell(process, invocation);
    importEnvironment(shell);
    for (const option of invocation.options) shell.options.add(option);
    return runToEnd(shell, () => run(shell, invocation));
  };
}

interface Invocation {
  flavour: Flavour;
  name: string;
  positional: string[];
  isInteractive: boolean;
  isFile: boolean;
  isLogin: boolean;
  options: Set<string>;
  command?: string;
  file?: string;
  error?: string;
}

function parseArguments(process: Process, flavour: Flavour): Invocation {
  const [argv0 = 'sh', ...args] = process.argv;
  const options = new Set<string>();
  const name = argv0.replace(/^-/, '');
  let isCommand = false;
  let readsInput = false;
  let wantsInteractive = false;
  let isLogin = argv0.startsWith('-');
  while (/^[-+]./.test(args[0] ?? '')) {
    const word = args.shift() ?? '';
    if (word === '--') break;
    if (word.startsWith('--')) {
      if (word === '--login') isLogin = true;
      continue;
    }
    for (const letter of word.slice(1)) {
      if (letter === 'c') isCommand = true;
      else if (letter === 's') readsInput = true;
      else if (letter === 'i') wantsInteractive = true;
      else if (letter === 'l') isLogin = true;
      else if (letter === 'o') options.add(optionNamed(args.shift() ?? ''));
      else if (word.startsWith('-')) options.add(letter);
      else options.delete(letter);
    }
  }
  if (args[0] === '-') args.shift();
  const facts = { flavour, name, isLogin, options, isFile: false, isInteractive: wantsInteractive };
  if (isCommand) {
    const [command, commandName, ...positional] = args;
    return {
      ...facts,
      command,
      name: commandName ?? name,
      positional,
      error: command === undefined ? '-c requires an argument' : undefined,
    };
  }
  const [file, ...positional] = args;
  if (file !== undefined && !readsInput) return { ...facts, file, name: file, positional, isFile: true };
  const onTerminal = process.stdin.isTerminal === true && process.stderr.isTerminal === true;
  return { ...facts, positional: args, isInteractive: wantsInteractive || onTerminal };
}

function optionNamed(name: string): string {
  return { errexit: 'e', nounset: 'u', xtrace: 'x', noglob: 'f' }[name] ?? name;
}

function importEnvironment(shell: Shell): void {
  const { variables, process } = shell;
  for (const [name, value] of process.env) {
    // What no script can name: dash drops it, the others hand it on to what they start.
    if (shell.flavour === 'dash' && !/^[A-Za-z_]\w*$/.test(name)) continue;
    variables.set(name, value);
    variables.declare(name, { exported: true });
  }
  const defaults: [string, string][] = [
    ['IFS', ' \t\n'],
    ['OPTIND', '1'],
    ['PPID', String(process.parentPid)],
    ['PS4', '+ '],
  ];
  for (const [name, value] of defaults) variables.set(name, value);
  variables.set('PWD', process.cwd);
  if (shell.flavour !== 'dash' || process.env.has('PWD')) variables.declare('PWD', { exported: true });
  if (!shell.isBash) return;
  variables.set('BASH', '/bin/bash');
  variables.set('BASH_VERSION', '5.2.15(1)-release');
  variables.set('HOSTNAME', process.container.hostname);
  variables.set('SHLVL', String(Number(process.env.get('SHLVL') ?? '0') + 1));
  variables.declare('SHLVL', { exported: true });
  shell.options.add('h').add('B');
}

async function run(shell: Shell, invocation: Invocation): Promise<number> {
  if (invocation.error) {
    await shell.writeError(`${shell.name}: ${shell.flavour === 'dash' ? '0: ' : ''}${invocation.error}\n`);
    return 2;
  }
  if (invocation.isLogin) await runProfile(shell);
  if (invocation.command !== undefined) {
    shell.options.add('c');
    return runSource(shell, invocation.command, { isLast: !shell.isInteractive });
  }
  if (invocation.file !== undefined) return runFile(shell, invocation.file);
  shell.options.add('s');
  if (shell.isInteractive) return runInteractive(shell);
  return runInput(shell);
}

async function runProfile(shell: Shell): Promise<void> {
  const { files } = shell.process;
  for (const path of ['/etc/profile', `${shell.variables.get('HOME') ?? ''}/.profile`]) {
    if (files.exists(path)) await runSource(shell, decode(files.readFile(path)));
  }
}

async function runFile(shell: Shell, file: string): Promise<number> {
  let text: string;
  try {
    text = decode(shell.process.files.readFile(file));
  } catch (error) {
    const reason = error instanceof Error && 'reason' in error ? String(error.reason) : 'No such file or directory';
    if (shell.isBash) await shell.writeError(`bash: ${file}: ${reason}\n`);
    else if (shell.flavour === 'ash') await shell.writeError(`sh: can't open '${file}': ${reason}\n`);
    else
      await shell.writeError(
        `sh: 0: cannot open ${file}: ${reason === 'No such file or directory' ? 'No such file' : reason}\n`,
      );
    return shell.isBash ? 127 : 2;
  }
  return runSource(shell, text.startsWith('#!') ? `#${text}` : text);
}

/** Commands from stdin, each run as soon as its line is whole; nothing waits for the end of the input. */
async function runInput(shell: Shell): Promise<number> {
  let text = '';
  let line = 1;
  let hasEnded = false;
  for (;;) {
    const parser = new Parser(
      text,
      { flavour: shell.flavour, aliases: shell.isBash ? undefined : shell.aliases },
      line,
    );
    parser.isOpenEnded = !hasEnded;
    try {
      const isReady = hasEnded || text.includes('\n');
      const list = isReady ? parser.nextLine() : undefined;
      if (list) {
        text = parser.scanner.source.slice(parser.scanner.position);
        ({ line } = parser.scanner);
        await executeList(shell, list);
        continue;
      }
      if (isReady) text = '';
      if (isReady) ({ line } = parser.scanner);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      if (hasEnded || !error.isIncomplete) {
        await complainOfSyntax(shell, error, text, { firstLine: line });
        throw new ExitShell(2);
      }
    }
    if (hasEnded) return shell.status;
    const bytes = await readMore(shell);
    if (bytes) text += decode(bytes);
    else hasEnded = true;
  }
}

/** bash leaves what follows the line for the commands it runs; the others read a block. */
async function readMore(shell: Shell): Promise<Uint8Array | null> {
  const { stdin } = shell;
  if (!shell.isBash) return (await stdin?.read()) ?? null;
  const bytes: number[] = [];
  for (;;) {
    const byte = (await stdin?.read(1))?.[0];
    if (byte === undefined) return bytes.length > 0 ? Uint8Array.from(bytes) : null;
    bytes.push(byte);
    if (byte === 10) return Uint8Array.from(bytes);
  }
}
