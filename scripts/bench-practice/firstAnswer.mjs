import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/**
 * Milliseconds from typing `npm run practice` (on a clone that is built) to the first `kubectl get nodes` that names a node;
 * undefined where no kubectl is installed.
 */
export async function firstAnswer() {
  if (spawnSync('kubectl', ['version', '--client']).error) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-bench-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const started = performance.now();
  const npm = spawn('npm', ['run', 'practice', '--', '--data', directory, '--api-port', '0'], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  });
  const exited = new Promise((resolve) => npm.once('exit', resolve));
  let isOver = false;
  void exited.then(() => (isOver = true));
  try {
    while (!isOver) {
      if (existsSync(kubeconfig)) {
        const { status, stdout } = await kubectl('get', 'nodes', '-o', 'name', '--kubeconfig', kubeconfig);
        if (status === 0 && stdout.startsWith('node/')) return performance.now() - started;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('npm run practice ended before it answered');
  } finally {
    if (!isOver) process.kill(-npm.pid, 'SIGTERM');
    await exited;
    rmSync(directory, { recursive: true, force: true });
  }
}

function kubectl(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (part) => (stdout += part));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout }));
  });
}
