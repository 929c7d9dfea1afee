const letters: Readonly<Record<string, string>> = { a: '\x07', f: '\f', r: '\r', t: '\t', v: '\v' };

/** `\d065`, `\o101`, `\x41`: how many digits of which base. */
const numbers: Readonly<Record<string, { digits: RegExp; base: number }>> = {
  d: { digits: /^[0-9]{1,3}/, base: 10 },
  o: { digits: /^[0-7]{1,3}/, base: 8 },
  x: { digits: /^[0-9a-fA-F]{1,2}/, base: 16 },
};

export interface EscapeOptions {
  isBusybox: boolean;
  /** What a character made from a number must not come to mean. */
  protect: string;
}

export class RecursiveEscape extends Error {}

/**
 * Writes the characters that escapes stand for; all other backslashes stay with what follows them. busybox knows two of
 * them. (`\n` is not here: it is another thing in an expression and elsewhere.)
 */
export function unescape(text: string, options: EscapeOptions): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    const escape = c === '\\' ? escapeAt(text, at + 1, options) : undefined;
    if (escape) {
      result += escape.text;
      at = escape.end - 1;
    } else if (c === '\\') {
      result += c + (text[++at] ?? '');
    } else result += c;
  }
  return result;
}

function escapeAt(text: string, at: number, options: EscapeOptions): { text: string; end: number } | undefined {
  const letter = text[at] ?? '';
  if (options.isBusybox && letter !== 't' && letter !== 'r') return undefined;
  const simple = letters[letter];
  if (simple !== undefined) return { text: simple, end: at + 1 };
  if (letter === 'c') return control(text, at + 1);
  const kind = numbers[letter];
  const digits = kind?.digits.exec(text.slice(at + 1, at + 4))?.[0];
  if (!kind || digits === undefined) return undefined;
  const made = String.fromCharCode(parseInt(digits, kind.base) & 0xff);
  return { text: options.protect.includes(made) ? `\\${made}` : made, end: at + 1 + digits.length };
}

function control(text: string, at: number): { text: string; end: number } | undefined {
  const key = text[at];
  if (key === undefined) return { text: '\\\\', end: at };
  if (key === '\\' && text[at + 1] !== '\\') throw new RecursiveEscape();
  const made = String.fromCharCode(key.toUpperCase().charCodeAt(0) ^ 0x40);
  return { text: made, end: at + (key === '\\' ? 2 : 1) };
}
