import type { Shell } from '../shellState';
import { builtins } from '../builtins/all';

/** All that a word could become; `isCommand` for the first word of a command. */
export type Completer = (word: string, isCommand: boolean) => string[];

/** What Tab adds: the word's common continuation, with a blank after it when there is only one. */
export function completionsOf(
  before: string,
  complete: Completer,
): { word: string; common: string; choices: string[] } {
  const word = /(?:\\.|[^\s;|&<>()])*$/.exec(before)?.[0] ?? '';
  const lead = before.slice(0, before.length - word.length);
  const isCommand = /(?:^|[;|&(]|\b(?:do|then|else|if|while)\s)\s*$/.test(lead) && !word.includes('/');
  const found = complete(word.replace(/\\(.)/g, '$1'), isCommand).map(escapeBlanks);
  const choices = [...new Set(found)].sort();
  const [only] = choices;
  const names = choices.map(
    (choice) =>
      choice
        .replace(/(.)\/$/, '$1/')
        .split('/')
        .at(choice.endsWith('/') ? -2 : -1) ?? choice,
  );
  if (choices.length === 1 && only !== undefined)
    return { word, common: only.endsWith('/') ? only : `${only} `, choices: names };
  return { word, common: commonStart(choices) || word, choices: names };
}

function escapeBlanks(text: string): string {
  return text.replace(/[\s'"\\$&;|<>()*?[\]]/g, '\\$&');
}

function commonStart(words: readonly string[]): string {
  let common = words[0] ?? '';
  for (const word of words) while (!word.startsWith(common)) common = common.slice(0, -1);
  return common;
}

export function completerOf(shell: Shell): Completer {
  return (word, isCommand) => (isCommand ? commands(shell, word) : paths(shell, word));
}

function commands(shell: Shell, word: string): string[] {
  const folders = (shell.variables.get('PATH') ?? '').split(':');
  const programs = folders.flatMap((folder) => namesIn(shell, folder || '.'));
  const own = [...builtins]
    .filter(([, { flavours }]) => !flavours || flavours.includes(shell.flavour))
    .map(([name]) => name);
  return [...programs, ...own, ...shell.functions.keys(), ...shell.aliases.keys()].filter((name) =>
    name.startsWith(word),
  );
}

function paths(shell: Shell, word: string): string[] {
  const slash = word.lastIndexOf('/');
  const folder = slash < 0 ? '' : word.slice(0, slash + 1);
  const start = word.slice(slash + 1);
  return namesIn(shell, folder || '.')
    .filter((name) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
    .map((name) => folder + name + (isFolder(shell, folder + name) ? '/' : ''));
}

function namesIn(shell: Shell, folder: string): string[] {
  try {
    return shell.process.files.readdir(folder);
  } catch {
    return [];
  }
}

function isFolder(shell: Shell, path: string): boolean {
  try {
    return shell.process.files.stat(path).type === 'directory';
  } catch {
    return false;
  }
}
