/**
 * `npm run bench:frames`: does the page draw in time while a hundred changes a second come, with one set of 200 pods and with 100 sets?
 * A real browser on the built page, fed through the real stream. In the same minute an empty page is watched in the same browser: frames
 * that the machine itself is late with are not the page's. Ends with an error when the page is late with 1 frame in 100 more than that.
 * `--trace FILE` keeps what the browser did meanwhile (for DevTools' Performance panel); `--as-built` measures what .next/ holds.
 */
import { chromium } from '@playwright/test';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { watchFrames } from './bench-frames/frames.mjs';
import { findBrowser } from './browser.mjs';
import { childMessage } from './childMessage.mjs';
import { ensureBuilt, root } from './setup.mjs';

const watchMs = 8000;
const mostLate = 0.01;
const shapes = { set: 'one set of 200 pods', sets: '100 sets of 3 pods' };
const traceTo = process.argv.includes('--trace') ? process.argv[process.argv.indexOf('--trace') + 1] : undefined;

function print(name, { perSecond, lateShare, longest, long, blockedMs, busyShare }) {
  const cells = [
    `${perSecond.toFixed(0)}/s`,
    `${(lateShare * 100).toFixed(1)} %`,
    `${longest.toFixed(0)} ms`,
    String(long),
    `${blockedMs.toFixed(0)} ms`,
    `${(busyShare * 100).toFixed(0)} %`,
  ];
  console.log(`${name.padEnd(34)}${cells.map((cell) => cell.padStart(10)).join('')}`);
}

async function traced(browser, page, name, run) {
  if (!traceTo) return run();
  await browser.startTracing(page, {
    path: `${traceTo}.${name}.json`,
    categories: ['devtools.timeline', 'disabled-by-default-v8.cpu_profiler'],
  });
  const result = await run();
  await browser.stopTracing();
  return result;
}

/** Calm, then the storm, then an empty page; true when the storm is drawn as the empty page is. */
async function measure(browser, program, shape) {
  const server = fork(program, [shape, root], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  try {
    const { port } = await childMessage(server, 'port');
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/boards/default`);
    await page.waitForSelector('[data-testid=slot]');
    await page.waitForSelector('[data-testid=dns-panel]');
    print(`${shapes[shape]}, calm`, await watchFrames(page, watchMs / 2));
    server.send('start');
    const storm = await traced(browser, page, shape, () => watchFrames(page, watchMs));
    server.send('stop');
    const { changes } = await childMessage(server, 'changes');
    print(`${shapes[shape]}, ${((changes / watchMs) * 1000).toFixed(0)} changes/s`, storm);
    await page.close();
    const blank = await browser.newPage();
    const empty = await watchFrames(blank, watchMs);
    print('an empty page', empty);
    await blank.close();
    return storm.lateShare - empty.lateShare <= mostLate;
  } finally {
    server.removeAllListeners('exit');
    server.kill();
  }
}

if (!process.argv.includes('--as-built')) await ensureBuilt();
// Beside node_modules, which the bundle still needs.
const folder = await mkdtemp(join(root, 'node_modules', '.bench-frames-'));
const program = join(folder, 'server.mjs');
let isGood = true;
try {
  await build({
    entryPoints: [join(root, 'scripts/bench-frames/server.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  const { path, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath: path, env: { ...process.env, ...env } });
  const heads = ['frames', 'late', 'longest', 'long', 'blocked', 'busy'];
  console.log(`${''.padEnd(34)}${heads.map((head) => head.padStart(10)).join('')}`);
  for (const shape of Object.keys(shapes)) isGood = (await measure(browser, program, shape)) && isGood;
  await browser.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`limit: ${mostLate * 100} % more late frames than an empty page`);
process.exit(isGood ? 0 : 1);
