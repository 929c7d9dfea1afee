import type { Action } from './script';
import type { ScriptReader } from './scriptReader';
import { fileName, parseSubstitution, parseTranslation } from './substitutionParser';
import { parseText } from './textParser';

const busyboxLetters = 'aicrsbtTydDgGhHlnNpPqwx=';
const version = [4, 9];

/** One command behind its addresses. `isOpen`: its text goes on in the next part of the script. */
export function parseAction(
  reader: ScriptReader,
  letter: string,
  addresses: number,
): { action: Action; isOpen?: boolean } {
  if (reader.isBusybox && !busyboxLetters.includes(letter)) reader.fail('unknownCommand', letter);
  switch (letter) {
    case 'a':
    case 'i':
    case 'c':
      return textAction(reader, letter, addresses);
    case 'b':
    case 't':
    case 'T':
      return { action: branch(reader, letter) };
    case 'r':
    case 'R':
    case 'w':
    case 'W':
      return { action: fileAction(letter, fileName(reader)) };
    case 's':
      return { action: parseSubstitution(reader) };
    case 'y':
      return { action: parseTranslation(reader) };
    case 'e':
      return reader.fail('disabled', letter);
    default:
      return { action: plainAction(reader, letter, addresses) };
  }
}

function textAction(reader: ScriptReader, letter: 'a' | 'i' | 'c', addresses: number) {
  if (reader.isBusybox && letter !== 'c' && addresses > 1) reader.fail('oneAddress', letter);
  const { text, isOpen } = parseText(reader);
  const type = { a: 'append', i: 'insert', c: 'change' } as const;
  return { action: { type: type[letter], text }, isOpen };
}

function branch(reader: ScriptReader, letter: 'b' | 't' | 'T'): Action {
  const when = { b: 'always', t: 'replaced', T: 'unreplaced' } as const;
  return { type: 'branch', when: when[letter], label: readLabel(reader), to: 0 };
}

export function readLabel(reader: ScriptReader): string {
  reader.skipBlanks();
  const label = reader.until(reader.isBusybox ? /[\s;]/ : /[\s;}]/);
  if (reader.peek() === ';') reader.next();
  return label;
}

function fileAction(letter: 'r' | 'R' | 'w' | 'W', path: string): Action {
  const types = { r: 'readFile', R: 'readLine', w: 'write', W: 'writeFirstLine' } as const;
  return { type: types[letter], path };
}

function plainAction(reader: ScriptReader, letter: string, addresses: number): Action {
  switch (letter) {
    case 'q':
    case 'Q': {
      if (addresses > 1 && !reader.isBusybox) reader.fail('oneAddress', letter);
      const code = numberBehind(reader) ?? 0;
      return { type: 'quit', code: code & 0xff, prints: letter === 'q' };
    }
    case 'l':
      // busybox knows the letter and does nothing.
      return reader.isBusybox ? { type: 'simple', letter } : { type: 'list', width: numberBehind(reader) };
    case 'v':
      checkVersion(reader);
      return { type: 'simple', letter };
  }
  if (!'=dDFgGhHnNpPxz'.includes(letter)) reader.fail('unknownCommand', letter);
  reader.endCommand();
  return { type: 'simple', letter };
}

function numberBehind(reader: ScriptReader): number | undefined {
  if (reader.isBusybox) return undefined;
  reader.skipBlanks();
  const number = reader.number();
  reader.endCommand();
  return number;
}

function checkVersion(reader: ScriptReader): void {
  const wanted = readLabel(reader).split('.').map(Number);
  const [major = 0, minor = 0] = wanted;
  const [ownMajor = 0, ownMinor = 0] = version;
  if (major > ownMajor || (major === ownMajor && minor > ownMinor)) reader.fail('newerVersion');
}
