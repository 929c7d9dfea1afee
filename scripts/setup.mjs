/**
 * What `npm start` and `npm test` need before they can run: the packages, and what is built from the sources. Only Node's own
 * modules are imported here, since nothing may be installed yet. Each part is skipped when it is up to date.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, step } from './say.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

const leastNode = [20, 19];

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  fail(
    `Node ${leastNode.join('.')} or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org`,
  );
}

/** Runs a command with its output shown; rejects when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`)),
    );
  });
}

/** `npm ci` when the lock file is not the one that was installed from. */
export async function ensureInstalled() {
  const stamp = join(root, 'node_modules', '.ordinal-lock');
  const wanted = createHash('sha256').update(dependencies()).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('installing packages (about a minute, the first time)', () =>
    run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    }),
  ).catch((error) => fail(`the packages could not be installed: ${error.message}. Is the npm registry reachable?`));
  writeFileSync(stamp, wanted);
}

/** What decides what is installed: the lock, and what package.json asks for; a new script is no reason to install again. */
function dependencies() {
  const asked = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const parts = [asked.dependencies, asked.devDependencies, asked.overrides, asked.engines];
  return `${readFileSync(join(root, 'package-lock.json'), 'utf8')}\0${JSON.stringify(parts)}`;
}

const serverSources = [
  'server',
  'lib',
  'labs',
  'scripts/bundle.mjs',
  'scripts/generateSchema.mjs',
  'package-lock.json',
];
const pageSources = [
  'app',
  'components',
  'lib',
  'labs',
  'public',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/**
 * Builds the server's programs, and the page's unless `page` is false. Skips what has not changed since. Next writes the base path
 * into the page, so that another one (`ORDINAL_BASE_PATH`) is another build.
 */
export async function ensureBuilt({ page = true } = {}) {
  await ensure('server', serverSources, '', 'building the server', async () => {
    // Loading the bundler takes longer than finding out that there is nothing to bundle.
    const { bundle } = await import('./bundle.mjs');
    await bundle();
  });
  if (!page) return;
  await ensure(
    'page',
    pageSources,
    process.env.ORDINAL_BASE_PATH ?? '',
    'building the page (half a minute, the first time)',
    () =>
      run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
        stdio: ['ignore', 2, 2],
        env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      }),
  );
}

/**
 * Builds unless the stamp says that it was built from these very sources. Reading all of them takes a third of a second of every start,
 * so they are read only when sizes and times are not those of the last look: after an edit, a checkout or a clone.
 */
async function ensure(name, sources, variant, text, build) {
  const stamp = join(dist, `.${name}`);
  const files = sources.flatMap((source) => filesUnder(join(root, source)));
  const looks = variant + looksOf(files);
  const made = name === 'page' ? join(root, '.next', 'BUILD_ID') : join(dist, 'server.mjs');
  const built = existsSync(made) && existsSync(stamp) ? readFileSync(stamp, 'utf8').split('\n') : [];
  if (built[1] === looks) return;
  const wanted = variant + hash(files);
  if (built[0] !== wanted) await step(text, build).catch((error) => fail(`${text} failed: ${error.message}`));
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, `${wanted}\n${looks}`);
}

/** What can be told of the sources without reading them. A change of the same size has another time. */
function looksOf(files) {
  const sum = createHash('sha256');
  for (const file of files) {
    const { size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    sum.update(`${relative(root, file)}\0${size} ${mtimeNs} ${ctimeNs}\0`);
  }
  return sum.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (isTest(entry.name) ? [] : filesUnder(join(path, entry.name))));
}

function isTest(name) {
  return /\.test\.tsx?$/.test(name);
}

function hash(files) {
  const sum = createHash('sha256');
  for (const file of files) sum.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return sum.digest('hex');
}
