import { gunzipSync, gzipSync } from 'node:zlib';
import type { ByteReader, ByteWriter } from '../../process/program';
import { chunksOfReader, command } from '../command';
import type { Call } from '../command';
import { createArchive } from './tarCreate';
import { extractArchive } from './tarExtract';
import { TarError } from './tarFormat';
import type { Source } from './tarFormat';

/** tar: create, extract and list, in both option styles. `kubectl cp` needs `cf -` and `xmf - -C DIR` of it. */
export interface TarWish {
  action: 'c' | 'x' | 't';
  archive: string;
  folder: string;
  operands: string[];
  flags: Set<string>;
  strip: number;
  exclude: string[];
}

export const tar = command(
  { raw: true, usage: 'c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...', usageCode: 2 },
  async (call) => {
    const wish = await wishOf(call);
    if (typeof wish === 'number') return wish;
    const folder = await call.attempt(
      () => call.files.realpath(call.path(wish.folder)),
      () => (call.isBusybox ? `can't change directory to '${wish.folder}'` : `${wish.folder}: Cannot open`),
    );
    if (folder === undefined) return call.isBusybox ? 1 : 2;
    try {
      if (wish.action === 'c') await create(call, wish, folder);
      else await extract(call, wish, folder);
    } catch (error) {
      if (!(error instanceof TarError)) throw error;
      await call.complain(error.message);
    }
    if (call.code === 0) return 0;
    if (!call.isBusybox) await call.warn('tar: Exiting with failure status due to previous errors');
    return call.isBusybox ? 1 : 2;
  },
);

const longFlags: Readonly<Record<string, string>> = {
  create: 'c',
  extract: 'x',
  get: 'x',
  list: 't',
  gzip: 'z',
  gunzip: 'z',
  verbose: 'v',
  touch: 'm',
  'to-stdout': 'O',
  'same-permissions': 'p',
  'preserve-permissions': 'p',
  'no-same-owner': 'o',
  'no-same-permissions': 'nop',
  'keep-old-files': 'k',
  dereference: 'h',
  overwrite: 'overwrite',
};

async function wishOf(call: Call): Promise<TarWish | number> {
  const wish = {
    archive: undefined as string | undefined,
    folder: '.',
    operands: [] as string[],
    flags: new Set<string>(),
    strip: 0,
    exclude: [] as string[],
  };
  const args = [...call.operands];
  // The old style: letters without a dash, their values after all of them.
  if (args[0] !== undefined && !args[0].startsWith('-')) args[0] = `-${args[0]}`;
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    const [, long, value] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    if (long === 'file') wish.archive = value ?? args.shift();
    else if (long === 'directory') wish.folder = value ?? args.shift() ?? '.';
    else if (long === 'strip-components') wish.strip = Number(value ?? args.shift());
    else if (long === 'exclude') wish.exclude.push(value ?? args.shift() ?? '');
    else if (long !== undefined) {
      const flag = longFlags[long];
      if (flag === undefined) return call.misuse(`unrecognized option '--${long}'`);
      wish.flags.add(flag);
    } else if (arg === '--') wish.operands.push(...args.splice(0));
    else if (arg.startsWith('-') && arg !== '-') {
      const letters = [...arg.slice(1)];
      for (const [i, letter] of letters.entries()) {
        if (letter !== 'f' && letter !== 'C' && letter !== 'X' && letter !== 'T') {
          if (!'cxtzvmopkOhaSPnZjJ'.includes(letter)) return call.misuse(`invalid option -- '${letter}'`);
          wish.flags.add(letter);
          continue;
        }
        // `-xf-` has its value glued on, `xfC a b` after the letters.
        const glued = i + 1 < letters.length && arg !== call.operands[0] && `-${call.operands[0]}` !== arg;
        const text = glued ? letters.slice(i + 1).join('') : args.shift();
        if (letter === 'f') wish.archive = text;
        else if (letter === 'C') wish.folder = text ?? '.';
        if (glued) break;
      }
    } else wish.operands.push(arg);
  }
  const action = (['c', 'x', 't'] as const).find((letter) => wish.flags.has(letter));
  if (!action)
    return call.isBusybox
      ? call.misuse()
      : call.misuse("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
  if (action === 'c' && wish.operands.length === 0)
    return call.isBusybox ? call.fail('empty archive') : call.misuse('Cowardly refusing to create an empty archive');
  return { ...wish, action, archive: wish.archive ?? '-' };
}

