import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { callApi, type Answer } from './api';

/** Ordinal as a user starts it: the dashboard and its practice cluster, with a data folder of its own. */
export interface Ordinal {
  /** The dashboard's address; it stays the same over `restart`. */
  url: string;
  directory: string;
  /** The user's, for kubectl. */
  kubeconfig: string;
  /** Ends the dashboard's process at once, as a crash would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** The dashboard's process, as it is now. */
  pid(): number;
  /** The practice cluster's process, as it is now. */
  practicePid(): number;
  /** Asks the practice cluster's API as its admin, from outside the dashboard. */
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
}

export interface StartOptions {
  flags?: string[];
  env?: Record<string, string>;
}

export async function startOrdinal(options: StartOptions = {}): Promise<Ordinal> {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-e2e-'));
  const kubeconfig = join(directory, 'kubeconfig');
  let { child, url } = await launchDashboard(directory, 0, options);
  const port = Number(new URL(url).port);
  return {
    url,
    directory,
    kubeconfig,
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      await end(child, 'SIGTERM');
      ({ child, url } = await launchDashboard(directory, port, options));
    },
    async stop() {
      await end(child, 'SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
    pid: () => child.pid ?? 0,
    practicePid: () => Number(readFileSync(join(directory, 'practice', 'lock'), 'utf8')),
    api: (method, path, body) => callApi(kubeconfig, method, path, body),
  };
}

/** A practice cluster alone (`npm run practice`), for dashboards that come and go beside it. */
export async function startPractice(...flags: string[]) {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-e2e-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const { child } = await launch('practice', [`--data=${directory}`, ...flags], /export KUBECONFIG=/);
  return {
    directory,
    kubeconfig,
    api: <T = unknown>(method: string, path: string, body?: unknown) => callApi<T>(kubeconfig, method, path, body),
    async stop() {
      await end(child, 'SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function launchDashboard(directory: string, port: number, { flags = [], env }: StartOptions) {
  const args = [`--data=${directory}`, `--port=${port}`, ...flags];
  const { child, printed } = await launch(
    'server',
    args,
    /http:\/\/127\.0\.0\.1:\d+[^]*(export KUBECONFIG=|shows )/,
    env,
  );
  const url = /http:\/\/127\.0\.0\.1:\d+[^\s]*/.exec(printed)?.[0] ?? '';
  return { child, url: url.replace(/\/$/, '') };
}

/** Resolves when the program has printed what it prints once it serves. */
function launch(program: 'server' | 'practice', args: string[], isUp: RegExp, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--enable-source-maps', resolve(`dist/${program}.mjs`), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ORDINAL_ROOT: resolve('.'), ...env },
  });
  return new Promise<{ child: ChildProcess; printed: string }>((done, failed) => {
    let printed = '';
    const read = (part: Buffer) => {
      printed += part.toString();
      if (isUp.test(printed)) done({ child, printed });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`${program} ended with ${code}. It printed:\n${printed}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await ended;
}
