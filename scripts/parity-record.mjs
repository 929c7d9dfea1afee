/**
 * `node scripts/parity-record.mjs [SCENARIO…]`: plays scenarios of e2e/parity on a real control plane and writes down what was seen, for `npm
 * test` to compare the practice cluster with. `--help` tells more.
 */
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';
import { startRealControlPlane } from './realControlPlane.mjs';
import { fail } from './say.mjs';

const usage = `usage: node scripts/parity-record.mjs [SCENARIO…] [options]

  SCENARIO           by its name (all when none is named)
  --check            compares with the recordings that are there instead of replacing them
  --print            shows what was seen, and writes nothing
  --kubeconfig FILE  another cluster instead of a control plane built from Kubernetes' Go modules
  --json FILE        with --check: writes the counts there`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kubeconfig: { type: 'string' },
    check: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

register();
const { connect } = await import('../e2e/parity/api.ts');
const { overUdp, throughApi } = await import('../e2e/parity/dns/exchange.ts');
const { difference } = await import('../e2e/parity/difference.ts');
const { serveNode } = await import('../e2e/parity/servedNode.ts');
const { scenarios } = await import('../e2e/parity/scenarios/index.ts');
const { play } = await import('../e2e/parity/trial.ts');
const { readRecording, writeRecording } = await import('../e2e/parity/recordings.ts');

const unknown = positionals.find((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown) fail(`there is no scenario ${unknown}: ${scenarios.map(({ name }) => name).join(', ')}`);
const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const real = values.kubeconfig ? undefined : await startRealControlPlane();
/** How many did as recorded, and the others, a line each. */
const outcome = { passed: 0, failures: [] };
try {
  await playAll(values.kubeconfig ?? real.kubeconfig);
} finally {
  await real?.stop();
}
if (values.json) writeFileSync(values.json, JSON.stringify(outcome));
if (values.check) console.log(`${outcome.passed} as recorded, ${outcome.failures.length} not`);
process.exit(outcome.failures.length === 0 ? 0 : 1);

async function playAll(kubeconfig) {
  const api = connect(kubeconfig);
  const { gitVersion } = await api.must('GET', '/version');
  const dns = real ? overUdp(real.dns.host, real.dns.port) : await throughApi(kubeconfig, api);
  const node = await serveNode(api);
  for (const scenario of chosen) {
    const started = performance.now();
    try {
      const seen = await play(scenario, { api, node, dns });
      if (await settle(scenario.name, { serverVersion: gitVersion, ...seen })) outcome.passed++;
      else outcome.failures.push(`${scenario.name}: not as recorded`);
    } catch (error) {
      outcome.failures.push(`${scenario.name}: ${error.message}`);
      console.log(`${scenario.name}: ${error.message}`);
    }
    console.log(`${scenario.name}: ${((performance.now() - started) / 1000).toFixed(1)} s on ${gitVersion}`);
  }
  await node.stop();
  api.close();
}

/** Whether it is as it should be. */
async function settle(name, recording) {
  if (values.print) console.log(JSON.stringify(recording, null, 1));
  else if (!values.check) await writeRecording(name, recording);
  else {
    const recorded = readRecording(name);
    if (isDeepStrictEqual(recording, recorded)) return true;
    console.log(`${name} is not as recorded:\n${JSON.stringify(difference(recorded, recording), null, 1)}`);
    return false;
  }
  return true;
}
