import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A file that a build puts into `dist/`: beside this module's own bundle, or in the checkout's `dist` when this runs from source.
 * Throws when it has not been built.
 */
export function builtFile(name: string): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const candidates = [join(here, name), join(here, '../../dist', name)];
  const found = candidates.find(existsSync);
  if (!found) throw new Error(`${candidates.join(' and ')} are not there: run npm run build`);
  return found;
}
