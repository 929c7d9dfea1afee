/**
 * A word of a command line that bash (and zsh) reads back as exactly this text. Plain words stay plain; what has a line
 * break or a control character is written as $'…', so that the line stays one line and can be copied; the rest is in single quotes,
 * in which nothing has a meaning but the quote itself.
 */
export function shellQuote(text: string): string {
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text;
  // eslint's rule against control characters has a point where they are typed by mistake; here they are looked for.
  if ([...text].some(isControl)) return `$'${[...text].map(ansiC).join('')}'`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f;
}

function ansiC(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\\' || character === "'") return `\\${character}`;
  if (!isControl(character)) return character;
  // Three octal digits, always: a digit that follows is then not taken for part of it.
  return `\\${(character.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`;
}

/** A here-document: the text as it is, between lines that do not occur in it. */
export function hereDocument(text: string, word: string): string {
  let mark = word;
  while (text.split('\n').includes(mark)) mark += '_';
  return `<<'${mark}'\n${text.endsWith('\n') || text === '' ? text : `${text}\n`}${mark}`;
}
