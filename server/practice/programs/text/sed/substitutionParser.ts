import { compileExpression, readDelimited, unescapeIn } from './delimited';
import { mostReferred, parseReplacement } from './replacement';
import type { Action, Substitution } from './script';
import type { ScriptReader } from './scriptReader';

interface Flags {
  ignoreCase: boolean;
  byLine: boolean;
  isGlobal: boolean;
  prints: boolean;
  number: number | undefined;
  path: string | undefined;
}

export function parseSubstitution(reader: ScriptReader): Substitution {
  const { delimiter, texts } = readTwo(reader, 's');
  const [expressionText = '', replacementText = ''] = texts;
  const flags = parseFlags(reader);
  const protect = delimiter === '&' ? '\\' : '\\&';
  const replacement = parseReplacement(unescapeIn(reader, replacementText, protect), !reader.isBusybox);
  const expression = compileExpression(reader, expressionText, flags);
  const referred = mostReferred(replacement);
  if (expression && referred > expression.groups && !reader.isBusybox) reader.fail('reference', String(referred));
  const { isGlobal, prints, path } = flags;
  const number = reader.isBusybox && isGlobal ? 1 : (flags.number ?? 1);
  return {
    type: 'substitute',
    expression,
    replacement,
    isGlobal,
    number,
    prints,
    ...(path !== undefined && { path }),
  };
}

function readTwo(reader: ScriptReader, command: 's' | 'y'): { delimiter: string; texts: string[] } {
  const delimiter = reader.next();
  if (delimiter === undefined || (reader.isBusybox && /[\n\\]/.test(delimiter))) {
    return reader.fail('noDelimiter', command);
  }
  const texts = [command === 's', false].map(
    (isExpression) =>
      readDelimited(reader, delimiter, isExpression) ??
      reader.fail(command === 's' ? 'unterminatedS' : 'unterminatedY', delimiter),
  );
  return { delimiter, texts };
}

function parseFlags(reader: ScriptReader): Flags {
  const flags: Flags = {
    ignoreCase: false,
    byLine: false,
    isGlobal: false,
    prints: false,
    number: undefined,
    path: undefined,
  };
  for (;;) {
    const c = reader.next();
    if (c === undefined || c === '\n' || c === ';') return flags;
    if (c === '}' || c === '#') {
      reader.back(c);
      return flags;
    }
    if (c === 'w') {
      flags.path = fileName(reader);
      return flags;
    }
    if (!/[ \t\r]/.test(c)) addFlag(reader, flags, c);
  }
}

function addFlag(reader: ScriptReader, flags: Flags, c: string): void {
  const isStrict = !reader.isBusybox;
  if (/\d/.test(c)) {
    if (flags.number !== undefined && isStrict) {
      reader.fail('multipleNumbers');
    }
    reader.back(c);
    flags.number = reader.number();
    if (flags.number === 0 && isStrict) reader.fail('zeroNumber');
  } else if (c === 'i' || c === 'I') flags.ignoreCase = true;
  else if ((c === 'm' || c === 'M') && isStrict) flags.byLine = true;
  else if (c === 'g') {
    if (flags.isGlobal && isStrict) reader.fail('multipleG');
    flags.isGlobal = true;
  } else if (c === 'p') {
    if (flags.prints && isStrict) reader.fail('multipleP');
    flags.prints = true;
  } else if (c === 'e' && isStrict) reader.fail('disabled');
  else reader.fail('unknownOption');
}

/** The rest of the line. */
export function fileName(reader: ScriptReader): string {
  reader.skipBlanks();
  const name = reader.until(/\n/);
  if (name === '') reader.fail('missingFile');
  reader.next();
  return name;
}

export function parseTranslation(reader: ScriptReader): Action {
  const { texts } = readTwo(reader, 'y');
  const [from = [], to = []] = texts.map((text) => characters(unescapeIn(reader, text, '\\')));
  if (from.length !== to.length && !reader.isBusybox) reader.fail('lengths');
  const map = new Map<string, string>();
  for (const [i, c] of from.entries()) if (!map.has(c)) map.set(c, to[i] ?? c);
  reader.endCommand();
  return { type: 'translate', to: map };
}

function characters(text: string): string[] {
  return [...text.matchAll(/\\([\s\S])|[\s\S]/g)].map(([all, escaped]) => (escaped === 'n' ? '\n' : (escaped ?? all)));
}
