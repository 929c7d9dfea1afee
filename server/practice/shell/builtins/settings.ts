import type { Shell } from '../shellState';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** shopt, history, and builtins that only interactive users meet. */
export const settings: [string, Builtin][] = [
  ['shopt', { run: shopt, flavours: ['bash'] }],
  ['history', { run: history, flavours: ['bash', 'ash'] }],
  ['help', { run: help, flavours: ['bash', 'ash'] }],
  ['logout', { run: async (shell) => fail(shell, 'logout', "not login shell: use `exit'"), flavours: ['bash'] }],
  ['enable', { run: () => 0, flavours: ['bash'] }],
  ['bind', { run: () => 0, flavours: ['bash'] }],
  ['complete', { run: () => 0, flavours: ['bash'] }],
];

function shopt(shell: Shell, args: string[]): number {
  const names = args.filter((word) => !word.startsWith('-'));
  if (args.includes('-s')) for (const name of names) shell.shopts.add(name);
  else if (args.includes('-u')) for (const name of names) shell.shopts.delete(name);
  else return names.every((name) => shell.shopts.has(name)) ? 0 : 1;
  return 0;
}

async function history(shell: Shell, args: string[]): Promise<number> {
  if (args[0] === '-c') {
    shell.history = [];
    return 0;
  }
  const from = args[0] === undefined ? 0 : Math.max(0, shell.history.length - Number(args[0]));
  for (const [index, line] of shell.history.entries()) {
    if (index >= from) await shell.write(1, `${String(index + 1).padStart(5)}  ${line}\n`);
  }
  return 0;
}

async function help(shell: Shell): Promise<number> {
  const { builtins } = await import('./all');
  const names = [...builtins]
    .filter(([, { flavours }]) => !flavours || flavours.includes(shell.flavour))
    .map(([name]) => name);
  await shell.write(1, `Built-in commands:\n------------------\n\t${names.sort().join(' ')}\n`);
  return 0;
}
