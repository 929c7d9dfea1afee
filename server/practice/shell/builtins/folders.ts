import { FileSystemError } from '../../filesystem/filesystem';
import type { Shell } from '../shellState';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** cd, pwd, umask, ulimit. */
export const folders: [string, Builtin][] = [
  ['cd', { run: cd }],
  ['pwd', { run: pwd }],
  ['umask', { run: umask }],
  ['ulimit', { run: ulimit }],
];

async function cd(shell: Shell, args: string[]): Promise<number> {
  const words = [...args];
  let physical = false;
  while (/^-[LPe@]+$/.test(words[0] ?? '')) physical = words.shift()?.includes('P') ?? false;
  if (words[0] === '--') words.shift();
  if (shell.isBash && words.length > 1) return fail(shell, 'cd', 'too many arguments');
  const before = currentFolder(shell);
  let target = words[0] ?? shell.variables.get('HOME');
  if (target === undefined) return shell.isBash ? fail(shell, 'cd', 'HOME not set') : 0;
  const isBack = target === '-';
  if (isBack) {
    const old = shell.variables.get('OLDPWD');
    if (old === undefined) return fail(shell, 'cd', 'OLDPWD not set');
    target = old;
  }
  const path = target === '' ? before : logical(before, target);
  try {
    enter(shell, path);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return cannotEnter(shell, isBack ? path : target, error);
  }
  const reached = physical ? shell.process.files.realpath(path) : path;
  shell.process.cwd = reached;
  shell.variables.set('OLDPWD', before);
  shell.variables.set('PWD', reached);
  if (isBack) await shell.write(1, `${reached}\n`);
  return 0;
}

function enter(shell: Shell, path: string): void {
  const { files } = shell.process;
  if (files.stat(path).type !== 'directory') throw new FileSystemError('ENOTDIR', path);
  // Needs the right to search the folder.
  files.stat(`${path}/.`);
}

function cannotEnter(shell: Shell, target: string, error: FileSystemError): Promise<number> {
  if (shell.isBash) return fail(shell, 'cd', `${target}: ${error.reason}`);
  if (shell.flavour === 'ash') return fail(shell, 'cd', `can't cd to ${target}: ${error.reason}`, 2);
  return fail(shell, 'cd', `can't cd to ${target}`);
}

/** `..` takes away a name, as a shell does, and does not follow links. */
function logical(from: string, target: string): string {
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : `${from}/${target}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function currentFolder(shell: Shell): string {
  return shell.process.cwd;
}

async function pwd(shell: Shell, args: string[]): Promise<number> {
  const isPhysical = args.includes('-P');
  await shell.write(1, `${isPhysical ? shell.process.files.realpath(shell.process.cwd) : currentFolder(shell)}\n`);
  return 0;
}

async function umask(shell: Shell, args: string[]): Promise<number> {
  const { process } = shell;
  if (args[0] === '-S') {
    const bits = (shift: number) =>
      ['r', 'w', 'x'].filter((_, i) => ((process.umask >> shift) & (4 >> i)) === 0).join('');
    await shell.write(1, `u=${bits(6)},g=${bits(3)},o=${bits(0)}\n`);
    return 0;
  }
  const [word] = args;
  if (word === undefined) {
    await shell.write(1, `${process.umask.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  if (/^[0-7]+$/.test(word)) {
    process.umask = parseInt(word, 8) & 0o777;
    return 0;
  }
  const symbolic = symbolicMask(process.umask, word);
  if (symbolic === undefined)
    return fail(shell, 'umask', shell.isBash ? `${word}: invalid symbolic mode operator` : `Illegal mode: ${word}`);
  process.umask = symbolic;
  return 0;
}

function symbolicMask(mask: number, words: string): number | undefined {
  let allowed = ~mask & 0o777;
  for (const word of words.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(word);
    if (!match) return undefined;
    const [, who = '', operator, rights = ''] = match;
    const triple = (rights.includes('r') ? 4 : 0) | (rights.includes('w') ? 2 : 0) | (rights.includes('x') ? 1 : 0);
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes('a') && !who.includes(letter)) continue;
      if (operator === '=') allowed &= ~(7 << shift);
      if (operator === '-') allowed &= ~(triple << shift);
      else allowed |= triple << shift;
    }
  }
  return ~allowed & 0o777;
}

const limits: [letter: string, value: string, words: string][] = [
  ['c', '0', 'core file size              (blocks, -c)'],
  ['d', 'unlimited', 'data seg size               (kbytes, -d)'],
  ['f', 'unlimited', 'file size                   (blocks, -f)'],
  ['n', '1048576', 'open files                          (-n)'],
  ['s', '8192', 'stack size                  (kbytes, -s)'],
  ['t', 'unlimited', 'cpu time                   (seconds, -t)'],
  ['u', 'unlimited', 'max user processes                  (-u)'],
  ['v', 'unlimited', 'virtual memory              (kbytes, -v)'],
];

/** Shows what a container usually has; setting a limit is accepted and has no effect. */
async function ulimit(shell: Shell, args: string[]): Promise<number> {
  if (args.includes('-a')) {
    for (const [, value, words] of limits) await shell.write(1, `${words} ${value}\n`);
    return 0;
  }
  const option = args.find((word) => word.startsWith('-'))?.replace(/[-HS]/g, '') || 'f';
  const limit = limits.find(([letter]) => letter === option);
  if (!limit)
    return fail(shell, 'ulimit', `${shell.isBash ? `-${option}: invalid option` : `Illegal option -${option}`}`, 2);
  if (args.some((word) => !word.startsWith('-'))) return 0;
  await shell.write(1, `${limit[1]}\n`);
  return 0;
}
