/**
 * `node scripts/transcripts-record.mjs [RESOURCE…]`: does with real kubectl, on a real control plane, all that e2e/kubectl/transcripts does
 * with each kind, and writes down what was printed. `--help` tells more.
 */
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';
import { findKubectls } from './kubectls.mjs';
import { startRealControlPlane } from './realControlPlane.mjs';
import { fail } from './say.mjs';

const usage = `usage: node scripts/transcripts-record.mjs [RESOURCE…] [options]

  RESOURCE           as kubectl api-resources names it (all when none is named)
  --kubeconfig FILE  another cluster instead of a control plane built from Kubernetes' Go modules`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kubeconfig: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

register();
const { connect } = await import('../e2e/parity/api.ts');
const { serveNode } = await import('../e2e/parity/servedNode.ts');
const { subjects } = await import('../e2e/kubectl/transcripts/kinds/index.ts');
const { record } = await import('../e2e/kubectl/transcripts/record.ts');
const { writeTable } = await import('../e2e/kubectl/transcripts/table.ts');
const { writeTranscript } = await import('../e2e/kubectl/transcripts/transcript.ts');

const unknown = positionals.find((name) => !subjects.some(({ resource }) => resource === name));
if (unknown) fail(`nothing is done with ${unknown}: ${subjects.map(({ resource }) => resource).join(', ')}`);
const chosen = subjects.filter(({ resource }) => positionals.length === 0 || positionals.includes(resource));

const { newest } = await findKubectls();
if (!newest) fail('Go 1.26 or newer is needed to build kubectl (https://go.dev/dl)');
const real = values.kubeconfig ? undefined : await startRealControlPlane();
try {
  await recordAll(values.kubeconfig ?? real.kubeconfig);
  writeTable();
} finally {
  await real?.stop();
}
process.exit(0);

async function recordAll(kubeconfig) {
  const api = connect(kubeconfig);
  const { gitVersion } = await api.must('GET', '/version');
  const node = await serveNode(api);
  for (const subject of chosen) {
    const started = performance.now();
    writeTranscript(subject.resource, {
      serverVersion: gitVersion,
      parts: await record(subject, kubeconfig, newest),
    });
    console.log(`${subject.resource}: ${((performance.now() - started) / 1000).toFixed(1)} s on ${gitVersion}`);
  }
  await node.stop();
  api.close();
}
