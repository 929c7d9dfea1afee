/**
 * Text and bytes. A byte that is not UTF-8 becomes a lone low surrogate (U+DC80 to U+DCFF) and turns back into that byte,
 * so that what passes through a variable comes out as it went in.
 */
export function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = buffer.toString();
  return text.includes('\ufffd') ? decodeWithEscapes(buffer) : text;
}

export function encode(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return Buffer.from(text);
  const parts: Uint8Array[] = [];
  for (const part of text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/)) {
    const code = part.length === 1 ? part.charCodeAt(0) : 0;
    parts.push(code >= 0xdc80 && code <= 0xdcff ? Uint8Array.of(code - 0xdc00) : Buffer.from(part));
  }
  return Buffer.concat(parts);
}

function decodeWithEscapes(buffer: Buffer): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  for (let at = 0; at < buffer.length;) {
    const length = sequenceLength(buffer[at] ?? 0);
    const sequence = buffer.subarray(at, at + length);
    const character = length > 0 && sequence.length === length ? attempt(decoder, sequence) : undefined;
    text += character ?? String.fromCharCode(0xdc00 + (buffer[at] ?? 0));
    at += character === undefined ? 1 : length;
  }
  return text;
}

function attempt(decoder: TextDecoder, sequence: Uint8Array): string | undefined {
  try {
    return decoder.decode(sequence);
  } catch {
    return undefined;
  }
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/** A word that the shell reads back as this text. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function quoteIfNeeded(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quote(text);
}
