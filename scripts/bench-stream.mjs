/**
 * `npm run bench:stream`: what one update to one viewer costs the server, against a raw WebSocket broadcast of one ready-made
 * buffer: 500 viewers, 10 frames a second, one update in each, 300 B and 2 kB; the median of five interleaved pairs. Ends with
 * an error above 1.5 times.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { childMessage } from './childMessage.mjs';
import { summary } from './samples.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const viewers = 500;
const pairs = 5;
const limit = 1.5;

// Beside node_modules, which the bundle still needs.
const folder = await mkdtemp(join(here, '..', 'node_modules', '.bench-stream-'));
const program = join(folder, 'server.mjs');
await build({
  entryPoints: [join(here, 'bench-stream', 'server.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});

/** CPU µs for each delivered update. */
async function measure(side, size) {
  const server = fork(program, [side, String(size)]);
  const { port } = await childMessage(server, 'port');
  const clients = fork(join(here, 'bench-stream', 'clients.mjs'), [side, String(port), String(viewers)]);
  await childMessage(clients, 'ready');
  await new Promise((resolve) => setTimeout(resolve, 300));
  const done = childMessage(server, 'cpuMicros');
  server.send('start');
  const { cpuMicros, sent } = await done;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const counted = childMessage(clients, 'received');
  clients.send('count');
  const { received } = await counted;
  for (const child of [clients, server]) {
    child.removeAllListeners('exit');
    child.kill();
  }
  if (received !== sent * viewers) throw new Error(`${side}: ${received} of ${sent * viewers} updates arrived`);
  return cpuMicros / received;
}

let failed = false;
try {
  for (const size of [300, 2000]) {
    const ratios = [];
    for (let pair = 0; pair < pairs; pair++) {
      // Whoever goes first has the cooler processor: take turns.
      const order = pair % 2 === 0 ? ['ours', 'raw'] : ['raw', 'ours'];
      const cost = {};
      for (const side of order) cost[side] = await measure(side, size);
      ratios.push(cost.ours / cost.raw);
      console.log(
        `${size} B  ours ${cost.ours.toFixed(1)} µs  raw ws ${cost.raw.toFixed(1)} µs  ${ratios.at(-1).toFixed(2)}×`,
      );
    }
    const ratio = summary(ratios).p50;
    failed ||= ratio > limit;
    console.log(`${size} B  median ${ratio.toFixed(2)}× (limit ${limit}×)`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
