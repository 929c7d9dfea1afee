/** Backslash escapes: of `$'…'`, of printf's format, of `echo` and printf's `%b` (where octal needs a leading 0). */
export type EscapeKind = 'ansi' | 'format' | 'echo';

const single: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The escape whose characters after the backslash begin at `at`: what it stands for and how many they are. */
export function escapeCharacter(
  text: string,
  at: number,
  kind: EscapeKind,
): { text: string; length: number; stops?: boolean } {
  const c = text[at] ?? '';
  const plain = single[c];
  if (plain !== undefined) return { text: plain, length: 1 };
  if (c === 'e' || c === 'E') return { text: '\x1b', length: 1 };
  if (c === 'c' && kind === 'echo') return { text: '', length: 1, stops: true };
  if (kind !== 'echo' && (c === '"' || c === "'" || c === '?')) return { text: c, length: 1 };
  const octal = /^[0-7]+/.exec(text.slice(at, at + (kind === 'echo' && c === '0' ? 4 : 3)))?.[0];
  if (octal) return { text: byte(parseInt(octal, 8) & 255), length: octal.length };
  const hex = /^x([0-9A-Fa-f]{1,2})/.exec(text.slice(at, at + 3))?.[1];
  if (hex) return { text: byte(parseInt(hex, 16)), length: hex.length + 1 };
  const unicode = /^(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(text.slice(at, at + 9));
  const code = parseInt(unicode?.[1] ?? unicode?.[2] ?? '', 16);
  if (unicode && code <= 0x10ffff) return { text: String.fromCodePoint(code), length: unicode[0].length };
  return { text: `\\${c}`, length: c.length };
}

/** Bytes above 127 stand alone and may be part of a UTF-8 sequence: see `text.ts`. */
function byte(code: number): string {
  return code < 128 ? String.fromCharCode(code) : String.fromCharCode(0xdc00 + code);
}

/** All escapes of a text; `stopped` when `\c` cut it short. */
export function unescape(text: string, kind: EscapeKind): { text: string; stopped: boolean } {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c !== '\\') {
      result += c;
      continue;
    }
    const escape = escapeCharacter(text, at + 1, kind);
    if (escape.stops) return { text: result, stopped: true };
    result += escape.text;
    at += escape.length;
  }
  return { text: result, stopped: false };
}
