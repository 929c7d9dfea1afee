import { Exit } from '../process/program';
import type { Program } from '../process/program';
import { command, plain } from './command';
import type { ProgramOf } from './flavour';
import { unescape } from './escapes';

/** The smallest commands. `echo` reads no options but its own: `--help` is text. */
export const echo: ProgramOf = plain(async (process) => {
  const args = process.argv.slice(1);
  let newline = true;
  let escapes = false;
  for (; args[0] !== undefined && /^-[neE]+$/.test(args[0]); args.shift()) {
    if (args[0].includes('n')) newline = false;
    if (args[0].includes('e') || args[0].includes('E')) escapes = args[0].lastIndexOf('e') > args[0].lastIndexOf('E');
  }
  const text = args.join(' ');
  const { bytes, stopped } = escapes ? unescape(text, 'echo') : { bytes: Buffer.from(text), stopped: false };
  await process.stdout.write(Buffer.concat([bytes, Buffer.from(newline && !stopped ? '\n' : '')]));
  return 0;
});

export const succeed: ProgramOf = plain(() => 0);
export const failing: ProgramOf = plain(() => 1);
/** `sync`: everything written is on the volume already. */
export const sync: ProgramOf = plain(() => 0);

export const sleep = command({ usage: '[N]...' }, async (call) => {
  if (call.operands.length === 0) return call.missingOperand();
  let ms = 0;
  for (const operand of call.operands) {
    const found = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(operand);
    if (!found && operand !== 'infinity') {
      if (call.isBusybox) return call.fail(`invalid number '${operand}'`);
      return call.misuse(`invalid time interval '${operand}'`);
    }
    ms += operand === 'infinity' ? Infinity : Number(found?.[1]) * unitMs(found?.[2] ?? 's');
  }
  // Longer than a timer takes: in steps.
  for (; ms > 0; ms -= longestNap) await call.sleep(Math.min(ms, longestNap));
});

/** busybox alone has it: millionths of a second. */
export const usleep = command({ usage: 'N' }, async (call) => {
  const [operand] = call.operands;
  if (operand === undefined) return call.missingOperand();
  if (!/^\d+$/.test(operand)) return call.fail(`invalid number '${operand}'`);
  await call.sleep(Number(operand) / 1000);
});

const longestNap = 2 ** 30;

export function unitMs(unit: string): number {
  return { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1000;
}

export const yes = command({ usage: '[STRING]' }, async (call) => {
  const line = Buffer.from(`${call.operands.join(' ') || 'y'}\n`.repeat(64));
  for (;;) {
    await call.write(line);
    await call.process.yield();
    if (call.process.killed.aborted) throw new Exit(143);
  }
});

export const clear: Program = async (process) => {
  await process.stdout.write(Buffer.from('\x1b[H\x1b[J'));
  return 0;
};
