/** UTF-8 as bytes in latin1. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

const letters: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

/** A name in GNU's messages, in locale C: `'it\'s'`. */
export function quoted(name: string): string {
  return `'${escaped(name, "'")}'`;
}

/** A name in the lines of -ls, in locale C: as it would be written in C, without the quotes. */
export function listed(name: string): string {
  return escaped(name, ' "');
}

function escaped(name: string, marks: string): string {
  return bytesOf(name).replace(/[^ -~]|[\\ '"]/g, (c) => {
    if (c === '\\' || marks.includes(c)) return `\\${c}`;
    if (c >= ' ' && c <= '~') return c;
    return letters[c] ?? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
}
