import { FileSystemError } from '../filesystem/filesystem';
import type { ByteReader, ByteWriter } from '../process/program';
import { command } from './command';
import type { Call } from './command';

/** dd: blocks from one place to another, and the lines it tells at its end. */
const factors: Readonly<Record<string, number>> = {
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  M: 2 ** 20,
  MB: 1e6,
  G: 2 ** 30,
  GB: 1e9,
};
/** What dd takes; the flags of some are not kept. */
const operands = new Set([
  'if',
  'of',
  'bs',
  'ibs',
  'obs',
  'cbs',
  'count',
  'skip',
  'seek',
  'conv',
  'iflag',
  'oflag',
  'status',
]);
const largestBlock = 64 * 2 ** 20;

export const dd = command(
  {
    raw: true,
    usage: '[if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc|noerror|sync|fsync]',
  },
  async (call) => {
    const wish = new Map<string, string>();
    for (const operand of call.operands) {
      const [, key, value] = /^([a-z]+)=([\s\S]*)$/.exec(operand) ?? [];
      if (key === undefined || value === undefined || !operands.has(key))
        return call.isBusybox ? call.misuse() : call.misuse(`unrecognized operand '${operand}'`);
      wish.set(key, value);
    }
    const block = await sizeOf(call, wish.get('bs') ?? wish.get('ibs') ?? '512', 'bs');
    if (block === 0 || block > largestBlock)
      return call.fail(call.isBusybox ? `invalid number '${wish.get('bs')}'` : `invalid number: '${wish.get('bs')}'`);
    const count = wish.has('count') ? await sizeOf(call, wish.get('count') ?? '', 'count') : Infinity;
    return transfer(call, wish, block, count);
  },
);

async function sizeOf(call: Call, text: string, _key: string): Promise<number> {
  const found = /^(\d+)([a-zA-Z]*)$/.exec(text);
  const factor = found ? factors[(found[2] ?? '').replace(/iB$/, '')] : undefined;
  if (!found || factor === undefined)
    return call.fail(call.isBusybox ? `invalid number '${text}'` : `invalid number: '${text}'`);
  return Number(found[1]) * factor;
}

interface Counts {
  whole: number;
  partial: number;
  bytes: number;
}

async function transfer(call: Call, wish: Map<string, string>, block: number, count: number): Promise<number> {
  const startedAt = call.process.clock.now();
  const inputName = wish.get('if');
  const outputName = wish.get('of');
  const input = inputName === undefined ? call.process.stdin : await open(call, inputName, false, wish);
  const output = outputName === undefined ? call.process.stdout : await open(call, outputName, true, wish);
  const counts: Counts = { whole: 0, partial: 0, bytes: 0 };
  const skip = wish.has('skip') ? (await sizeOf(call, wish.get('skip') ?? '', 'skip')) * block : 0;
  for (let left = skip; left > 0;) {
    const chunk = await input.read(Math.min(left, block));
    if (!chunk) break;
    left -= chunk.length;
  }
  await copy(call, input, output, {
    block,
    count,
    counts,
    name: outputName ?? 'standard output',
    sync: (wish.get('conv') ?? '').split(',').includes('sync'),
    full: (wish.get('iflag') ?? '').includes('fullblock'),
  });
  if (outputName !== undefined) output.close();
  if (inputName !== undefined) input.close();
  await report(call, wish.get('status'), counts, call.process.clock.now() - startedAt);
  return call.code;
}

async function open(call: Call, name: string, toWrite: boolean, wish: Map<string, string>) {
  const keep = (wish.get('conv') ?? '').split(',').includes('notrunc');
  const append = (wish.get('oflag') ?? '').includes('append');
  const flags = toWrite
    ? {
        write: true,
        create: true,
        truncate: !keep && !append && !wish.has('seek'),
        append: append || wish.has('seek'),
        mode: 0o666,
      }
    : { read: true };
  const file = await call.attempt(
    () => {
      if (!toWrite) call.files.stat(call.path(name));
      if (toWrite && wish.has('seek')) seekTo(call, name, wish);
      return call.process.open(call.path(name), flags);
    },
    () => (call.isBusybox ? `can't open '${name}'` : `failed to open '${name}'`),
  );
  return file ?? call.fail('');
}

