/**
 * `npm run test:conformance [GROUP…]`: Kubernetes' own tests, unmodified, against a fresh practice cluster. Prints a line per test and a
 * table, and ends with an error when a test failed or none ran. `--help` tells more.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';
import { writeResults, title } from './conformance/document.mjs';
import { countsOf, groups, runGroup } from './conformance/suite.mjs';
import { goProgram, hasGo } from './goPrograms.mjs';
import { fail } from './say.mjs';
import { ensureBuilt } from './setup.mjs';

const usage = `usage: npm run test:conformance -- [GROUP…] [options]

  GROUP              ${Object.keys(groups).join(', ')}
                     (statefulset when none is named; all: every one)
  --protobuf         clients send and read protobuf, as the tests do by themselves; JSON otherwise
  --procs N          tests that run at once (8)
  --kubeconfig FILE  another cluster instead of a fresh practice cluster
  --write            puts the numbers into docs/practice-cluster.md
  --json FILE        writes every test's result there
  --keep             keeps what the tests said`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    protobuf: { type: 'boolean', default: false },
    procs: { type: 'string', default: '8' },
    kubeconfig: { type: 'string' },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(usage);
  process.exit(0);
}
const named = positionals.length > 0 ? positionals : ['statefulset'];
const chosen = named.includes('all') ? Object.keys(groups) : named;
const unknown = chosen.find((name) => !groups[name]);
if (unknown) fail(`there is no group ${unknown}\n\n${usage}`);
if (!hasGo()) fail('Go 1.26 or newer is needed to build the tests (https://go.dev/dl); it is not installed');

for (const name of ['ginkgo', 'e2e.test', 'kubectl']) await goProgram(name);
const folder = mkdtempSync(join(tmpdir(), 'ordinal-conformance-'));
const cluster = values.kubeconfig ? undefined : await practiceCluster();
const runs = [];
try {
  for (const name of chosen) await runAndShow(name);
} finally {
  await cluster?.stop();
}
if (values.write) writeResults(runs);
if (values.json) writeFileSync(values.json, JSON.stringify(runs, null, 2));
const { passed, failed } = showTable();
if (values.keep) console.log(`what the tests said: ${folder}`);
else rmSync(folder, { recursive: true, force: true });
process.exit(passed > 0 && failed === 0 ? 0 : 1);

async function practiceCluster() {
  await ensureBuilt({ page: false });
  register();
  const { startCluster } = await import('../e2e/kubectl/cluster.ts');
  return startCluster('--fresh');
}

async function runAndShow(name) {
  console.log(`== ${title(name, values.protobuf)}`);
  const options = {
    kubeconfig: values.kubeconfig ?? cluster.kubeconfig,
    folder: join(folder, name),
    procs: Number(values.procs),
    protobuf: values.protobuf,
  };
  const tests = await runGroup(name, options);
  for (const { name: test, state, seconds, why } of tests) {
    console.log(
      `${state.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${test}${why ? `\n${' '.repeat(23)}${why}` : ''}`,
    );
  }
  runs.push({ name, protobuf: values.protobuf, tests });
}

function showTable() {
  const total = { passed: 0, failed: 0 };
  console.log(`\n${'group'.padEnd(34)} passed  failed  skipped  out of reach`);
  for (const { name, protobuf, tests } of runs) {
    const counts = countsOf(tests);
    total.passed += counts.passed;
    total.failed += counts.failed;
    const cells = [counts.passed, counts.failed, counts.skipped, counts.outOfReach].map(String);
    const widths = [6, 8, 9, 14];
    console.log(title(name, protobuf).padEnd(34) + cells.map((cell, i) => cell.padStart(widths[i])).join(''));
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total;
}
