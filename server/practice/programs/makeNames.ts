import { command } from './command';
import type { Call } from './command';
import { parseMode } from './mode';

/** mkfifo, link, unlink: the plain calls of the kernel. */
export const mkfifo = command({ letters: 'm:', long: { mode: 'm' }, usage: '[-m MODE] NAME' }, async (call) => {
  if (call.operands.length === 0) return call.missingOperand();
  const text = call.value('m');
  const mode = text === undefined ? 0o666 : parseMode(text, 0o666, false);
  if (mode === undefined) return call.fail(`invalid mode '${text}'`);
  for (const operand of call.operands)
    await call.attempt(
      () => call.files.mkfifo(call.path(operand), mode),
      () => (call.isBusybox ? operand : `cannot create fifo '${operand}'`),
    );
  return call.code;
});

export const unlink = command({ usage: 'FILE' }, async (call) => {
  const [file, extra] = call.operands;
  if (file === undefined) return call.missingOperand();
  if (extra !== undefined) return call.misuse(call.isBusybox ? undefined : `extra operand '${extra}'`);
  return once(
    call,
    () => call.files.unlink(call.path(file)),
    call.isBusybox ? `can't remove file '${file}'` : `cannot unlink '${file}'`,
  );
});

export const link = command({ usage: 'FILE LINK' }, async (call) => {
  const [file, name, extra] = call.operands;
  if (file === undefined || name === undefined) return call.missingOperand(file);
  if (extra !== undefined) return call.misuse(call.isBusybox ? undefined : `extra operand '${extra}'`);
  return once(
    call,
    () => call.files.link(call.path(file), call.path(name)),
    call.isBusybox ? `can't create link '${name}' to '${file}'` : `cannot create link '${name}' to '${file}'`,
  );
});

async function once(call: Call, task: () => void, told: string): Promise<number> {
  await call.attempt(task, () => told);
  return call.code;
}