/** `seek=N`: the file is cut or filled up to there, and then written on from its end. */
function seekTo(call: Call, name: string, wish: Map<string, string>): void {
  const [, number = '0', unit = ''] = /^(\d+)([a-zA-Z]*)$/.exec(wish.get('seek') ?? '0') ?? [];
  const [, size = '512', sizeUnit = ''] = /^(\d+)([a-zA-Z]*)$/.exec(wish.get('obs') ?? wish.get('bs') ?? '512') ?? [];
  const path = call.path(name);
  if (!call.files.exists(path)) call.files.writeFile(path, new Uint8Array(), { mode: 0o666 });
  call.files.truncate(path, Number(number) * (factors[unit] ?? 1) * Number(size) * (factors[sizeUnit] ?? 1));
}

async function copy(
  call: Call,
  input: ByteReader,
  output: ByteWriter,
  wish: { block: number; count: number; counts: Counts; name: string; sync: boolean; full: boolean },
) {
  const { counts, block } = wish;
  while (counts.whole + counts.partial < wish.count) {
    const chunk = await readBlock(input, block, wish.full);
    if (!chunk) break;
    if (chunk.length === block) counts.whole++;
    else counts.partial++;
    const bytes =
      wish.sync && chunk.length < block ? Buffer.concat([chunk, Buffer.alloc(block - chunk.length)]) : chunk;
    try {
      await output.write(bytes);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      await call.complain(`error writing '${wish.name}': ${error.reason}`);
      return;
    }
    counts.bytes += bytes.length;
    await call.process.yield();
  }
}

async function readBlock(input: ByteReader, block: number, full: boolean): Promise<Uint8Array | null> {
  const first = await input.read(block);
  if (!first || !full) return first;
  const parts = [first];
  for (let size = first.length; size < block;) {
    const more = await input.read(block - size);
    if (!more) break;
    parts.push(more);
    size += more.length;
  }
  return Buffer.concat(parts);
}

async function report(call: Call, status: string | undefined, counts: Counts, ms: number): Promise<void> {
  if (status === 'none') return;
  const records = `${counts.whole}+${counts.partial} records`;
  await call.warn(`${records} in\n${records} out`);
  if (status === 'noxfer') return;
  const seconds = Math.max(0.000001, ms / 1000);
  const { bytes } = counts;
  if (call.isBusybox)
    await call.warn(
      `${bytes} bytes (${short(bytes, 1024)}B) copied, ${seconds.toFixed(6)} seconds, ${short(bytes / seconds, 1024)}B/s`,
    );
  else
    await call.warn(
      `${bytes} byte${bytes === 1 ? '' : 's'}${inBoth(bytes)} copied, ${seconds.toPrecision(6).replace(/\.?0+$/, '')} s, ${rate(bytes / seconds)}/s`,
    );
}

function short(value: number, base: number): string {
  const units = ['', 'K', 'M', 'G'];
  let unit = 0;
  let left = value;
  for (; left >= base && unit < units.length - 1; unit++) left /= base;
  return `${unit === 0 ? Math.round(left) : left.toFixed(1)}${units[unit]}`;
}

function rate(perSecond: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let unit = 0;
  let left = perSecond;
  for (; left >= 1000 && unit < units.length - 1; unit++) left /= 1000;
  return `${left < 10 ? left.toFixed(1) : Math.round(left)} ${units[unit]}`;
}

/** ` (1.0 MB, 1.0 MiB)` from a kilobyte on. */
function inBoth(bytes: number): string {
  if (bytes < 1000) return '';
  const binary = bytes < 1024 ? '' : `, ${short(bytes, 1024).replace(/([KMG])$/, ' $1iB')}`;
  return ` (${rate(bytes)}${binary})`;
}
