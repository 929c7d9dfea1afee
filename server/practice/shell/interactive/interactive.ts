import type { Shell } from '../shellState';
export async function runInteractive(shell: Shell): Promise<number> {
  return shell.status;
}
