import type { Shell } from '../shellState';
import type { ByteReader } from '../../process/program';
import { decode } from '../text';
import type { Builtin } from './builtin';

interface ReadOptions {
  raw: boolean;
  prompt: string;
  timeoutMs?: number;
  count?: number;
  silent: boolean;
  array?: string;
  delimiter: number;
  fd: number;
  names: string[];
}

/** Reads byte by byte, so that what follows the line is left for the next command. */
export const read: Builtin = {
  async run(shell, args) {
    const options = parse(args);
    const stream = shell.descriptors.get(options.fd);
    const reader = stream && 'read' in stream ? stream : undefined;
    if (!reader) return 1;
    const { terminal } = shell.process;
    const onTerminal = reader.isTerminal && terminal;
    if (options.prompt && (onTerminal || shell.flavour === 'ash' || shell.flavour === 'dash'))
      await shell.writeError(options.prompt);
    if (options.silent && onTerminal) terminal.setEcho(false);
    if (options.count !== undefined && onTerminal) terminal.setRaw(true);
    try {
      const { text, ended, timedOut } = await readLine(shell, reader, options);
      store(shell, options, text);
      return timedOut ? 142 : ended ? 1 : 0;
    } finally {
      if (options.silent && onTerminal) terminal.setEcho(true);
      if (options.count !== undefined && onTerminal) terminal.setRaw(false);
    }
  },
};

function parse(args: readonly string[]): ReadOptions {
  const options: ReadOptions = { raw: false, prompt: '', silent: false, delimiter: 10, fd: 0, names: [] };
  const words = [...args];
  while (/^-./.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    if (word === '--') break;
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? '';
      if (letter === 'r') options.raw = true;
      else if (letter === 's') options.silent = true;
      else if ('ptnNadu'.includes(letter)) {
        const value = word.slice(at + 1) || (words.shift() ?? '');
        setOption(options, letter, value);
        break;
      }
    }
  }
  options.names = words;
  return options;
}

function setOption(options: ReadOptions, letter: string, value: string): void {
  if (letter === 'p') options.prompt = value;
  if (letter === 't') options.timeoutMs = Number(value) * 1000;
  if (letter === 'n' || letter === 'N') options.count = Number(value);
  if (letter === 'a') options.array = value;
  if (letter === 'd') options.delimiter = Buffer.from(value)[0] ?? 0;
  if (letter === 'u') options.fd = Number(value);
}

interface Line {
  /** With a backslash before what a backslash protects from splitting. */
  text: { character: string; escaped: boolean }[];
  ended: boolean;
  timedOut: boolean;
}

async function readLine(shell: Shell, reader: ByteReader, options: ReadOptions): Promise<Line> {
  const stop = new AbortController();
  const timer =
    options.timeoutMs === undefined ? undefined : shell.process.clock.after(options.timeoutMs, () => stop.abort());
  const onInterrupt = () => stop.abort();
  shell.interrupted.addEventListener('abort', onInterrupt, { once: true });
  const bytes: number[] = [];
  const escapes = new Set<number>();
  let ended = false;
  try {
    for (let isEscaped = false; ;) {
      if (options.count !== undefined && bytes.length >= options.count) break;
      const byte = (await reader.read(1, stop.signal))?.[0];
      if (byte === undefined) {
        ended = true;
        break;
      }
      if (byte === 0 && options.delimiter !== 0) continue;
      if (isEscaped) {
        isEscaped = false;
        if (byte === 10) continue;
        escapes.add(bytes.length);
      } else if (byte === 92 && !options.raw) {
        isEscaped = true;
        continue;
      } else if (byte === options.delimiter) break;
      bytes.push(byte);
    }
  } finally {
    timer?.cancel();
  }
  return { text: characters(bytes, escapes), ended, timedOut: ended && stop.signal.aborted };
}

function characters(bytes: readonly number[], escapes: ReadonlySet<number>): Line['text'] {
  if (escapes.size === 0)
    return [...decode(Uint8Array.from(bytes))].map((character) => ({ character, escaped: false }));
  const result: Line['text'] = [];
  let run: number[] = [];
  const flush = () => {
    for (const character of decode(Uint8Array.from(run))) result.push({ character, escaped: false });
    run = [];
  };
  bytes.forEach((byte, index) => {
    if (!escapes.has(index)) return void run.push(byte);
    flush();
    result.push({ character: decode(Uint8Array.of(byte)), escaped: true });
  });
  flush();
  return result;
}

function store(shell: Shell, options: ReadOptions, text: Line['text']): void {
  const isDelimiter = (item: Line['text'][number] | undefined) =>
    item !== undefined && !item.escaped && shell.ifs.includes(item.character);
  if (options.array !== undefined) {
    const all = split(text, isDelimiter, Infinity);
    return shell.variables.setArray(options.array, new Map(all.map((field, index) => [String(index), field])));
  }
  if (options.names.length === 0) {
    // $REPLY keeps its blanks in bash.
    return shell.variables.set('REPLY', text.map(({ character }) => character).join(''));
  }
  const fields = split(text, isDelimiter, options.names.length);
  options.names.forEach((name, index) => shell.variables.set(name, fields[index] ?? ''));
}

/** The last field takes the rest of the line, without the blanks around it. */
function split(
  text: Line['text'],
  isDelimiter: (item: Line['text'][number] | undefined) => boolean,
  most: number,
): string[] {
  const isBlank = (item: Line['text'][number] | undefined) =>
    isDelimiter(item) && /[ \t\n]/.test(item?.character ?? '');
  const fields: string[] = [];
  let at = 0;
  while (isBlank(text[at])) at++;
  while (at < text.length) {
    if (fields.length === most - 1) {
      let end = text.length;
      while (end > at && isBlank(text[end - 1])) end--;
      const rest = text.slice(at, end);
      // A delimiter that only ends the last field is not part of it.
      const last = rest.at(-1);
      const inner = rest.slice(0, -1).some((item) => isDelimiter(item));
      fields.push((isDelimiter(last) && !inner ? rest.slice(0, -1) : rest).map(({ character }) => character).join(''));
      return fields;
    }
    let field = '';
    while (at < text.length && !isDelimiter(text[at])) field += text[at++]?.character ?? '';
    fields.push(field);
    while (isBlank(text[at])) at++;
    if (isDelimiter(text[at])) at++;
    while (isBlank(text[at])) at++;
  }
  return fields;
}
