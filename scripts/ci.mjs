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
import { firstLine, noReport, readTestReport } from './testReport.mjs';

const inCi = process.env.CI === 'true';
const reports = mkdtempSync(join(tmpdir(), 'ordinal-ci-'));
const results = [];

/** A part and what failed in it, a line each. A program that ended badly without naming a test has failed all the same. */
function record(name, { passed, failures }, code = 0) {
  const named = failures.length === 0 && code !== 0 ? [`it ended with exit code ${code}`] : failures;
  results.push({ name, passed, failures: named });
  console.log(`== ${name}: ${passed} passed, ${named.length} failed`);
}

/** A tool that is not here: named, and a failure only where it is known to be there. */
function absent(name, why, expected) {
  if (expected && inCi) record(name, { passed: 0, failures: [why] });
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
  record(name, { passed: code === 0 ? 1 : 0, failures: [] }, code);
}

async function vitest(name, node, args, env = {}) {
  const file = join(reports, `${name.replace(/\W+/g, '-')}.json`);
  const script = join(root, 'node_modules/vitest/vitest.mjs');
  const code = await command(
    node,
    [script, 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args],
    { NODE_ENV: 'test', ...env },
  );
  record(name, readTestReport(file), code);
}

async function npmTest() {
  const code = await command('npm', ['test', '--loglevel=error'], { ORDINAL_REPORTS: reports });
  const unit = readTestReport(join(reports, 'unit.json'));
  const browser = readTestReport(join(reports, 'e2e.json'));
  record('unit and integration tests', unit);
  record('end-to-end tests', browser, unit.failures.length === 0 ? code : 0);
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
    const tests = runs.flatMap((one) => one.tests);
    const failures = tests.filter(({ state }) => state === 'failed').map((test) => `${test.name}: ${test.why}`);
    record(name, { passed: tests.filter(({ state }) => state === 'passed').length, failures }, code);
  }
}

/** A real control plane does what the recordings say, with which `npm test` has compared the practice cluster. */
async function parity() {
  const name = 'recordings of a real control plane';
  if (!hasGo()) return absent(name, 'Go is needed to build one', true);
  const file = join(reports, 'parity.json');
  const code = await command(process.execPath, ['scripts/parity-record.mjs', '--check', '--json', file]);
  record(name, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : noReport, code);
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
const failed = results.reduce((sum, result) => sum + result.failures.length, 0);
for (const { name, failures } of results)
  for (const failure of failures) console.log(`FAILED: ${name}: ${firstLine(failure)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
