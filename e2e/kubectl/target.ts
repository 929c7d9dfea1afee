import { mkdtempSync, copyFileSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { kubectlEnv, kubectlPath, startCluster } from './cluster';

/** A cluster, and in it a namespace of one's own that is the current one: the practice cluster, or with `REAL_KUBECONFIG` a real one. */
export interface Target {
  namespace: string;
  kubeconfig: string;
  /** Where commands run. */
  folder: string;
  real: boolean;
  /** Runs lines in bash as at a prompt, in a folder of the target's own; both outputs in their order. */
  shell(lines: string): Promise<{ code: number; output: string }>;
  stop(): Promise<void>;
}

export async function startTarget(...flags: string[]): Promise<Target> {
  const source = process.env.REAL_KUBECONFIG;
  return source ? realTarget(source) : practiceTarget(flags);
}

async function practiceTarget(flags: string[]): Promise<Target> {
  const cluster = await startCluster('--nodes=1', ...flags);
  const target = inFolder(cluster.directory, cluster.kubeconfig, 'lab', false, () => cluster.stop());
  await current(target);
  return target;
}

async function realTarget(source: string): Promise<Target> {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-real-'));
  const kubeconfig = join(directory, 'kubeconfig');
  copyFileSync(source, kubeconfig);
  const namespace = `lab-${process.pid}-${Date.now() % 100_000}`;
  const target: Target = inFolder(directory, kubeconfig, namespace, true, async () => {
    await target.shell(`kubectl delete namespace ${namespace} --wait=false`);
    rmSync(directory, { recursive: true, force: true });
  });
  await current(target);
  return target;
}

async function current(target: Target): Promise<void> {
  const { code, output } = await target.shell(`
    kubectl create namespace ${target.namespace} &&
    kubectl config set-context --current --namespace=${target.namespace} &&
    until kubectl get serviceaccount/default configmap/kube-root-ca.crt >/dev/null 2>&1; do :; done`);
  if (code !== 0) throw new Error(output);
}

function inFolder(
  directory: string,
  kubeconfig: string,
  namespace: string,
  real: boolean,
  stop: () => Promise<void>,
): Target {
  const bin = join(directory, 'test-bin');
  const folder = join(directory, 'test-folder');
  mkdirSync(bin);
  mkdirSync(folder);
  symlinkSync(
    kubectlPath.includes('/')
      ? resolve(kubectlPath)
      : execFileSync('which', [kubectlPath], { encoding: 'utf8' }).trim(),
    join(bin, 'kubectl'),
  );
  return {
    namespace,
    kubeconfig,
    folder,
    real,
    stop,
    shell: (lines) =>
      new Promise((done, failed) => {
        const env = kubectlEnv(kubeconfig);
        const child = spawn('bash', ['-c', `exec 2>&1\n${lines}`], {
          cwd: folder,
          env: { ...env, PATH: `${bin}:${env.PATH}`, NS: namespace, NODE_ENV: 'test' },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const parts: Buffer[] = [];
        child.stdout.on('data', (part: Buffer) => parts.push(part));
        child.on('error', failed);
        child.on('close', (code) => done({ code: code ?? 1, output: Buffer.concat(parts).toString() }));
      }),
  };
}
