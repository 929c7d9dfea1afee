/**
 * `npm start`: installs what is missing, builds what is stale, and starts. `--practice-only` (`npm run practice`) starts the
 * practice cluster alone. Everything else is passed on; `npm start -- --help` lists it.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { nodeFlags } from '../server/practice/nodeFlags.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root } from './setup.mjs';

const args = process.argv.slice(2);
const practiceOnly = args.includes('--practice-only');

const basePath = args.flatMap((arg, index) => {
  if (arg === '--base-path') return [args[index + 1] ?? ''];
  return arg.startsWith('--base-path=') ? [arg.slice('--base-path='.length)] : [];
})[0];
if (basePath !== undefined) process.env.ORDINAL_BASE_PATH = basePath;

checkNode();
await ensureInstalled();
await ensureBuilt({ page: !practiceOnly });

const [flags, name] = practiceOnly ? [nodeFlags, 'practice.mjs'] : [['--enable-source-maps'], 'server.mjs'];
const program = join(root, 'dist', name);
const child = spawn(process.execPath, [...flags, program, ...args.filter((arg) => arg !== '--practice-only')], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', ORDINAL_ROOT: root },
});
// Ctrl-C reaches the child by itself, being in the same terminal; a signal to this process alone has to be passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
