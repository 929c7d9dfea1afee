/**
 * What CI runs: `npm test`, then the checks of the sources, then what needs more than Node: real kubectl in two versions, Kubernetes'
 * own tests, a real control plane, and Node 24. Each part says how many of its tests passed and failed; what cannot run here is named, and
 * counts as failed where CI is expected to have the tool.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasGo } from './goPrograms.mjs';
import { findKubectls } from './kubectls.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root } from './setup.mjs';

const inCi = process.env.CI === 'true';
const reports = mkdtempSync(join(tmpdir(), 'ordinal-ci-'));
const results = [];

function record(name, passed, failed, note = '') {
  results.push({ name, passed, failed });
  console.log(`== ${name}: ${passed} passed, ${failed} failed${note ? ` (${note})` : ''}`);
}

/** A tool that is not here: named, and a failure only where it is known to be there. */
function absent(name, why, expected) {
  if (expected && inCi) record(name, 0, 1, why);
  else console.log(`== ${name}: not run: ${why}`);
}

function command(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 1, 2], env: { ...process.env, ...env } });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A check that is one: it holds or it does not. */
async function check(name, program, args) {
  const code = await command(program, args);
  record(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

/** Counts of a report that vitest or Playwright wrote; a report that is missing is a failure by itself. */
function counts(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const { passed, failed } = report.stats
    ? { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky }
    : { passed: report.numPassedTests, failed: report.numFailedTests };
  // A suite may fail without a failing test: a file that does not load, a set-up that throws.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function vitest(name, node, args, env = {}) {
  const file = join(reports, `${name.replace(/\W+/g, '-')}.json`);
  const script = join(root, 'node_modules/vitest/vitest.mjs');
  const code = await command(
    node,
    [script, 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args],
    { NODE_ENV: 'test', ...env },
  );
  const { passed, failed } = counts(file, code);
  record(name, passed, failed);
}

async function npmTest() {
  const unit = join(reports, 'unit.json');
  const browser = join(reports, 'e2e.json');
  const code = await command('npm', ['test', '--loglevel=error'], { ORDINAL_REPORTS: reports });
  const one = counts(unit, 0);
  const two = counts(browser, 0);
  record('unit and integration tests', one.passed, one.failed);
  record('end-to-end tests', two.passed, two.failed + (code !== 0 && one.failed + two.failed === 0 ? 1 : 0));
}

async function kubectlTests() {
  const { found, newest } = await findKubectls();
  if (!newest) absent('kubectl 1.36', hasGo() ? 'it could not be built' : 'Go is needed to build it', true);
  if (found.length === 0) return absent('kubectl tests', 'no kubectl is installed', true);
  for (const kubectl of found) {
    const { clientVersion } = JSON.parse(spawnSync(kubectl, ['version', '--client', '-o', 'json']).stdout.toString());
    await vitest(
      `kubectl ${clientVersion.major}.${clientVersion.minor}`,
      process.execPath,
      ['--config', 'vitest.kubectl.config.ts'],
      {
        KUBECTL: kubectl,
      },
    );
  }
}

/** Kubernetes' own tests of StatefulSets, unmodified, on practice clusters of their own: all of these pass, or something broke. */
async function conformance() {
  const must = [
    ['statefulset', 'JSON', []],
    ['statefulset-conformance', 'protobuf', ['--protobuf']],
  ];
  for (const [group, format, flags] of must) {
    const name = `Kubernetes' own tests: ${group}, ${format}`;
    if (!hasGo()) {
      absent(name, 'Go is needed to build them', true);
      continue;
    }
    const file = join(reports, `${group}.json`);
    const code = await command(process.execPath, ['scripts/conformance.mjs', group, ...flags, '--json', file]);
    const runs = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    const states = runs.flatMap(({ tests }) => tests.map(({ state }) => state));
    const failed = states.filter((state) => state === 'failed').length;
    record(name, states.filter((state) => state === 'passed').length, failed === 0 && code !== 0 ? 1 : failed);
  }
}

/** A real control plane does what the recordings say, with which `npm test` has compared the practice cluster. */
async function parity() {
  const name = 'recordings of a real control plane';
  if (!hasGo()) return absent(name, 'Go is needed to build one', true);
  const file = join(reports, 'parity.json');
  const code = await command(process.execPath, ['scripts/parity-record.mjs', '--check', '--json', file]);
  const { passed, failed } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
  record(name, passed, code !== 0 && failed === 0 ? 1 : failed);
}

/** The newer Node, from its npm package, so that nothing has to be installed on the machine. */
async function onNode24() {
  const folder = join(reports, 'node24');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const code = await command('npm', [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    'node@24',
  ]);
  const node = join(folder, 'node_modules/node/bin/node');
  if (code !== 0) return absent('Node 24', 'its npm package could not be installed', true);
  // Its binary comes in a package of its own, which an install script would link into place.
  const binary = [node, join(folder, `node_modules/node-bin-${process.platform}-${process.arch}/bin/node`)].find(
    existsSync,
  );
  if (!binary) return absent('Node 24', 'its npm package has no binary for this platform', true);
  await vitest('unit and integration tests on Node 24', binary, []);
}

checkNode();
await ensureInstalled();
await npmTest();
await ensureBuilt();
await check('types', process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit']);
await check('lint', process.execPath, ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']);
await check('format', process.execPath, [
  'node_modules/prettier/bin/prettier.cjs',
  '--check',
  '--log-level',
  'warn',
  '.',
]);
await check('first-load JavaScript', process.execPath, ['scripts/first-load.mjs']);
await kubectlTests();
await conformance();
await parity();
await onNode24();
rmSync(reports, { recursive: true, force: true });

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
