import type { Flavour } from '../messages';
import type { Shell } from '../shellState';

export interface Builtin {
  /** `args` without the name. */
  run: (shell: Shell, args: string[], name: string) => number | Promise<number>;
  /** All when undefined. */
  flavours?: readonly Flavour[];
}

/** A message that names the builtin, and its exit code. */
export async function fail(shell: Shell, name: string, message: string, code?: number): Promise<number> {
  await shell.complain(`${name}: ${message}`);
  return code ?? (shell.isBash ? 1 : 2);
}
