import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A practice cluster of a test's own, as a user would start it, and kubectl against it. */
export interface TestCluster {
  directory: string;
  kubeconfig: string;
  studentKubeconfig: string;
  /** Runs kubectl with these arguments, no shell between. Never rejects. */
  kubectl(...args: string[]): Promise<Ran>;
  kubectlWith(options: RunOptions, ...args: string[]): Promise<Ran>;
  /** Runs a line in bash, with `kubectl` being the one under test. */
  bash(line: string): Promise<Ran>;
  stop(): Promise<void>;
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string | Uint8Array;
  kubeconfig?: string;
  cwd?: string;
}

export const kubectlPath = process.env.KUBECTL ?? 'kubectl';

export async function startCluster(...flags: string[]): Promise<TestCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-kubectl-'));
  const program = resolve(process.env.PRACTICE_PROGRAM ?? 'dist/practice.mjs');
  const child = spawn(process.execPath, ['--enable-source-maps', program, `--data=${directory}`, ...flags], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((ready, failed) => {
    child.once('message', () => ready());
    child.once('exit', (code) => failed(new Error(`the practice cluster ended with ${code}`)));
  });
  const kubeconfig = join(directory, 'kubeconfig');
  const cluster: TestCluster = {
    directory,
    kubeconfig,
    studentKubeconfig: join(directory, 'student.kubeconfig'),
    kubectl: (...args) => cluster.kubectlWith({}, ...args),
    kubectlWith: (options, ...args) => run(kubectlPath, args, { kubeconfig, ...options }),
    bash: (line) => run('bash', ['-c', `kubectl() { ${JSON.stringify(kubectlPath)} "$@"; }; ${line}`], { kubeconfig }),
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return cluster;
}

function run(program: string, args: string[], options: RunOptions & { kubeconfig: string }): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd: options.cwd,
      env: { ...kubectlEnv(options.kubeconfig), NODE_ENV: 'test' },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', failed);
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
    child.on('close', (code) =>
      done({ code: code ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** A home of its own, so that no discovery cached by another cluster at the same address is believed. */
export function kubectlEnv(kubeconfig: string): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: join(kubeconfig, '..'),
    KUBECONFIG: kubeconfig,
    TERM: 'xterm',
    LANG: 'C.UTF-8',
  };
}

/** `1.32` or `1.36`: what kubectl prints differs between them. */
export async function kubectlMinor(cluster: TestCluster): Promise<number> {
  const { stdout } = await cluster.kubectl('version', '--client', '-o', 'json');
  return Number((JSON.parse(stdout) as { clientVersion: { minor: string } }).clientVersion.minor);
}
