/** `npm run dev`: the page with hot reload, and the server bundled and started again at each change of its sources. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { say } from './say.mjs';
import { checkNode, ensureInstalled, root } from './setup.mjs';

checkNode();
await ensureInstalled();
const { watchBundle } = await import('./bundle.mjs');

let child;
let ending = false;

function restart(built) {
  if (!built || ending) return;
  if (child) return void child.kill('SIGTERM');
  child = spawn(
    process.execPath,
    ['--enable-source-maps', join(root, 'dist/server.mjs'), '--dev', ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ORDINAL_ROOT: root, NEXT_TELEMETRY_DISABLED: '1' },
    },
  );
  child.on('exit', () => {
    child = undefined;
    restart(true);
  });
}

const watching = await watchBundle((built) => {
  if (child) say('the server has changed: starting it again');
  restart(built);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    ending = true;
    await watching.dispose();
    if (child) child.on('exit', () => process.exit(0));
    else process.exit(0);
    child?.kill('SIGTERM');
  });
}
