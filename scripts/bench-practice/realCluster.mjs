/**
 * A real cluster to measure beside: the control plane of e2e/parity, and Kubernetes' own hollow nodes (kubemark): real kubelets whose
 * containers are pretended, so that neither root nor a container runtime is needed, and starting a process costs neither side anything.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import { goProgram } from '../goPrograms.mjs';
import { startRealControlPlane } from '../realControlPlane.mjs';
import { Client } from './client.mjs';

// The control plane lives among the tests, in TypeScript.
register();
const { freePorts } = await import('../../e2e/parity/controlplane/controlPlane.ts');

function startHollowNode(program, kubeconfig, { name, port }, folder) {
  const log = openSync(join(folder, `${name}.log`), 'w');
  const flags = [
    '--morph=kubelet',
    `--name=${name}`,
    `--kubeconfig=${kubeconfig}`,
    `--kubelet-port=${port}`,
    '--kubelet-read-only-port=0',
    '--use-host-image-service=false',
  ];
  return spawn(program, flags, { cwd: folder, stdio: ['ignore', log, log] });
}

async function allReady(client, count) {
  const isReady = ({ status, spec }) =>
    (spec.taints ?? []).length === 0 &&
    status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  for (let round = 0; round < 300; round++) {
    const { items } = await client.json('GET', '/api/v1/nodes');
    if (items.filter(isReady).length === count) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the hollow nodes do not become ready');
}

/** With a real cluster of so many nodes, which ends with the work. Builds what it needs first: minutes, the first time. */
export async function onRealCluster(nodes, work) {
  const kubemark = await goProgram('kubemark');
  const folder = mkdtempSync(join(tmpdir(), 'ordinal-bench-'));
  const control = await startRealControlPlane();
  const client = new Client(control.kubeconfig);
  const kubelets = [];
  try {
    for (const [index, port] of (await freePorts(nodes)).entries())
      kubelets.push(startHollowNode(kubemark, control.kubeconfig, { name: `hollow-${index + 1}`, port }, folder));
    await allReady(client, nodes);
    return await work({ client });
  } finally {
    client.close();
    for (const kubelet of kubelets) kubelet.kill('SIGKILL');
    await control.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
