import { unitBytes } from './byteUnits';
import { command } from './command';
import type { Call } from './command';

/** Files made as long as is said, or by so much longer or shorter; what is new in them is zeros. */
export const truncate = command(
  { letters: 'cs:', long: { 'no-create': 'c', size: 's' }, usage: '[-c] -s SIZE FILE...' },
  async (call) => {
    const size = call.value('s');
    if (size === undefined)
      return call.misuse(call.isBusybox ? undefined : "you must specify either '--size' or '--reference'");
    if (call.operands.length === 0) return call.misuse(call.isBusybox ? undefined : 'missing file operand');
    const lengthFrom = await parseSize(call, size);
    for (const operand of call.operands) {
      const path = call.path(operand);
      if (call.has('c') && !call.files.exists(path)) continue;
      await call.attempt(
        () => {
          if (!call.files.exists(path)) call.files.writeFile(path, new Uint8Array());
          call.files.truncate(path, lengthFrom(call.files.stat(path).size));
        },
        () => (call.isBusybox ? operand : `cannot open '${operand}' for writing`),
      );
    }
    return call.code;
  },
);

async function parseSize(call: Call, text: string): Promise<(now: number) => number> {
  const [, sign, count, unit = ''] = /^([-+]?)(\d+)([kKmMgGbB]?)$/.exec(text) ?? [];
  if (count === undefined) return call.fail(call.isBusybox ? `invalid number '${text}'` : `Invalid number: '${text}'`);
  const size = Number(count) * (unitBytes(unit) ?? 1);
  if (sign === '+') return (now) => now + size;
  return sign === '-' ? (now) => Math.max(0, now - size) : () => size;
}
