/**
 * Backslash escapes as `echo -e` and `printf` read them. `stopped`: `\c` ended all output. Bytes, because `\xff`
 * is one.
 */
export function unescape(text: string, style: 'echo' | 'printf'): { bytes: Buffer; stopped: boolean } {
  const parts: Buffer[] = [];
  const pattern = /\\(0[0-7]{0,3}|[1-7][0-7]{0,2}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|[\s\S])|[^\\]+|\\/g;
  for (const [whole, escape] of text.matchAll(pattern)) {
    if (escape === undefined) parts.push(Buffer.from(whole));
    else if (escape === 'c') return { bytes: Buffer.concat(parts), stopped: true };
    else parts.push(escaped(escape, whole, style));
  }
  return { bytes: Buffer.concat(parts), stopped: false };
}

/** What a backslash and a letter stand for. */
export const single: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
};

function escaped(escape: string, whole: string, style: 'echo' | 'printf'): Buffer {
  const known = single[escape];
  if (known !== undefined) return Buffer.from([known]);
  if (/^x/.test(escape) && escape.length > 1) return Buffer.from([parseInt(escape.slice(1), 16)]);
  if (/^u/.test(escape) && escape.length > 1) return Buffer.from(String.fromCodePoint(parseInt(escape.slice(1), 16)));
  if (/^0/.test(escape) || (style !== 'echo' && /^[0-7]/.test(escape))) return octal(escape, style);
  if (style === 'printf' && (escape === '"' || escape === "'")) return Buffer.from(escape);
  return Buffer.from(whole);
}

/** `echo` allows a leading 0 before three digits; `printf` counts it as one of three. */
function octal(escape: string, style: 'echo' | 'printf'): Buffer {
  const digits = style === 'echo' ? escape : escape.slice(0, 3);
  return Buffer.concat([Buffer.from([parseInt(digits, 8) & 255]), Buffer.from(escape.slice(digits.length))]);
}
