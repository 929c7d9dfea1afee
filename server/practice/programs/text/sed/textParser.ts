import { unescapeIn } from './delimited';
import type { ScriptReader } from './scriptReader';

/** The text of `a`, `i` and `c` may go on in the next part of the script: `-e 'a\' -e text`. */
export interface TextRead {
  text: string;
  /** The part ended behind a backslash. */
  isOpen: boolean;
}

/** From behind the command: `a text`, `a\text`, and POSIX's `a\` with the text on the lines below. */
export function parseText(reader: ScriptReader): TextRead {
  reader.skipBlanks();
  const c = reader.peek();
  if (c === undefined) return reader.isBusybox ? { text: '\n', isOpen: false } : reader.fail('expectedBackslash');
  if (c !== '\\') return readText(reader);
  reader.next();
  if (reader.peek() === undefined) return { text: '', isOpen: true };
  if (reader.peek() === '\n') reader.next();
  return readText(reader);
}

/** Up to the end of the first line that has no backslash at its end. */
export function readText(reader: ScriptReader): TextRead {
  let raw = '';
  let isOpen = false;
  for (let c = reader.next(); c !== undefined && c !== '\n'; c = reader.next()) {
    raw += c;
    if (c !== '\\') continue;
    const escaped = reader.next();
    isOpen = escaped === undefined;
    raw += escaped ?? '\n';
  }
  return { text: `${written(reader, isOpen ? raw.slice(0, -1) : raw)}\n`, isOpen };
}

function written(reader: ScriptReader, raw: string): string {
  const withoutEnd = raw.replace(/(?<!\\)((?:\\\\)*)\\$/, '$1');
  return unescapeIn(reader, withoutEnd, '\\').replace(/\\([\s\S])/g, (_, c: string) => (c === 'n' ? '\n' : c));
}
