/** One run of Kubernetes' own test program, e2e.test, against a cluster. */
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from '../goPrograms.mjs';
import { root } from '../setup.mjs';

export const groups = JSON.parse(readFileSync(join(root, 'e2e/conformance/groups.json'), 'utf8'));

/**
 * Runs a group and resolves to its tests: `{ name, state, seconds, why }`, `state` being `passed`, `failed`, `skipped` (by the test
 * itself) or `out of reach` (not run, for the reason groups.json gives). Everything the program says is in `folder/log.txt`.
 */
export async function runGroup(name, { kubeconfig, folder, procs, protobuf, timeout = '60m' }) {
  const group = groups[name];
  const [ginkgo, program, kubectl] = [
    await goProgram('ginkgo'),
    await goProgram('e2e.test'),
    await goProgram('kubectl'),
  ];
  mkdirSync(folder, { recursive: true });
  const skips = [...(group.without ?? []), ...(group.outOfReach ?? [])];
  const args = [
    ...[
      'run',
      '--no-color',
      '--silence-skips',
      `--procs=${procs}`,
      `--timeout=${timeout}`,
      '--poll-progress-after=120s',
    ],
    ...[`--output-dir=${folder}`, '--json-report=report.json', `--focus=${group.tests}`],
    ...skips.map(({ tests }) => `--skip=${tests}`),
    ...[program, '--', '--provider=skeleton', `--kubeconfig=${kubeconfig}`, `--kubectl-path=${kubectl}`],
    ...['--dump-logs-on-failure=false', '--disable-log-dump=true'],
    // Only one of the processes would count them by itself; the others leave out what wants several.
    `--num-nodes=${nodesOf(kubectl, kubeconfig)}`,
    // By itself it speaks protobuf wherever a type has it.
    ...(protobuf ? [] : ['--kube-api-content-type=application/json']),
  ];
  await run(ginkgo, args, folder);
  const report = join(folder, 'report.json');
  if (!existsSync(report)) {
    const said = readFileSync(join(folder, 'log.txt'), 'utf8').slice(-3000);
    throw new Error(`the tests ended without a report:\n${said}`);
  }
  return testsOf(JSON.parse(readFileSync(report, 'utf8')), group);
}

function nodesOf(kubectl, kubeconfig) {
  const { stdout } = spawnSync(kubectl, ['--kubeconfig', kubeconfig, 'get', 'nodes', '-o', 'name'], {
    encoding: 'utf8',
  });
  return (stdout.match(/^node\//gm) ?? []).length;
}

/** kubectl keeps what it discovers below HOME, by address: another cluster that once had this one's port must not be believed. */
function run(program, args, folder) {
  const log = createWriteStream(join(folder, 'log.txt'));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder } });
    const stop = () => child.kill('SIGTERM');
    process.once('exit', stop);
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on('error', reject);
    child.on('close', () => {
      process.off('exit', stop);
      log.end(resolve);
    });
  });
}

export function testsOf(report, group) {
  const isOfGroup = new RegExp(group.tests);
  const isLeftOut = (name) => (group.without ?? []).some(({ tests }) => new RegExp(tests).test(name));
  return report.flatMap((suite) => (suite.SpecReports ?? []).flatMap((spec) => testOf(spec) ?? []));

  function testOf(spec) {
    const name = [...(spec.ContainerHierarchyTexts ?? []), spec.LeafNodeText].join(' ').trim();
    const seconds = spec.RunTime / 1e9;
    const why = (spec.Failure?.Message ?? '').replace(/\s+/g, ' ').trim().slice(0, 400);
    const hasFailed = !['passed', 'skipped', 'pending'].includes(spec.State);
    // What prepares and tidies up for all has no name of a test; it counts when it fails.
    if (spec.LeafNodeType !== 'It')
      return hasFailed ? { name: spec.LeafNodeType, state: 'failed', seconds, why } : undefined;
    if (hasFailed) return { name, state: 'failed', seconds, why };
    if (spec.State === 'passed') return { name, state: 'passed', seconds, why: '' };
    if (!isOfGroup.test(name) || isLeftOut(name)) return undefined;
    const known = (group.outOfReach ?? []).find(({ tests }) => new RegExp(tests).test(name));
    return known
      ? { name, state: 'out of reach', seconds: 0, why: known.because }
      : { name, state: 'skipped', seconds, why: why || 'disabled in this version' };
  }
}

export function countsOf(tests) {
  const count = (state) => tests.filter((test) => test.state === state).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    outOfReach: count('out of reach'),
  };
}
