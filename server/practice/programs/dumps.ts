import { command } from './command';
import type { Call } from './command';

/** hexdump, od, xxd: bytes made readable. */
const hex = (n: number, width: number) => n.toString(16).padStart(width, '0');
const printable = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');

async function input(call: Call): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const operand of call.inputs) {
    const bytes = await call.attempt(
      () => call.bytes(operand),
      () => operand,
    );
    if (bytes) parts.push(bytes);
  }
  const all = Buffer.concat(parts);
  const skip = Number(call.value('s') ?? call.value('j') ?? 0);
  const length = call.value('n') ?? call.value('N') ?? call.value('l');
  return all.subarray(skip, length === undefined ? undefined : skip + Number(length));
}

function* rows(bytes: Buffer, width = 16): Generator<[offset: number, row: Buffer]> {
  for (let at = 0; at < bytes.length; at += width) yield [at, bytes.subarray(at, at + width)];
}

/** Lines like the one before are left out, as a star. */
async function write(call: Call, lines: Iterable<{ address: string; body: string }>, end: string): Promise<void> {
  let previous: string | undefined;
  let starred = false;
  for (const { address, body } of lines) {
    if (body === previous) {
      if (!starred) await call.write('*\n');
      starred = true;
      continue;
    }
    [previous, starred] = [body, false];
    await call.write(`${address}${body}\n`);
  }
  if (end !== '') await call.write(`${end}\n`);
}

export const hexdump = command(
  { letters: 'Cvn:s:bcdox', usage: '[-bcdoxCv] [-n LEN] [-s OFS] [FILE]...' },
  async (call) => {
    const bytes = await input(call);
    const canonical = call.has('C') || call.name === 'hd';
    const lines = [...rows(bytes)].map(([offset, row]) => {
      if (canonical) {
        const halves = [row.subarray(0, 8), row.subarray(8)].map((half) =>
          Array.from(half, (byte) => hex(byte, 2)).join(' '),
        );
        return {
          address: hex(offset, 8),
          body: `  ${(halves[0] ?? '').padEnd(24)} ${(halves[1] ?? '').padEnd(24)} |${printable(row)}|`,
        };
      }
      return {
        address: hex(offset, 7),
        body: words(row)
          .map((word) => ` ${hex(word, 4)}`)
          .join(''),
      };
    });
    if (bytes.length > 0) await write(call, lines, hex(bytes.length, canonical ? 8 : 7));
  },
);

function words(row: Buffer): number[] {
  return Array.from({ length: Math.ceil(row.length / 2) }, (_, i) => (row[i * 2] ?? 0) | ((row[i * 2 + 1] ?? 0) << 8));
}

const octalNames: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

export const od = command(
  {
    letters: 'cxbdot:A:N:j:v',
    long: { format: 't', 'address-radix': 'A', 'read-bytes': 'N', 'skip-bytes': 'j' },
    usage: '[-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [FILE]...',
  },
  async (call) => {
    const bytes = await input(call);
    const type =
      call.value('t') ??
      (call.has('c') ? 'c' : call.has('x') ? 'x2' : call.has('b') ? 'o1' : call.has('d') ? 'u2' : 'o2');
    const radix = call.value('A') ?? 'o';
    const address = (n: number) =>
      radix === 'n'
        ? ''
        : radix === 'x'
          ? hex(n, 6)
          : radix === 'd'
            ? String(n).padStart(7, '0')
            : n.toString(8).padStart(7, '0');
    const lines = [...rows(bytes)].map(([offset, row]) => ({ address: address(offset), body: odBody(row, type) }));
    await write(call, lines, radix === 'n' ? '' : address(bytes.length));
  },
);

function odBody(row: Buffer, type: string): string {
  const each = (show: (byte: number) => string, width: number) =>
    Array.from(row, (byte) => show(byte).padStart(width)).join('');
  if (type.startsWith('c'))
    return each(
      (byte) =>
        octalNames[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0')),
      4,
    );
  if (/^x1?$/.test(type) && type === 'x1') return each((byte) => hex(byte, 2), 3);
  if (type === 'o1') return each((byte) => byte.toString(8).padStart(3, '0'), 4);
  if (/^[ud]1$/.test(type)) return each(String, 4);
  if (type.startsWith('x'))
    return words(row)
      .map((word) => ` ${hex(word, 4)}`)
      .join('');
  if (/^[ud]/.test(type))
    return words(row)
      .map((word) => ` ${String(word).padStart(5)}`)
      .join('');
  return words(row)
    .map((word) => ` ${word.toString(8).padStart(6, '0')}`)
    .join('');
}

export const xxd = command(
  { letters: 'prl:s:c:g:u', usage: '[-pri] [-g N] [-c N] [-l LEN] [-s OFS] [FILE]' },
  async (call) => {
    if (call.has('r')) return reverse(call);
    const bytes = await input(call);
    if (call.has('p')) {
      await call.write(`${(bytes.toString('hex').match(/.{1,60}/g) ?? []).join('\n')}\n`);
      return 0;
    }
    const width = Number(call.value('c') ?? 16);
    const group = Number(call.value('g') ?? 2);
    for (const [offset, row] of rows(bytes, width)) {
      const cells = Array.from(row, (byte, i) => hex(byte, 2) + (group > 0 && i % group === group - 1 ? ' ' : '')).join(
        '',
      );
      const full = width * 2 + (group > 0 ? Math.ceil(width / group) : 0);
      await call.write(`${hex(offset, 8)}: ${cells.padEnd(full)} ${printable(row)}\n`);
    }
    return 0;
  },
);

async function reverse(call: Call): Promise<number> {
  const text = (await call.bytes(call.operands[0] ?? '-')).toString('latin1');
  const digits = call.has('p')
    ? text
    : text
        .split('\n')
        .map((line) => line.replace(/^[^:]*: ?/, '').replace(/ {2}.*$/, ''))
        .join('');
  await call.write(Buffer.from(digits.replace(/[^0-9a-fA-F]/g, ''), 'hex'));
  return 0;
}