async function create(call: Call, wish: TarWish, folder: string): Promise<void> {
  const toStdout = wish.archive === '-';
  if (toStdout && call.process.stdout.isTerminal)
    return call.fail(
      call.isBusybox
        ? "can't write to terminal"
        : 'Refusing to write archive contents to terminal (missing -f option?)',
    );
  const opened = toStdout ? call.process.stdout : await open(call, wish.archive, true);
  if (wish.flags.has('z') || /\.t?gz$/.test(wish.archive)) {
    const parts: Uint8Array[] = [];
    await createArchive(call, wish, folder, { write: async (bytes) => void parts.push(bytes) });
    await opened.write(gzipSync(Buffer.concat(parts)));
  } else await createArchive(call, wish, folder, opened);
  if (!toStdout) opened.close();
}

async function extract(call: Call, wish: TarWish, folder: string): Promise<void> {
  const fromStdin = wish.archive === '-';
  const reader = fromStdin ? call.process.stdin : await open(call, wish.archive, false);
  const source = new Pieces(reader);
  const start = await source.peek(2);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  await extractArchive(call, wish, folder, packed ? await unpacked(source) : source);
  if (!fromStdin) reader.close();
  // The writer should not get EPIPE for the blocks of zeros at the end.
  else await source.drain();
}

async function unpacked(source: Pieces): Promise<Source> {
  const all = await source.rest();
  let bytes: Buffer;
  try {
    bytes = gunzipSync(all, { maxOutputLength: 2 ** 30 });
  } catch {
    throw new TarError('corrupted data');
  }
  let at = 0;
  return {
    take: async (length) => {
      const piece = bytes.subarray(at, at + length);
      at += length;
      return piece.length === 0 ? null : piece;
    },
  };
}

async function open(call: Call, name: string, toWrite: boolean): Promise<ByteReader & ByteWriter> {
  const file = await call.attempt(
    () =>
      call.process.open(
        call.path(name),
        toWrite ? { write: true, create: true, truncate: true, mode: 0o666 } : { read: true },
      ),
    () => (call.isBusybox ? `can't open '${name}'` : `${name}: Cannot open`),
  );
  return file ?? call.fail(call.isBusybox ? 'error' : 'Error is not recoverable: exiting now', call.isBusybox ? 1 : 2);
}

/** Exact pieces out of a stream of chunks. */
class Pieces implements Source {
  private held = Buffer.alloc(0);
  private readonly chunks: AsyncGenerator<Uint8Array>;
  private ended = false;

  constructor(reader: ByteReader) {
    this.chunks = chunksOfReader(reader);
  }

  async peek(length: number): Promise<Buffer> {
    await this.fill(length);
    return this.held.subarray(0, length);
  }

  async take(length: number): Promise<Buffer | null> {
    await this.fill(length);
    if (this.held.length === 0 && length > 0) return null;
    const piece = this.held.subarray(0, length);
    this.held = this.held.subarray(piece.length);
    return piece;
  }

  async rest(): Promise<Buffer> {
    await this.fill(Infinity);
    return this.held;
  }

  async drain(): Promise<void> {
    while (!this.ended) this.ended = (await this.chunks.next()).done === true;
  }

  private async fill(length: number): Promise<void> {
    if (this.held.length >= length || this.ended) return;
    const parts: Uint8Array[] = [this.held];
    for (let size = this.held.length; size < length;) {
      const next = await this.chunks.next();
      if (next.done) {
        this.ended = true;
        break;
      }
      parts.push(next.value);
      size += next.value.length;
    }
    this.held = Buffer.concat(parts);
  }
}
