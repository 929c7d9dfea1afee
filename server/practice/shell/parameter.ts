import type { ParameterPart, Word } from './ast';
import { evaluate } from './arithmetic';
import { expandPattern, expandText } from './expansion';
import { replace, trim } from './pattern';
import { ShellError } from './shellError';
import type { Shell } from './shellState';
import { quote } from './text';

/** What `${…}` gives: a text, the elements of `$@` or `$*`, or a word (a default value) still to be expanded. */
export type ParameterValue =
  { type: 'text'; text: string } | { type: 'list'; items: string[]; joined: boolean } | { type: 'word'; word: Word };

type Found = { items: string[]; isList: boolean; joined: boolean } | undefined;

const empty: ParameterValue = { type: 'text', text: '' };

export async function expandParameter(shell: Shell, part: ParameterPart): Promise<ParameterValue> {
  const { operator } = part;
  if (operator === 'bad') throw new ShellError({ kind: 'bad substitution', source: part.source });
  if (operator === 'names') {
    return { type: 'list', items: shell.variables.names().filter((name) => name.startsWith(part.name)), joined: false };
  }
  if (operator === 'keys') return { type: 'list', items: shell.keysOf(part.name), joined: part.index?.source === '*' };
  const { name, index } = await targetOf(shell, part);
  const found = find(shell, name, index);
  if (operator === 'length') return text(lengthOf(shell, found, index));
  const test = /^:?[-=?+]$/.test(operator ?? '') ? operator : undefined;
  if (test) return withDefault(shell, part, name, found, test);
  if (!found) {
    if (shell.options.has('u') && name !== '@' && name !== '*')
      throw new ShellError({ kind: 'unset', name: shownName(part) });
    return empty;
  }
  if (!operator) return asValue(found);
  if (operator === ':') return substring(shell, part, found, name);
  const change = await changeOf(shell, part, operator);
  return asValue({ ...found, items: found.items.map(change) });
}

function text(value: string): ParameterValue {
  return { type: 'text', text: value };
}

function shownName(part: ParameterPart): string {
  return part.index ? `${part.name}[${part.index.source}]` : part.name;
}

function asValue(found: NonNullable<Found>): ParameterValue {
  return found.isList ? { type: 'list', items: found.items, joined: found.joined } : text(found.items[0] ?? '');
}

