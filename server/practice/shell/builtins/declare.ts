import { evaluate } from '../arithmetic';
import { ShellError } from '../shellError';
import type { Shell } from '../shellState';
import { assign } from '../simple';
import { Parser } from '../parser';
import { quote } from '../text';
import type { Variable } from '../variables';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** Builtins that give variables values and attributes. */
export const declaring: [string, Builtin][] = [
  ['export', { run: (shell, args) => declare(shell, args, 'export', { exported: true }) }],
  ['readonly', { run: (shell, args) => declare(shell, args, 'readonly', { readonly: true }) }],
  ['local', { run: local }],
  ['declare', { run: (shell, args) => typeset(shell, args, 'declare'), flavours: ['bash'] }],
  ['typeset', { run: (shell, args) => typeset(shell, args, 'typeset'), flavours: ['bash'] }],
  ['unset', { run: unset }],
];

async function declare(
  shell: Shell,
  args: string[],
  name: string,
  attributes: Omit<Variable, 'value'>,
): Promise<number> {
  const words = [...args];
  let removes = false;
  while (words[0]?.startsWith('-') && words[0].length > 1) {
    const option = words.shift();
    if (option === '--') break;
    if (option === '-n') removes = true;
  }
  if (words.length === 0) return list(shell, name, attributes);
  let status = 0;
  for (const word of words) {
    const variable = await assignWord(shell, word, name);
    if (variable === undefined) status = shell.isBash ? 1 : 2;
    else if (removes) shell.variables.declare(variable, { exported: false });
    else shell.variables.declare(variable, attributes);
  }
  return status;
}

