import { existsSync } from 'node:fs';
import { goProgram, hasGo } from './goPrograms.mjs';

/** The kubectls to test with: the machine's 1.32, and 1.36 built from its modules where Go is. `newest` is that one's path. */
export async function findKubectls() {
  const found = ['/usr/lib/google-cloud-sdk/bin/kubectl.1.32', '/usr/bin/kubectl'].filter(existsSync).slice(0, 1);
  if (!hasGo()) return { found, newest: undefined };
  const newest = await goProgram('kubectl').catch((error) => console.log(error.message));
  return { found: newest ? [...found, newest] : found, newest };
}
