import { createHash } from 'node:crypto';
import { command } from './command';
import type { Call } from './command';
import type { ProgramOf } from './flavour';

/** md5sum, sha1sum, sha256sum, sha512sum, base64, cksum-like tools on bytes. */
export function checksum(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512'): ProgramOf {
  return command(
    {
      letters: 'bctsw',
      long: { check: 'c', binary: 'b', text: 't', status: 's', quiet: 'quiet' },
      usage: '[-c[sw]] [FILE]...',
    },
    async (call) => {
      for (const operand of call.inputs) {
        const words = () => (call.isBusybox ? `can't open '${operand}'` : operand);
        if (call.has('c')) await call.attempt(() => check(call, operand, algorithm), words);
        else {
          const sum = await call.attempt(() => digest(call, operand, algorithm), words);
          if (sum !== undefined) await call.write(`${sum}  ${operand}\n`);
        }
      }
    },
  );
}

async function digest(call: Call, operand: string, algorithm: string): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of call.chunks(operand)) hash.update(chunk);
  return hash.digest('hex');
}

async function check(call: Call, operand: string, algorithm: string): Promise<void> {
  let failures = 0;
  const lines = (await call.bytes(operand)).toString().split('\n').filter(Boolean);
  for (const line of lines) {
    const [, wanted, name] = /^([0-9a-f]+) [ *](.+)$/.exec(line) ?? [];
    if (wanted === undefined || name === undefined) continue;
    const got = await call.attempt(
      () => digest(call, name, algorithm),
      () => (call.isBusybox ? `can't open '${name}'` : name),
    );
    if (got !== wanted) failures++;
    if (!call.has('s')) await call.write(`${name}: ${got === wanted ? 'OK' : 'FAILED'}\n`);
  }
  if (failures === 0) return;
  call.code = 1;
  if (!call.has('s'))
    await call.warn(
      `${call.name}: WARNING: ${failures} ${call.isBusybox ? `of ${lines.length} computed checksums did NOT match` : `computed checksum${failures === 1 ? '' : 's'} did NOT match`}`,
    );
}

export const base64 = command(
  { letters: 'dw:i', long: { decode: 'd', wrap: 'w', 'ignore-garbage': 'i' }, usage: '[-d] [-w COL] [FILE]' },
  async (call) => {
    const [operand = '-'] = call.operands;
    const bytes = await call.attempt(
      () => call.bytes(operand),
      () => (call.isBusybox ? `can't open '${operand}'` : operand),
    );
    if (!bytes) return 1;
    if (call.has('d')) {
      const text = bytes.toString('latin1').replace(/\s/g, '');
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text))
        return call.fail(call.isBusybox ? 'truncated base64 input' : 'invalid input');
      await call.write(Buffer.from(text, 'base64'));
      return 0;
    }
    const width = Number(call.value('w') ?? 76);
    const text = bytes.toString('base64');
    if (text === '') return 0;
    await call.write(
      width === 0
        ? `${text}${call.isBusybox ? '\n' : ''}`
        : `${(text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n')}\n`,
    );
    return 0;
  },
);

export const cmp = command(
  { letters: 'slbn:i:', usage: '[-ls] [-n NUM] FILE1 [FILE2]', usageCode: 2 },
  async (call) => {
    const [first, second = '-'] = call.operands;
    if (first === undefined) return call.missingOperand();
    const sides: Buffer[] = [];
    for (const operand of [first, second]) {
      const bytes = await call.attempt(
        () => call.bytes(operand),
        () => (call.isBusybox ? `can't open '${operand}'` : operand),
      );
      if (!bytes) return 2;
      sides.push(bytes);
    }
    const [a = Buffer.of(), b = Buffer.of()] = sides;
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
      if (a[i] === b[i]) continue;
      const line = a.subarray(0, i).filter((byte) => byte === 10).length + 1;
      if (!call.has('s')) await call.write(`${first} ${second} differ: char ${i + 1}, line ${line}\n`);
      return 1;
    }
    if (a.length === b.length) return 0;
    if (!call.has('s')) await call.warn(`cmp: EOF on ${a.length < b.length ? first : second}`);
    return 1;
  },
);

/** POSIX's CRC, with the length after the bytes. */
export const cksum = command({ letters: '', usage: '[FILE]...' }, (call) =>
  summed(call, (bytes) => {
    let crc = 0;
    const step = (byte: number) => {
      crc ^= byte << 24;
      for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
    };
    bytes.forEach(step);
    for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) step(length & 255);
    return `${~crc >>> 0} ${bytes.length}`;
  }),
);

/** BSD's sum of 16 bits, and how many kibibytes. */
export const sum = command({ letters: 'r', usage: '[-r] [FILE]...' }, (call) =>
  summed(call, (bytes) => {
    let total = 0;
    for (const byte of bytes) total = ((total >> 1) + ((total & 1) << 15) + byte) & 0xffff;
    return `${String(total).padStart(5, '0')} ${String(Math.ceil(bytes.length / 1024)).padStart(5)}`;
  }),
);

async function summed(call: Call, sumOf: (bytes: Buffer) => string): Promise<number> {
  for (const operand of call.inputs) {
    const bytes = await call.attempt(
      () => call.bytes(operand),
      () => operand,
    );
    if (bytes) await call.write(`${sumOf(bytes)}${call.operands.length > 0 ? ` ${operand}` : ''}\n`);
  }
  return call.code;
}
