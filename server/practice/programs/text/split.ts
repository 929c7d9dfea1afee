import { unitBytes } from '../byteUnits';
import { command } from '../command';
import type { Call } from '../command';

/** A file in pieces `xaa`, `xab`, …, by lines or bytes. */
export const split = command(
  { letters: 'l:b:a:d', long: { lines: 'l', bytes: 'b', 'suffix-length': 'a' }, usage: '[OPTIONS] [INPUT [PREFIX]]' },
  async (call) => {
    const [input = '-', prefix = 'x'] = call.operands;
    const letters = await sizeOf(call, call.value('a') ?? '2');
    const bytes = call.value('b');
    const size = await sizeOf(call, bytes ?? call.value('l') ?? '1000');
    const all = await call.attempt(
      () => call.bytes(input),
      () => (call.isBusybox ? `can't open '${input}'` : `cannot open '${input}' for reading`),
    );
    if (!all) return call.code;
    const pieces = bytes === undefined ? byLines(all, size) : byBytes(all, size);
    const digits = call.has('d') ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz';
    if (pieces.length > digits.length ** letters)
      return call.fail(call.isBusybox ? 'suffixes exhausted' : 'output file suffixes exhausted');
    for (const [i, piece] of pieces.entries())
      call.files.writeFile(call.path(prefix + suffixOf(i, letters, digits)), piece);
    return 0;
  },
);

async function sizeOf(call: Call, text: string): Promise<number> {
  const [, count, unit = ''] = /^(\d+)([kKmMgb]?)$/.exec(text) ?? [];
  const size = Number(count) * (unitBytes(unit) ?? 1);
  return size > 0
    ? size
    : call.fail(call.isBusybox ? `invalid number '${text}'` : `invalid number of bytes: '${text}'`);
}

function byBytes(all: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
}

function byLines(all: Buffer, lines: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let from = 0; from < all.length;) {
    let end = from;
    for (let line = 0; line < lines && end < all.length; line++) end = all.indexOf(10, end) + 1 || all.length;
    pieces.push(all.subarray(from, end));
    from = end;
  }
  return pieces;
}

function suffixOf(index: number, length: number, digits: string): string {
  let suffix = '';
  for (let rest = index; suffix.length < length; rest = Math.floor(rest / digits.length))
    suffix = (digits[rest % digits.length] ?? '') + suffix;
  return suffix;
}
