import { evaluate } from '../arithmetic';
import { ShellError } from '../shellError';
import type { Shell } from '../shellState';
import { quote } from '../text';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** Builtins on options, arguments and arithmetic. */
export const environment: [string, Builtin][] = [
  ['set', { run: set }],
  ['getopts', { run: getopts }],
  ['let', { run: let_, flavours: ['bash', 'ash'] }],
  ['mapfile', { run: mapfile, flavours: ['bash'] }],
  ['readarray', { run: mapfile, flavours: ['bash'] }],
];

const longNames: Record<string, string> = {
  allexport: 'a',
  errexit: 'e',
  noglob: 'f',
  monitor: 'm',
  noexec: 'n',
  nounset: 'u',
  verbose: 'v',
  xtrace: 'x',
  noclobber: 'C',
  notify: 'b',
  ignoreeof: 'I',
  pipefail: 'pipefail',
  posix: 'posix',
  emacs: 'emacs',
  vi: 'vi',
  braceexpand: 'B',
  hashall: 'h',
  errtrace: 'E',
  functrace: 'T',
  histexpand: 'H',
};

async function set(shell: Shell, args: string[]): Promise<number> {
  if (args.length === 0) return listVariables(shell);
  const words = [...args];
  while (words.length > 0) {
    const word = words[0] ?? '';
    if (word === '--' || word === '-') {
      words.shift();
      shell.positional = words;
      return 0;
    }
    if (!/^[-+]./.test(word)) break;
    words.shift();
    const failed = await setOptions(shell, word, words);
    if (failed !== undefined) return failed;
    if (words.length === 0) return 0;
  }
  shell.positional = words;
  return 0;
}

async function setOptions(shell: Shell, word: string, rest: string[]): Promise<number | undefined> {
  const isOn = word.startsWith('-');
  for (const letter of word.slice(1)) {
    if (letter === 'o') {
      const name = rest.shift();
      if (name === undefined) return listOptions(shell);
      const option = longNames[name];
      // dash ends with a builtin of its own that fails.
      if (shell.flavour === 'dash' && (option === undefined || option === 'pipefail'))
        throw new ShellError({ kind: 'usage', message: `set: Illegal option -o ${name}`, code: 2 });
      if (option === undefined) {
        return fail(
          shell,
          'set',
          shell.isBash ? `${name}: invalid option name` : `illegal option -o ${name}`,
          shell.flavour === 'ash' ? 1 : 2,
        );
      }
      toggle(shell, option, isOn);
    } else if (/[aefmnuvxCbBhEHTPI]/.test(letter)) toggle(shell, letter, isOn);
    else
      return fail(
        shell,
        'set',
        shell.isBash
          ? `${word[0]}${letter}: invalid option`
          : `${shell.flavour === 'dash' ? 'I' : 'i'}llegal option ${word[0]}${letter}`,
        2,
      );
  }
  return undefined;
}

function toggle(shell: Shell, option: string, isOn: boolean): void {
  if (isOn) shell.options.add(option);
  else shell.options.delete(option);
}

async function listOptions(shell: Shell): Promise<number> {
  for (const [name, option] of Object.entries(longNames)) {
    await shell.write(1, `${name.padEnd(16)}${shell.options.has(option) ? 'on' : 'off'}\n`);
  }
  return 0;
}

async function listVariables(shell: Shell): Promise<number> {
  for (const name of shell.variables.names()) {
    const value = shell.variables.get(name);
    if (value !== undefined)
      await shell.write(1, `${name}=${shell.isBash && /^[\w@%+=:,./-]*$/.test(value) ? value : quote(value)}\n`);
  }
  return 0;
}

async function getopts(shell: Shell, args: string[]): Promise<number> {
  const [spec = '', name = '', ...given] = args;
  const words = args.length > 2 ? given : shell.positional;
  const at = shell.optionIndex;
  const wanted = Number(shell.variables.get('OPTIND') ?? '1');
  if (wanted !== at.word) shell.optionIndex = { word: wanted, character: 0 };
  const { word, character } = shell.optionIndex;
  const current = words[word - 1];
  const finish = (letter: string, next: { word: number; character: number }) => {
    shell.optionIndex = next;
    shell.variables.set('OPTIND', String(next.word));
    shell.variables.set(name, letter);
  };
  if (character === 0 && (current === undefined || !/^-./.test(current) || current === '--')) {
    finish('?', { word: current === '--' ? word + 1 : word, character: 0 });
    return 1;
  }
  const text = current ?? '';
  const letter = text[character + 1] ?? '';
  const isEnd = character + 2 >= text.length;
  const after = isEnd ? { word: word + 1, character: 0 } : { word, character: character + 1 };
  const position = spec.replace(/^:/, '').indexOf(letter);
  if (position < 0 || letter === ':') return illegal(shell, finish, letter, after, spec.startsWith(':'));
  shell.variables.unset('OPTARG');
  if (spec.replace(/^:/, '')[position + 1] !== ':') {
    finish(letter, after);
    return 0;
  }
  const argument = isEnd ? words[word] : text.slice(character + 2);
  const next = { word: word + (isEnd ? 2 : 1), character: 0 };
  if (argument === undefined) return missing(shell, finish, letter, next, spec.startsWith(':'));
  shell.variables.set('OPTARG', argument);
  finish(letter, next);
  return 0;
}

type Finish = (letter: string, next: { word: number; character: number }) => void;

async function illegal(
  shell: Shell,
  finish: Finish,
  letter: string,
  next: { word: number; character: number },
  silent: boolean,
): Promise<number> {
  if (silent) shell.variables.set('OPTARG', letter);
  else {
    shell.variables.unset('OPTARG');
    await shell.writeError(
      shell.isBash ? `${shell.name}: illegal option -- ${letter}\n` : `Illegal option -${letter}\n`,
    );
  }
  finish('?', next);
  return 0;
}

async function missing(
  shell: Shell,
  finish: Finish,
  letter: string,
  next: { word: number; character: number },
  silent: boolean,
): Promise<number> {
  if (silent) shell.variables.set('OPTARG', letter);
  else
    await shell.writeError(
      shell.isBash ? `${shell.name}: option requires an argument -- ${letter}\n` : `No arg for -${letter} option\n`,
    );
  finish(silent ? ':' : '?', { ...next, word: next.word - 1 });
  return 0;
}

function let_(shell: Shell, args: string[]): number {
  let value = 0n;
  for (const expression of args) value = evaluate(expression, shell.arithmeticVariables);
  return value === 0n ? 1 : 0;
}

async function mapfile(shell: Shell, args: string[]): Promise<number> {
  const words = args.filter((word) => !word.startsWith('-'));
  const chunks: Uint8Array[] = [];
  for (let chunk = await shell.stdin?.read(); chunk; chunk = await shell.stdin?.read()) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const keeps = args.includes('-t') ? '' : '\n';
  shell.variables.setArray(words[0] ?? 'MAPFILE', new Map(lines.map((line, index) => [String(index), line + keeps])));
  return 0;
}
