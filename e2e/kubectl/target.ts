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
  /** Runs lines in bash as at a prompt, in a folder of the target's own; both outputs in their order. */
  shell(lines: string): Promise<{ code: number; output: string }>;
  stop(): Promise<void>;
}

export async function startTarget(...flags: string[]): Promise<Target> {
  const source = process.env.REAL_KUBECONFIG;
  if (!source) return practiceTarget(flags);
  return startTargetOn(source, { namespace: `lab-${process.pid}-${Date.now() % 100_000}` });
}

async function practiceTarget(flags: string[]): Promise<Target> {
  const cluster = await startCluster('--nodes=1', ...flags);
  const { directory, kubeconfig } = cluster;
  const target = inFolder({ directory, kubeconfig, namespace: 'lab' }, () => cluster.stop());
  await current(target);
  return target;
}

interface TargetOptions {
  namespace: string;
  /** The program; else the one under test. */
  kubectl?: string;
}

/** A namespace of a cluster that runs already. Stopping the target deletes the namespace and waits until it is gone. */
export async function startTargetOn(source: string, { namespace, kubectl }: TargetOptions): Promise<Target> {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-target-'));
  const kubeconfig = join(directory, 'kubeconfig');
  copyFileSync(source, kubeconfig);
  const target: Target = inFolder({ directory, kubeconfig, namespace, kubectl }, async () => {
    await target.shell(`kubectl delete namespace ${namespace}`);
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

interface Place extends TargetOptions {
  directory: string;
  kubeconfig: string;
}

function inFolder(place: Place, stop: () => Promise<void>): Target {
  const { directory, kubeconfig, namespace, kubectl = kubectlPath } = place;
  const bin = join(directory, 'test-bin');
  const folder = join(directory, 'test-folder');
  mkdirSync(bin);
  mkdirSync(folder);
  symlinkSync(
    kubectl.includes('/') ? resolve(kubectl) : execFileSync('which', [kubectl], { encoding: 'utf8' }).trim(),
    join(bin, 'kubectl'),
  );
  return {
    namespace,
    kubeconfig,
    folder,
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
