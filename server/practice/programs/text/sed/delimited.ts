import { ExpressionError } from '../expressions/expressionError';
import { compileBasic, compileExtended } from '../regularExpression';
import type { RegularExpression } from '../regularExpression';
import { RecursiveEscape, unescape } from './escapes';
import type { ScriptReader } from './scriptReader';

/** The text up to a delimiter, of an expression or of what is put for it; undefined when the delimiter is missing. */
export function readDelimited(reader: ScriptReader, delimiter: string, isExpression: boolean): string | undefined {
  let text = '';
  for (let c = reader.next(); c !== undefined; c = reader.next()) {
    if (c === delimiter) return text;
    if (c === '\n') {
      reader.back(c);
      return undefined;
    }
    if (c === '\\') text += escaped(reader, delimiter, isExpression);
    else if (c === '[' && isExpression) text += c + bracket(reader);
    else text += c;
  }
  return undefined;
}

function escaped(reader: ScriptReader, delimiter: string, isExpression: boolean): string {
  const c = reader.next();
  if (c === undefined) return '';
  if (c === '\n') return isExpression ? c : '\\\n';
  if (c === delimiter) {
    // busybox leaves an operator an operator: `s|a\|b|x|` is an alternative.
    if (isExpression && reader.isBusybox && /[^\w\s/,:;@!%#=&~"'`<>-]/.test(c)) return `\\${c}`;
    return isExpression || c !== '&' ? c : `\\${c}`;
  }
  return c === 'n' && isExpression ? '\n' : `\\${c}`;
}

/** A delimiter between brackets is none. Of busybox's kind every `]` but the first ends them. */
function bracket(reader: ScriptReader): string {
  let text = '';
  const take = (): string => {
    const c = reader.next() ?? '';
    text += c;
    return c;
  };
  if (reader.peek() === '^') take();
  if (reader.peek() === ']') take();
  for (let c = take(); c !== '' && c !== ']'; c = take()) {
    const next = reader.peek() ?? '';
    if (c === '\\' && next === 'n') {
      reader.next();
      text = `${text.slice(0, -1)}\n`;
    } else if (c === '[' && /[.:=]/.test(next) && !reader.isBusybox) {
      const end = reader.part.text.indexOf(`${next}]`, reader.at + 1);
      while (end >= 0 && reader.at < end + 2) take();
    }
  }
  return text;
}

export interface ExpressionFlags {
  ignoreCase: boolean;
  byLine: boolean;
}

/** Undefined stands for the expression that was used last. */
export function compileExpression(
  reader: ScriptReader,
  text: string,
  flags: ExpressionFlags,
): RegularExpression | undefined {
  if (text === '') {
    if ((flags.ignoreCase || flags.byLine) && !reader.isBusybox) reader.fail('emptyModifiers');
    return undefined;
  }
  const source = unescapeIn(reader, text, '\\');
  try {
    return (reader.isExtended ? compileExtended : compileBasic)(source, flags);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return reader.fail('expression', reader.isBusybox ? `'${source}': ${error.message}` : error.message);
  }
}

export function unescapeIn(reader: ScriptReader, text: string, protect: string): string {
  try {
    return unescape(text, { isBusybox: reader.isBusybox, protect });
  } catch (error) {
    if (error instanceof RecursiveEscape) return reader.fail('recursiveEscape');
    throw error;
  }
}