/** `${!v}` names the parameter that is meant. */
async function targetOf(shell: Shell, part: ParameterPart): Promise<{ name: string; index?: string }> {
  const index = part.index ? await shell.indexText(part.name, part.index) : undefined;
  if (!part.indirect) return { name: part.name, index };
  const target = find(shell, part.name, index)?.items[0] ?? '';
  const match = /^([A-Za-z_]\w*|[0-9@*#?$!-]+)(?:\[(.*)\])?$/.exec(target);
  if (!match)
    throw new ShellError({ kind: 'usage', message: `${part.source.slice(2, -1)}: invalid indirect expansion` });
  return { name: match[1] ?? '', index: match[2] };
}

function find(shell: Shell, name: string, index: string | undefined): Found {
  if (name === '@' || name === '*') {
    const items = shell.positional;
    return items.length > 0 ? { items, isList: true, joined: name === '*' } : undefined;
  }
  if (index === '@' || index === '*') {
    const items = shell.elementsOf(name);
    return items.length > 0 ? { items, isList: true, joined: index === '*' } : undefined;
  }
  const value = index === undefined ? shell.parameter(name) : shell.element(name, index);
  return value === undefined ? undefined : { items: [value], isList: false, joined: false };
}

function lengthOf(shell: Shell, found: Found, index: string | undefined): string {
  if (found?.isList) return String(found.items.length);
  void index;
  const value = found?.items[0] ?? '';
  // dash and busybox count bytes, bash characters.
  return String(shell.isBash ? [...value].length : Buffer.byteLength(value));
}

async function withDefault(
  shell: Shell,
  part: ParameterPart,
  name: string,
  found: Found,
  operator: string,
): Promise<ParameterValue> {
  const word: Word = part.argument ?? { parts: [], source: '' };
  const isEmpty = found === undefined || (operator.startsWith(':') && found.items.join(' ') === '');
  switch (operator.at(-1)) {
    case '+':
      return isEmpty ? empty : { type: 'word', word };
    case '-':
      return isEmpty || !found ? { type: 'word', word } : asValue(found);
    case '=': {
      if (!isEmpty && found) return asValue(found);
      if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellError({ kind: 'bad substitution', source: part.source });
      const value = await expandText(shell, word);
      shell.variables.set(name, value);
      return text(value);
    }
    default: {
      if (!isEmpty && found) return asValue(found);
      const message = await expandText(shell, word);
      throw new ShellError({ kind: 'required', name: shownName(part), message, orEmpty: operator.startsWith(':') });
    }
  }
}

async function substring(
  shell: Shell,
  part: ParameterPart,
  found: NonNullable<Found>,
  name: string,
): Promise<ParameterValue> {
  const number = async (word: Word) =>
    Number(evaluate(await expandText(shell, word, 'none'), shell.arithmeticVariables));
  const offset = part.argument ? await number(part.argument) : 0;
  const length = part.replacement ? await number(part.replacement) : undefined;
  if (found.isList) {
    // `${@:0}` counts $0 as element 0.
    const items = name === '@' || name === '*' ? [shell.name, ...found.items] : found.items;
    return { type: 'list', items: slice(items, offset, length), joined: found.joined };
  }
  const characters = [...(found.items[0] ?? '')];
  if (length !== undefined && length < 0 && characters.length + length < offset) {
    throw new ShellError({ kind: 'usage', message: `${length}: substring expression < 0` });
  }
  return text(slice(characters, offset, length).join(''));
}

function slice(items: readonly string[], offset: number, length: number | undefined): string[] {
  const start = offset < 0 ? items.length + offset : offset;
  if (start < 0) return [];
  const end = length === undefined ? items.length : length < 0 ? items.length + length : start + length;
  return items.slice(start, end);
}

async function changeOf(shell: Shell, part: ParameterPart, operator: string): Promise<(value: string) => string> {
  const argument: Word = part.argument ?? { parts: [], source: '' };
  const pattern = await expandPattern(shell, argument);
  const replacement = part.replacement ? await expandText(shell, part.replacement) : '';
  switch (operator) {
    case '#':
    case '##':
      return (value) => trim(value, pattern, 'start', operator === '##');
    case '%':
    case '%%':
      return (value) => trim(value, pattern, 'end', operator === '%%');
    case '/':
      return (value) => replace(value, pattern, () => replacement, 'first');
    case '//':
      return (value) => replace(value, pattern, () => replacement, 'all');
    case '/#':
      return (value) => replace(value, pattern, () => replacement, 'start');
    case '/%':
      return (value) => replace(value, pattern, () => replacement, 'end');
    case '^^':
      return (value) => value.toUpperCase();
    case '^':
      return (value) => value.slice(0, 1).toUpperCase() + value.slice(1);
    case ',,':
      return (value) => value.toLowerCase();
    case ',':
      return (value) => value.slice(0, 1).toLowerCase() + value.slice(1);
    case '@':
      return transform(part, argument.source);
    default:
      throw new ShellError({ kind: 'bad substitution', source: part.source });
  }
}

/** `${v@Q}` and its kin. */
function transform(part: ParameterPart, letter: string): (value: string) => string {
  switch (letter) {
    case 'Q':
      return quote;
    case 'U':
      return (value) => value.toUpperCase();
    case 'L':
      return (value) => value.toLowerCase();
    case 'u':
      return (value) => value.slice(0, 1).toUpperCase() + value.slice(1);
    default:
      throw new ShellError({ kind: 'bad substitution', source: part.source });
  }
}
