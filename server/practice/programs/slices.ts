import { unitBytes } from './byteUnits';
import { command } from './command';
import type { Call } from './command';

/** head, tail, tee, wc, seq: parts of streams, as they come. */
export const head = command(
  {
    letters: 'n:c:qv',
    long: { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v' },
    usage: '[OPTIONS] [FILE]...',
    oldForm: oldCount,
  },
  async (call) => {
    const operands = call.inputs;
    const count = await countOf(call, call.value('c') ?? call.value('n') ?? '10', call.has('c') ? 'bytes' : 'lines');
    for (const [i, operand] of operands.entries()) {
      await call.attempt(
        async () => {
          if (operand !== '-') call.files.stat(call.path(operand));
          if (headings(call, operands))
            await call.write(`${i === 0 ? '' : '\n'}==> ${operand === '-' ? 'standard input' : operand} <==\n`);
          await (call.has('c') ? headBytes(call, operand, count) : headLines(call, operand, count));
        },
        () => (call.isBusybox ? operand : `cannot open '${operand}' for reading`),
      );
    }
  },
);

/** `head -3`, `tail -20f`: from before there was `-n`, and what most people type. Only as the first argument. */
function oldCount(first: string): string[] | undefined {
  const [, count, unit = '', flags = ''] = /^-(\d+)([bcklm]?)([fqv]*)$/.exec(first) ?? [];
  if (count === undefined) return undefined;
  const wanted = unit === '' || unit === 'l' ? ['-n', count] : ['-c', unit === 'c' ? count : `${count}${unit}`];
  return flags === '' ? wanted : [...wanted, `-${flags}`];
}

function headings(call: Call, operands: readonly string[]): boolean {
  return (operands.length > 1 || call.has('v')) && !call.has('q');
}

async function countOf(call: Call, text: string, what: string): Promise<number> {
  const found = /^[-+]?(\d+)([kKmMbB]?)$/.exec(text);
  if (!found) return call.fail(call.isBusybox ? `invalid number '${text}'` : `invalid number of ${what}: '${text}'`);
  return (text.startsWith('-') ? -1 : 1) * Number(found[1]) * (unitBytes(found[2] ?? '') ?? 1);
}

async function headLines(call: Call, operand: string, count: number): Promise<void> {
  if (count < 0) {
    const all = (await call.bytes(operand)).toString('latin1').split(/(?<=\n)/);
    return call.writeLatin1(all.slice(0, count).join(''));
  }
  let left = count;
  if (left === 0) return;
  for await (const chunk of call.chunks(operand)) {
    let at = 0;
    while (left > 0 && at < chunk.length) {
      const next = chunk.indexOf(10, at);
      if (next < 0) at = chunk.length;
      else {
        at = next + 1;
        left--;
      }
    }
    await call.write(chunk.subarray(0, at));
    if (left === 0) return;
  }
}

async function headBytes(call: Call, operand: string, count: number): Promise<void> {
  if (count < 0) return call.write((await call.bytes(operand)).subarray(0, count));
  let left = count;
  if (left === 0) return;
  for await (const chunk of call.chunks(operand)) {
    await call.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) return;
  }
}

export const tail = command(
  {
    letters: 'n:c:fFqvs:',
    long: { lines: 'n', bytes: 'c', follow: 'follow?', quiet: 'q', retry: 'F', 'sleep-interval': 's' },
    usage: '[OPTIONS] [FILE]...',
    // `tail +3` is a file's name to GNU.
    oldForm: (first, isBusybox) => (isBusybox && /^\+\d+$/.test(first) ? ['-n', first] : oldCount(first)),
  },
  async (call) => {
    const operands = call.inputs;
    const text = call.value('c') ?? call.value('n') ?? '10';
    const count = Math.abs(await countOf(call, text, call.has('c') ? 'bytes' : 'lines'));
    const follows = call.has('f', 'F', 'follow');
    const sizes = new Map<string, number>();
    for (const [i, operand] of operands.entries()) {
      await call.attempt(
        async () => {
          if (operand !== '-') call.files.stat(call.path(operand));
          if (headings(call, operands))
            await call.write(`${i === 0 ? '' : '\n'}==> ${operand === '-' ? 'standard input' : operand} <==\n`);
          const bytes = await call.bytes(operand);
          await call.write(
            call.has('c')
              ? tailBytes(bytes, count, text.startsWith('+'))
              : tailLines(bytes, count, text.startsWith('+')),
          );
          if (operand !== '-') sizes.set(operand, bytes.length);
        },
        () => (call.isBusybox ? `can't open '${operand}'` : `cannot open '${operand}' for reading`),
      );
    }
    if (follows && (sizes.size > 0 || call.has('F'))) await follow(call, operands, sizes);
  },
);

function tailBytes(bytes: Buffer, count: number, fromStart: boolean): Buffer {
  return fromStart ? bytes.subarray(Math.max(0, count - 1)) : bytes.subarray(Math.max(0, bytes.length - count));
}

function tailLines(bytes: Buffer, count: number, fromStart: boolean): Buffer {
  if (fromStart) {
    let at = 0;
    for (let line = 1; line < count && at < bytes.length; line++) at = bytes.indexOf(10, at) + 1 || bytes.length;
    return bytes.subarray(at);
  }
  if (count === 0) return bytes.subarray(bytes.length);
  let at = bytes.at(-1) === 10 ? bytes.length - 1 : bytes.length;
  for (let line = 0; line < count; line++) {
    at = at <= 0 ? -1 : bytes.lastIndexOf(10, at - 1);
    if (at < 0) return bytes;
  }
  return bytes.subarray(at + 1);
}

