import { FileSystemError } from '../../filesystem/filesystem';
import { ExitShell, LeaveLoop, ReturnFromFunction, ShellError } from '../shellError';
import type { Shell } from '../shellState';
import { runSource } from '../source';
import { decode } from '../text';
import { parseTrapName, signalNames } from '../traps';
import { signalNumbers } from '../../process/program';
import { quote } from '../text';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** Builtins that decide what runs next. */
export const control: [string, Builtin][] = [
  [':', { run: () => 0 }],
  ['true', { run: () => 0 }],
  ['false', { run: () => 1 }],
  ['exit', { run: exit }],
  ['return', { run: returnFrom }],
  ['break', { run: leave }],
  ['continue', { run: leave }],
  ['eval', { run: (shell, args) => evaluateWords(shell, args) }],
  ['.', { run: source }],
  ['source', { run: source, flavours: ['bash', 'ash'] }],
  ['exec', { run: () => 0 }],
  ['trap', { run: trap }],
  ['shift', { run: shift }],
  ['times', { run: times }],
];

async function numberOf(shell: Shell, word: string, name: string): Promise<number> {
  if (/^[+-]?\d+$/.test(word)) return Number(word);
  const message = shell.isBash ? `${name}: ${word}: numeric argument required` : `${name}: Illegal number: ${word}`;
  const text = shell.flavour === 'ash' ? `${name}: Illegal number: ${word}` : message;
  throw new ShellError({ kind: 'usage', message: text, code: 2 });
}

async function exit(shell: Shell, args: string[]): Promise<number> {
  const [word] = args;
  if (word === undefined) throw new ExitShell(shell.status);
  try {
    throw new ExitShell((await numberOf(shell, word, 'exit')) & 255);
  } catch (error) {
    if (!(error instanceof ShellError) || error.problem.kind !== 'usage') throw error;
    await shell.complain(error.problem.message);
    throw new ExitShell(2);
  }
}

async function returnFrom(shell: Shell, args: string[]): Promise<number> {
  const code = args[0] === undefined ? shell.status : (await numberOf(shell, args[0], 'return')) & 255;
  if (shell.functionDepth === 0 && shell.sourceDepth === 0 && shell.isBash) {
    return fail(shell, 'return', "can only `return' from a function or sourced script");
  }
  throw new ReturnFromFunction(code);
}

async function leave(shell: Shell, args: string[], name: string): Promise<number> {
  const levels = args[0] === undefined ? 1 : await numberOf(shell, args[0], name);
  if (levels < 1) throw new ShellError({ kind: 'usage', message: `${name}: Illegal number: ${args[0]}`, code: 2 });
  if (shell.loopDepth === 0) {
    if (shell.isBash) await shell.complain(`${name}: only meaningful in a \`for', \`while', or \`until' loop`);
    return 0;
  }
  throw new LeaveLoop(name === 'break' ? 'break' : 'continue', Math.min(levels, shell.loopDepth));
}

async function evaluateWords(shell: Shell, args: string[]): Promise<number> {
  if (args.length === 0) return 0;
  shell.status = 0;
  return runSource(shell, args.join(' '), { firstLine: shell.line, label: 'eval' });
}

async function source(shell: Shell, args: string[], name: string): Promise<number> {
  const [file, ...positional] = args;
  if (file === undefined) return fail(shell, name, shell.isBash ? 'filename argument required' : 'arg not found', 2);
  const saved = shell.positional;
  let text: string;
  try {
    text = decode(shell.process.files.readFile(find(shell, file)));
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return missingSource(shell, name, file, error);
  }
  if (positional.length > 0 && shell.flavour !== 'dash') shell.positional = positional;
  shell.sourceDepth++;
  const { loopDepth } = shell;
  try {
    return await runSource(shell, text, { label: file });
  } catch (error) {
    if (error instanceof ReturnFromFunction) return error.code;
    throw error;
  } finally {
    shell.sourceDepth--;
    shell.loopDepth = loopDepth;
    shell.positional = saved;
  }
}

async function missingSource(shell: Shell, name: string, file: string, error: FileSystemError): Promise<number> {
  if (shell.isBash) {
    await shell.complain(`${file}: ${error.reason}`);
    return 1;
  }
  const missing = shell.flavour === 'dash' ? 'No such file' : 'no such file';
  const reason = error.code === 'ENOENT' ? missing : error.reason;
  const isBare = !file.includes('/');
  if (isBare && shell.flavour === 'dash') await shell.complain(`${name}: ${file}: not found`);
  else if (isBare) await shell.complain(`${name}: can't open '${file}': No such file or directory`);
  else
    await shell.complain(
      `${name}: ${shell.flavour === 'dash' ? 'cannot open' : "can't open"} ${shell.flavour === 'dash' ? file : `'${file}'`}: ${shell.flavour === 'dash' ? reason : 'No such file or directory'}`,
    );
  if (!shell.isInteractive) throw new ExitShell(2);
  return 2;
}

/** A bare name is looked for along $PATH. */
function find(shell: Shell, file: string): string {
  if (file.includes('/')) return file;
  const { files } = shell.process;
  for (const folder of (shell.variables.get('PATH') ?? '').split(':')) {
    const path = `${folder || '.'}/${file}`;
    if (files.exists(path) && files.stat(path).type === 'file') return path;
  }
  return file;
}

async function trap(shell: Shell, args: string[]): Promise<number> {
  const words = args[0] === '--' ? args.slice(1) : args;
  if (words.length === 0 || words[0] === '-p') return listTraps(shell);
  if (words[0] === '-l') return listSignals(shell);
  const [first = '', ...rest] = words;
  // A number alone, or a name alone in bash, resets.
  const resets = first === '-' || /^\d+$/.test(first) || (rest.length === 0 && parseTrapName(first) !== undefined);
  const names = resets && first !== '-' ? words : rest;
  let status = 0;
  for (const word of names) {
    const name = parseTrapName(word);
    if (!name) {
      if (shell.isBash) await shell.complain(`trap: ${word}: invalid signal specification`);
      else if (shell.flavour === 'ash') await shell.complain(`trap: ${word}: invalid signal specification`);
      else await shell.complain(`trap: ${word}: bad trap`);
      status = 1;
    } else shell.traps.set(name, resets ? undefined : first);
  }
  return status;
}

async function listTraps(shell: Shell): Promise<number> {
  for (const [name, action] of shell.traps.all()) {
    const shown = shell.isBash ? name : name.replace(/^SIG/, '');
    await shell.write(1, `trap -- ${quote(action)} ${shown}\n`);
  }
  return 0;
}

async function listSignals(shell: Shell): Promise<number> {
  await shell.write(1, `${signalNames.map((name) => `${signalNumbers[name]}) ${name}`).join('\n')}\n`);
  return 0;
}

async function shift(shell: Shell, args: string[]): Promise<number> {
  const count = args[0] === undefined ? 1 : await numberOf(shell, args[0], 'shift');
  if (count > shell.positional.length || count < 0) {
    if (shell.flavour !== 'dash') return 1;
    throw new ShellError({ kind: 'usage', message: "shift: can't shift that many", code: 2 });
  }
  shell.positional = shell.positional.slice(count);
  return 0;
}

async function times(shell: Shell): Promise<number> {
  await shell.write(1, '0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
  return 0;
}
