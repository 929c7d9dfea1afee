import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from '@playwright/test';
import { parse } from 'yaml';

/** Ordinal as a user starts it: the dashboard and its practice cluster, with a data folder of its own. */
export interface Ordinal {
  /** The dashboard's address; it stays the same over `restart`. */
  url: string;
  directory: string;
  /** Ends the dashboard's process at once, as a crash would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Asks the practice cluster's API as its admin, from outside the dashboard. */
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<{ code: number; body: T }>;
}

export interface StartOptions {
  flags?: string[];
  env?: Record<string, string>;
}

export async function startOrdinal(options: StartOptions = {}): Promise<Ordinal> {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-e2e-'));
  let { child, url } = await launch(directory, 0, options);
  const port = Number(new URL(url).port);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  };
  return {
    url,
    directory,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      ({ child, url } = await launch(directory, port, options));
    },
    async stop() {
      await end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
    api: (method, path, body) => callApi(join(directory, 'kubeconfig'), method, path, body),
  };
}

function launch(directory: string, port: number, options: StartOptions): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--enable-source-maps', resolve('dist/server.mjs'), `--data=${directory}`, `--port=${port}`];
  const child = spawn(process.execPath, [...args, ...(options.flags ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ORDINAL_ROOT: resolve('.'), ...options.env },
  });
  return new Promise((done, failed) => {
    let printed = '';
    const read = (part: Buffer) => {
      printed += part.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(printed)?.[0];
      if (url && /export KUBECONFIG=/.test(printed)) done({ child, url: url.replace(/\/$/, '') });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`Ordinal ended with ${code}. It printed:\n${printed}`)));
  });
}

function callApi<T>(kubeconfig: string, method: string, path: string, body?: unknown) {
  const config = parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
    users: { user: { token: string } }[];
  };
  const { server, 'certificate-authority-data': ca } = config.clusters[0]?.cluster ?? {
    server: '',
    'certificate-authority-data': '',
  };
  return new Promise<{ code: number; body: T }>((done, failed) => {
    const call = request(
      new URL(path, server),
      {
        method,
        ca: Buffer.from(ca, 'base64'),
        headers: {
          Authorization: `Bearer ${config.users[0]?.user.token}`,
          'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          done({ code: response.statusCode ?? 0, body: (text === '' ? undefined : JSON.parse(text)) as T });
        });
      },
    );
    call.on('error', failed);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Playwright's `test` with an Ordinal of its own for each file. */
export const test = base.extend<object, { ordinal: Ordinal }>({
  ordinal: [
    async ({}, use) => {
      const ordinal = await startOrdinal();
      await use(ordinal);
      await ordinal.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

export { expect } from '@playwright/test';
