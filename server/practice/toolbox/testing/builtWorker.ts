import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The worker as the build makes it, for tests: threads do not see the test runner's loader. */
export function builtWorker(): string {
  const folder = fileURLToPath(new URL('../../../../node_modules/.cache/ordinal/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}toolbox-worker.mjs`;
  buildSync({
    entryPoints: [fileURLToPath(new URL('../worker.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    outfile,
  });
  return outfile;
}