/** Looks once a second, as tail without inotify does. A file that shrank is read from its start. */
async function follow(call: Call, operands: readonly string[], sizes: Map<string, number>): Promise<void> {
  for (;;) {
    await call.sleep(Number(call.value('s') ?? 1) * 1000);
    for (const operand of operands) {
      const path = call.path(operand);
      if (operand === '-' || !call.files.exists(path) || call.files.stat(path).type !== 'file') continue;
      const bytes = call.files.readFile(path);
      const seen = sizes.get(operand) ?? 0;
      if (bytes.length !== seen) await call.write(bytes.subarray(bytes.length < seen ? 0 : seen));
      sizes.set(operand, bytes.length);
    }
  }
}

export const tee = command({ letters: 'aip', long: { append: 'a' }, usage: '[-ai] [FILE]...' }, async (call) => {
  const outputs = [];
  for (const operand of call.operands) {
    const out = await call.attempt(
      () =>
        call.process.open(call.path(operand), {
          write: true,
          create: true,
          append: call.has('a'),
          truncate: !call.has('a'),
          mode: 0o666,
        }),
      () => operand,
    );
    if (out) outputs.push({ operand, out });
  }
  for await (const chunk of call.chunks('-')) {
    for (const { operand, out } of outputs)
      await call.attempt(
        () => out.write(chunk),
        () => operand,
      );
    await call.write(chunk);
  }
  for (const { out } of outputs) out.close();
});

export const wc = command(
  {
    letters: 'lwcmL',
    long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' },
    usage: '[-cmlwL] [FILE]...',
  },
  async (call) => {
    const operands = call.inputs;
    const rows: { counts: number[]; name: string }[] = [];
    for (const operand of operands) {
      const counts = await call.attempt(
        () => countAll(call, operand),
        () => operand,
      );
      if (counts) rows.push({ counts, name: call.operands.length > 0 ? operand : '' });
    }
    const total = [0, 1, 2].map((i) => rows.reduce((sum, row) => sum + (row.counts[i] ?? 0), 0));
    total.push(Math.max(0, ...rows.map(({ counts }) => counts[3] ?? 0)));
    if (operands.length > 1) rows.push({ counts: total, name: 'total' });
    const isBare = !call.has('l', 'w', 'c', 'm', 'L');
    const shown = ['l', 'w', 'c', 'L'].map(
      (letter) => call.has(letter) || (letter === 'c' && call.has('m')) || (letter !== 'L' && isBare),
    );
    const width = call.isBusybox
      ? 9
      : call.operands.length === 0 && shown.filter(Boolean).length > 1
        ? 7
        : String(Math.max(...total)).length;
    for (const { counts, name } of rows) {
      const cells = counts.filter((_, i) => shown[i]);
      const only = cells.length === 1 && (call.isBusybox || operands.length === 1);
      await call.write(
        `${cells.map((n) => (only ? String(n) : String(n).padStart(width))).join(' ')}${name === '' ? '' : ` ${name}`}\n`,
      );
    }
  },
);

async function countAll(call: Call, operand: string): Promise<number[]> {
  let [lines, words, bytes, column, longest] = [0, 0, 0, 0, 0];
  let inWord = false;
  for await (const chunk of call.chunks(operand)) {
    bytes += call.has('m') ? chunk.filter((byte) => (byte & 0xc0) !== 0x80).length : chunk.length;
    for (const byte of chunk) {
      if (byte === 10) lines++;
      column = byte === 10 ? 0 : byte === 9 ? column + 8 - (column % 8) : column + (byte >= 32 && byte < 127 ? 1 : 0);
      longest = Math.max(longest, column);
      const space = byte === 32 || (byte >= 9 && byte <= 13);
      if (!space && !inWord) words++;
      inWord = !space;
    }
  }
  return [lines, words, bytes, longest];
}

export const seq = command({ raw: true, usage: '[-w] [-s SEP] [FIRST [INC]] LAST' }, async (call) => {
  const args = [...call.operands];
  let separator = '\n';
  let pad = false;
  while (args[0] !== undefined && /^-[^\d.]/.test(args[0])) {
    const option = args.shift() ?? '';
    if (option === '-w') pad = true;
    else if (option.startsWith('-s')) separator = option.length > 2 ? option.slice(2) : (args.shift() ?? '');
    else return call.misuse(`invalid option -- '${option[1]}'`);
  }
  const numbers = args.map(Number);
  const bad = args.find((_, i) => Number.isNaN(numbers[i]));
  if (bad !== undefined)
    return call.isBusybox
      ? call.fail(`invalid number '${bad}'`)
      : call.misuse(`invalid floating point argument: '${bad}'`);
  if (args.length === 0 || args.length > 3) return call.missingOperand();
  const last = numbers.at(-1) ?? 0;
  const first = args.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = args.length === 3 ? (numbers[1] ?? 1) : 1;
  if (step === 0) return call.fail(call.isBusybox ? "invalid number '0'" : "invalid Zero increment value: '0'");
  const decimals = Math.max(...args.map((text) => text.split('.')[1]?.length ?? 0));
  const width = pad ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length) : 0;
  let held: string[] = [];
  for (let i = 0; ; i++) {
    const value = first + i * step;
    if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) break;
    held.push(value.toFixed(decimals).padStart(width, '0'));
    if (held.length < 1000) continue;
    await call.write(held.join(separator) + separator);
    held = [];
    await call.process.yield();
  }
  if (held.length > 0) await call.write(`${held.join(separator)}\n`);
  return 0;
});
