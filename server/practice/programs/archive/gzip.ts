import { gunzipSync, gzipSync } from 'node:zlib';
import { command } from '../command';
import type { Call } from '../command';

/** gzip, gunzip, zcat: whole files at once, up to a gibibyte unpacked. */
const largestOutput = 2 ** 30;

export const gzip = command(
  {
    letters: 'cdfkvtq123456789nlr',
    long: { stdout: 'c', decompress: 'd', force: 'f', keep: 'k', list: 'l', test: 't', best: '9', fast: '1' },
    usage: '[-cfkdt123456789] [FILE]...',
  },
  async (call) => {
    const unpack = call.has('d') || call.name === 'gunzip' || call.name === 'zcat';
    const toStdout = call.has('c') || call.name === 'zcat';
    for (const operand of call.inputs) {
      if (operand !== '-' && !toStdout && !call.has('t') && unpack && !/\.t?gz$/.test(operand)) {
        await call.complain(`${operand}: unknown suffix${call.isBusybox ? '' : ' -- ignored'}`);
        continue;
      }
      await call.attempt(
        () => (call.has('l') ? listed(call, operand) : convert(call, operand, unpack, toStdout)),
        () => operand,
      );
    }
  },
);

/** `-l`: how much was saved. */
async function listed(call: Call, operand: string): Promise<void> {
  const bytes = await call.bytes(operand);
  const result = await unpacked(call, operand, bytes);
  if (!result) return;
  const saved = result.length === 0 ? 0 : (1 - (bytes.length - 18 - operand.length) / result.length) * 100;
  const cells = [
    String(bytes.length).padStart(19),
    String(result.length).padStart(19),
    `${saved.toFixed(1)}%`.padStart(6),
  ];
  await call.write(
    `         compressed        uncompressed  ratio uncompressed_name\n${cells.join(' ')} ${operand.replace(/\.gz$/, '')}\n`,
  );
}

async function convert(call: Call, operand: string, unpack: boolean, toStdout: boolean): Promise<void> {
  const bytes = await call.bytes(operand);
  const result = unpack ? await unpacked(call, operand, bytes) : gzipSync(bytes, { level: levelOf(call) });
  if (!result || call.has('t')) return;
  if (operand === '-' || toStdout) {
    if (!unpack && call.process.stdout.isTerminal && !call.has('f'))
      return call.fail('compressed data not written to a terminal. Use -f to force it.');
    return call.write(result);
  }
  const target = unpack ? operand.replace(/\.tgz$/, '.tar').replace(/\.gz$/, '') : `${operand}.gz`;
  const path = call.path(target);
  if (call.files.exists(path) && !call.has('f'))
    return call.complain(
      call.isBusybox ? `can't open '${target}': File exists` : `${target} already exists;\tnot overwritten`,
    );
  const stat = call.files.stat(call.path(operand));
  call.files.writeFile(path, result, { mode: stat.mode });
  call.files.utimes(path, stat.atimeMs, stat.mtimeMs);
  if (!call.has('k')) call.files.unlink(call.path(operand));
}

function levelOf(call: Call): number {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].findLast((level) => call.has(String(level))) ?? 6;
}

async function unpacked(call: Call, operand: string, bytes: Buffer): Promise<Buffer | undefined> {
  const name = operand === '-' ? 'stdin' : operand;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    await call.complain(call.isBusybox ? 'invalid magic' : `${name}: not in gzip format`);
    return undefined;
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: largestOutput });
  } catch {
    await call.complain(call.isBusybox ? 'crc error' : `${name}: unexpected end of file`);
    return undefined;
  }
}
