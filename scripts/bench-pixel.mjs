/**
 * `npm run bench:pixel`: how long after `kubectl get pods --watch` prints a change the page's DOM shows it. The whole product as
 * a user starts it, a real browser on a board, 50 more viewers, and pods deleted and sets scaled with kubectl (`KUBECTL`, else
 * the one on the path). Ends with an error when the median is above 20 ms, the 99th percentile above 100 ms, or a change is missing. `--as-built`
 * measures what dist/ and .next/ hold.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { followPods, kubectl } from './bench-pixel/kubectl.mjs';
import { compare, Lives } from './bench-pixel/lives.mjs';
import { openPage } from './bench-pixel/page.mjs';
import { setOf } from './bench-pixel/sets.mjs';
import { summary } from './samples.mjs';
import { ensureBuilt } from './setup.mjs';

register();
const { startOrdinal } = await import('../e2e/ordinal.ts');

const namespace = 'default';
const elsewhere = ['class-1', 'class-2', 'class-3', 'class-4'];
const viewerCount = 50;
const rounds = 5;
const limits = { p50: 20, p99: 100 };

const printed = new Lives();
const shown = new Lives();
const checks = new Set();

function told() {
  for (const check of checks) check();
}

/** Resolves once both sides show exactly these pods, all of them ready. */
function settled(...names) {
  const isSettled = (lives) =>
    lives.present().length === names.length && names.every((name) => lives.ready().includes(name));
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      checks.delete(check);
      settle(value);
    };
    const check = () => isSettled(printed) && isSettled(shown) && end(resolve);
    const timer = setTimeout(() => {
      const state = (lives) => `${lives.present().length} pods, ${lives.ready().length} ready`;
      end(reject, new Error(`not settled: kubectl shows ${state(printed)}; the page ${state(shown)}`));
    }, 60_000);
    checks.add(check);
    check();
  });
}

const podsOf = (set, count) => Array.from({ length: count }, (_, ordinal) => `${set}-${ordinal}`);

/** One pod, all pods of a set at once, a set up and down: what a class does in an hour, one after the other. */
async function round(run) {
  const crowd = podsOf('crowd', 4);
  await run('delete', 'pod', 'web-1', '--wait=false');
  await settled(...podsOf('web', 3), ...crowd);
  await run('delete', 'pods', '-l', 'app=crowd', '--wait=false');
  await settled(...podsOf('web', 3), ...crowd);
  await run('scale', 'statefulset/web', '--replicas=5');
  await settled(...podsOf('web', 5), ...crowd);
  await run('scale', 'statefulset/web', '--replicas=3');
  await settled(...podsOf('web', 3), ...crowd);
}

async function startViewers(url) {
  const program = fileURLToPath(new URL('bench-pixel/viewers.mjs', import.meta.url));
  const child = fork(program, [url, String(viewerCount), namespace, ...elsewhere]);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the viewers ended with ${code}`)));
  });
  const count = () =>
    new Promise((resolve) => {
      child.once('message', resolve);
      child.send('count');
    });
  return { count, stop: () => child.disconnect() };
}

async function measure(ordinal, stops) {
  const { url, directory } = ordinal;
  const run = (...args) => kubectl(directory, ['-n', namespace, ...args]);
  for (const name of elsewhere) await kubectl(directory, ['create', 'namespace', name]);
  const see = (record) => (what) => {
    record(what);
    told();
  };
  stops.push(
    followPods(
      directory,
      namespace,
      see((line) => printed.line(line)),
    ),
  );
  const browser = await openPage(
    `${url}/boards/${namespace}`,
    see((slot) => shown.slot(slot)),
  );
  stops.push(() => browser.close());
  const viewers = await startViewers(url);
  stops.push(() => viewers.stop());
  await kubectl(directory, ['-n', namespace, 'create', '-f', '-'], setOf('web', 3));
  await kubectl(directory, ['-n', namespace, 'create', '-f', '-'], setOf('crowd', 4, 'Parallel'));
  await settled(...podsOf('web', 3), ...podsOf('crowd', 4));
  for (let done = 0; done < rounds; done++) await round(run);
  const { connected, frames } = await viewers.count();
  if (connected !== viewerCount || frames === 0) throw new Error(`${connected} viewers, ${frames} frames`);
  console.log(`${viewerCount} more viewers, all connected, were sent ${frames} frames with changes`);
}

function print(name, delays) {
  const { count, p50, p99, max } = summary(delays);
  const first = delays.filter((delay) => delay < 0).length;
  const cells = [p50, p99, max].map((ms) => `${ms.toFixed(1)} ms`.padStart(10)).join('');
  console.log(`${name.padEnd(14)}${String(count).padStart(6)}${cells}${String(first).padStart(12)}`);
  return { p50, p99 };
}

function report() {
  const { delays, never } = compare(printed, shown);
  console.log(
    `\n${'change'.padEnd(14)}${'count'.padStart(6)}${'p50'.padStart(10)}${'p99'.padStart(10)}${'max'.padStart(10)}${'page first'.padStart(12)}`,
  );
  for (const [moment, values] of Object.entries(delays)) print(moment, values);
  const { p50, p99 } = print('all', Object.values(delays).flat());
  for (const missing of never) console.log(`never shown: ${missing}`);
  console.log(`limits: p50 ${limits.p50} ms, p99 ${limits.p99} ms`);
  return p50 <= limits.p50 && p99 <= limits.p99 && never.length === 0;
}

if (!process.argv.includes('--as-built')) await ensureBuilt();
const ordinal = await startOrdinal();
const stops = [() => ordinal.stop()];
let isGood = false;
try {
  await measure(ordinal, stops);
  isGood = report();
} finally {
  for (const stop of stops.reverse()) await stop();
}
process.exit(isGood ? 0 : 1);
