import { ExecError } from '../../process/program';
import type { Shell } from '../shellState';
import { quote } from '../text';
import { builtins, isSpecial } from './all';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** What a name means: type, command, hash, alias, builtin. */
export const lookup: [string, Builtin][] = [
  ['type', { run: type }],
  ['command', { run: command }],
  ['builtin', { run: builtin, flavours: ['bash'] }],
  ['hash', { run: hash }],
  ['alias', { run: alias }],
  ['unalias', { run: unalias }],
];

const keywords = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'while',
  'until',
  'do',
  'done',
  'in',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'function',
  'time',
]);

/** The path of a program along $PATH. */
export function findProgram(shell: Shell, name: string): string | undefined {
  const { files } = shell.process;
  const candidates = name.includes('/')
    ? [name]
    : (shell.variables.get('PATH') ?? '').split(':').map((folder) => `${folder || '.'}/${name}`);
  return candidates.find((path) => {
    try {
      const stat = files.stat(path);
      return stat.type === 'file' && (stat.mode & 0o111) !== 0;
    } catch {
      return false;
    }
  });
}

export function hasBuiltin(shell: Shell, name: string): boolean {
  const found = builtins.get(name);
  return found !== undefined && (!found.flavours || found.flavours.includes(shell.flavour));
}

function kindOf(shell: Shell, name: string): { kind: string; path?: string } | undefined {
  if (keywords.has(name) && (shell.isBash || !/^(\[\[|\]\]|function|time)$/.test(name))) return { kind: 'keyword' };
  if (shell.aliases.has(name)) return { kind: 'alias' };
  if (shell.functions.has(name)) return { kind: 'function' };
  if (hasBuiltin(shell, name)) return { kind: 'builtin' };
  const path = findProgram(shell, name);
  return path === undefined ? undefined : { kind: 'file', path };
}

async function type(shell: Shell, args: string[]): Promise<number> {
  const words = args.filter((word) => !/^-[tapfP]+$/.test(word));
  const option = args.find((word) => /^-[tapfP]+$/.test(word)) ?? '';
  let status = 0;
  for (const name of words) {
    const found = kindOf(shell, name);
    if (option.includes('t')) await shell.write(1, found ? `${found.kind}\n` : '');
    else if (/[pP]/.test(option)) await shell.write(1, found?.path ? `${found.path}\n` : '');
    else if (found) await shell.write(1, `${describe(shell, name, found)}\n`);
    else if (shell.isBash) await fail(shell, 'type', `${name}: not found`);
    else await shell.write(1, `${name}: not found\n`);
    if (!found) status = shell.isBash ? 1 : 127;
  }
  return status;
}

function describe(shell: Shell, name: string, { kind, path }: { kind: string; path?: string }): string {
  const words = shell.isBash ? 'a shell' : 'a shell';
  switch (kind) {
    case 'keyword':
      return `${name} is ${words} keyword`;
    case 'alias':
      return shell.isBash
        ? `${name} is aliased to \`${shell.aliases.get(name)}'`
        : `${name} is an alias for ${shell.aliases.get(name)}`;
    case 'function':
      return shell.isBash
        ? `${name} is a function`
        : `${name} is ${shell.flavour === 'ash' ? 'a' : 'a shell'} function`;
    case 'builtin':
      return `${name} is ${!shell.isBash && isSpecial(name) ? 'a special shell' : words} builtin`;
    default:
      return shell.isBash && shell.hashed.has(name) ? `${name} is hashed (${path})` : `${name} is ${path}`;
  }
}

async function command(shell: Shell, args: string[]): Promise<number> {
  const words = [...args];
  let option = '';
  while (/^-[pvV]+$/.test(words[0] ?? '')) option += words.shift();
  if (words[0] === '--') words.shift();
  if (option.includes('V')) return type(shell, words);
  if (option.includes('v')) return describeShortly(shell, words);
  const [name = '', ...rest] = words;
  if (words.length === 0) return 0;
  const found = hasBuiltin(shell, name) ? builtins.get(name) : undefined;
  if (found) return found.run(shell, rest, name);
  try {
    const env = shell.variables.exported();
    const child = await shell.process.spawn(words, { ...shell.childStreams, env, cwd: shell.process.cwd });
    return (await child.exited).code;
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    await shell.complain(
      `${name}: ${shell.isBash && error.code === 127 ? 'command not found' : error.code === 127 ? 'not found' : error.reason}`,
    );
    return error.code;
  }
}

async function describeShortly(shell: Shell, names: string[]): Promise<number> {
  let status = 0;
  for (const name of names) {
    const found = kindOf(shell, name);
    if (!found) status = shell.isBash ? 1 : 127;
    else if (found.kind === 'alias') await shell.write(1, `alias ${name}=${quote(shell.aliases.get(name) ?? '')}\n`);
    else await shell.write(1, `${shell.flavour === 'ash' ? name : (found.path ?? name)}\n`);
  }
  return status;
}

async function builtin(shell: Shell, args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const found = hasBuiltin(shell, name) ? builtins.get(name) : undefined;
  return found ? found.run(shell, rest, name) : fail(shell, 'builtin', `${name}: not a shell builtin`);
}

async function hash(shell: Shell, args: string[]): Promise<number> {
  if (args[0] === '-r') {
    shell.hashed.clear();
    return 0;
  }
  let status = 0;
  for (const name of args) {
    if (findProgram(shell, name)) shell.hashed.set(name, 0);
    else status = await fail(shell, 'hash', `${name}: not found`, 1);
  }
  if (args.length === 0) {
    for (const name of shell.hashed.keys()) await shell.write(1, `${findProgram(shell, name) ?? name}\n`);
  }
  return status;
}

async function alias(shell: Shell, args: string[]): Promise<number> {
  const show = (name: string) => `${shell.isBash ? 'alias ' : ''}${name}=${quote(shell.aliases.get(name) ?? '')}\n`;
  let status = 0;
  for (const word of args) {
    const [name = '', ...value] = word.split('=');
    if (word.includes('=')) shell.aliases.set(name, value.join('='));
    else if (shell.aliases.has(name)) await shell.write(1, show(name));
    else status = await fail(shell, 'alias', `${name}${shell.isBash ? '' : ''}: not found`, 1);
  }
  if (args.length === 0) for (const name of [...shell.aliases.keys()].sort()) await shell.write(1, show(name));
  return status;
}

async function unalias(shell: Shell, args: string[]): Promise<number> {
  if (args[0] === '-a') shell.aliases.clear();
  let status = 0;
  for (const name of args) {
    if (name.startsWith('-')) continue;
    if (!shell.aliases.delete(name)) status = await fail(shell, 'unalias', `${name}: not found`, 1);
  }
  return status;
}