/** `NAME` or `NAME=VALUE`; gives the name, undefined after a complaint. */
async function assignWord(shell: Shell, word: string, builtin: string): Promise<string | undefined> {
  const name = /^[A-Za-z_]\w*(?=$|=|\+=|\[)/.exec(word)?.[0];
  if (name === undefined) {
    const shown = word.split('=')[0] ?? '';
    if (shell.isBash) await fail(shell, builtin, `\`${word}': not a valid identifier`);
    else throw new ShellError({ kind: 'usage', message: `${builtin}: ${shown}: bad variable name`, code: 2 });
    return undefined;
  }
  if (word.length === name.length) return name;
  const isArray = shell.isBash && /^\w+\+?=\(.*\)$/s.test(word);
  if (isArray) {
    const command = new Parser(word, { flavour: 'bash' }).all().items[0]?.command.first.commands[0];
    if (command?.type === 'simple') for (const assignment of command.assignments) await assign(shell, assignment);
  } else if (word.startsWith('=', name.length))
    shell.variables.set(name, valueFor(shell, name, word.slice(name.length + 1)));
  else if (word.startsWith('+=', name.length))
    shell.variables.set(name, (shell.variables.get(name) ?? '') + word.slice(name.length + 2));
  return name;
}

function valueFor(shell: Shell, name: string, text: string): string {
  return shell.variables.variable(name)?.integer ? String(evaluate(text, shell.arithmeticVariables)) : text;
}

async function list(shell: Shell, name: string, attributes: Omit<Variable, 'value'>): Promise<number> {
  const wants = attributes.exported ? 'exported' : 'readonly';
  for (const variable of shell.variables.names()) {
    const found = shell.variables.variable(variable);
    if (!found?.[wants]) continue;
    const value =
      typeof found.value === 'string' ? `=${shell.isBash ? JSON.stringify(found.value) : quote(found.value)}` : '';
    const lead = shell.isBash ? `declare -${wants === 'exported' ? 'x' : 'r'} ` : `${name} `;
    await shell.write(1, `${lead}${variable}${value}\n`);
  }
  return 0;
}

async function local(shell: Shell, args: string[], name: string): Promise<number> {
  if (!shell.variables.isInFunction) {
    if (shell.isBash) return fail(shell, 'local', 'can only be used in a function');
    throw new ShellError({ kind: 'usage', message: `${name}: not in a function`, code: 2 });
  }
  if (shell.isBash) return typeset(shell, args, 'local');
  for (const word of args) {
    shell.variables.local(word.split('=')[0] ?? '', true);
    await assignWord(shell, word, name);
  }
  return 0;
}

const attributeOf: Record<string, Partial<Variable>> = {
  x: { exported: true },
  r: { readonly: true },
  i: { integer: true },
  u: { changeCase: 'upper' },
  l: { changeCase: 'lower' },
};

async function typeset(shell: Shell, args: string[], name: string): Promise<number> {
  const words = [...args];
  let letters = '';
  let removed = '';
  while (/^[-+][A-Za-z]/.test(words[0] ?? '')) {
    const option = words.shift() ?? '';
    if (option.startsWith('-')) letters += option.slice(1);
    else removed += option.slice(1);
  }
  if (letters.includes('p') || (words.length === 0 && name !== 'local')) return print(shell, words);
  if (letters.includes('f') || letters.includes('F')) return functions(shell, words);
  for (const word of words) {
    const variable = /^[A-Za-z_]\w*/.exec(word)?.[0];
    if (variable === undefined) return fail(shell, name, `\`${word}': not a valid identifier`);
    if (shell.variables.isInFunction && !letters.includes('g')) shell.variables.local(variable, false);
    declareKind(shell, variable, letters);
    for (const letter of letters) if (letter !== 'r') shell.variables.declare(variable, attributeOf[letter] ?? {});
    if (removed.includes('x')) shell.variables.declare(variable, { exported: false });
    await assignWord(shell, word, name);
    if (letters.includes('r')) shell.variables.declare(variable, { readonly: true });
  }
  return 0;
}

function declareKind(shell: Shell, name: string, letters: string): void {
  const isMap = letters.includes('A');
  if (!isMap && !letters.includes('a')) return;
  const variable = shell.variables.declare(name, isMap ? { associative: true } : {});
  if (!(variable.value instanceof Map)) variable.value = new Map();
}

async function functions(shell: Shell, names: readonly string[]): Promise<number> {
  const missing = names.filter((name) => !shell.functions.has(name));
  for (const name of names.length > 0 ? names : shell.functions.keys()) {
    if (shell.functions.has(name)) await shell.write(1, names.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
  }
  return missing.length > 0 ? 1 : 0;
}

async function print(shell: Shell, names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names.length > 0 ? names : shell.variables.names()) {
    const variable = shell.variables.variable(name);
    if (!variable) {
      status = await fail(shell, 'declare', `${name}: not found`);
      continue;
    }
    const letters = `${variable.value instanceof Map ? (variable.associative ? 'A' : 'a') : ''}${variable.integer ? 'i' : ''}${variable.readonly ? 'r' : ''}${variable.exported ? 'x' : ''}`;
    await shell.write(1, `declare -${letters || '-'} ${name}${shownValue(variable)}\n`);
  }
  return status;
}

function shownValue(variable: Variable): string {
  if (variable.value === undefined) return '';
  if (typeof variable.value === 'string') return `=${JSON.stringify(variable.value)}`;
  const elements = [...variable.value].map(([key, value]) => `[${key}]=${JSON.stringify(value)}`);
  return `=(${elements.join(' ')}${variable.associative && elements.length > 0 ? ' ' : ''})`;
}

async function unset(shell: Shell, args: string[]): Promise<number> {
  const words = [...args];
  let kind = '';
  while (/^-[fv]$/.test(words[0] ?? '')) kind = words.shift() ?? '';
  for (const word of words) {
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/.exec(word);
    if (element?.[1] && shell.isBash) {
      const value = shell.variables.variable(element[1])?.value;
      if (value instanceof Map) value.delete(element[2]?.replace(/^(['"])(.*)\1$/, '$2') ?? '');
    } else if (kind === '-f') shell.functions.delete(word);
    else if (kind === '' && shell.isBash && shell.variables.get(word) === undefined && !shell.variables.variable(word))
      shell.functions.delete(word);
    else shell.variables.unset(word);
  }
  return 0;
}
