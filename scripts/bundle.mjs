/** The server's programs, each bundled into one file under dist/: started fast, and with nothing to compile at start. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, context } from 'esbuild';
import { generateSchema } from './generateSchema.mjs';
import { root } from './setup.mjs';

const entries = {
  server: 'server/main.ts',
  practice: 'server/practice/main.ts',
  'toolbox-worker': 'server/practice/toolbox/worker.ts',
};

const options = {
  absWorkingDir: root,
  entryPoints: entries,
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  // The sources lie beside it. Copied into the maps they would double the time a start takes, most of which is reading maps.
  sourcesContent: false,
  logLevel: 'warning',
  // Next must be one copy with the page's; just-bash loads its commands by path.
  external: ['next', 'just-bash'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

export async function bundle() {
  await generateSchema(join(root, 'dist', 'schema.json'));
  await build(options);
}

/** Bundles again at each change; `onBuilt` is called after each. */
export async function watchBundle(onBuilt) {
  await generateSchema(join(root, 'dist', 'schema.json'));
  const plugin = { name: 'built', setup: (b) => b.onEnd((result) => onBuilt(result.errors.length === 0)) };
  const watching = await context({ ...options, plugins: [plugin] });
  await watching.watch();
  return watching;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundle();
