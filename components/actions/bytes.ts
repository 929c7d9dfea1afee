/** A file's bytes as text, if they are text: valid UTF-8 with no control characters but tab, newline and carriage return. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** As `hexdump -C` prints it, 16 bytes a line. */
export function hexOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const part = [...bytes.subarray(offset, offset + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0'));
    const halves = [hex.slice(0, 8).join(' '), hex.slice(8).join(' ')].join('  ').padEnd(48);
    const letters = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${halves}  |${letters}|`);
  }
  return lines.join('\n');
}

export function sizeOf(bytes: number): { unit: 'bytes' | 'kib' | 'mib'; n: string } {
  if (bytes < 1024) return { unit: 'bytes', n: String(bytes) };
  if (bytes < 1024 * 1024) return { unit: 'kib', n: (bytes / 1024).toFixed(1) };
  return { unit: 'mib', n: (bytes / 1024 / 1024).toFixed(1) };
}
