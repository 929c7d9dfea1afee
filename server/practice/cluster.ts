import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { defaultPracticeOptions, practiceFlags, type PracticeOptions } from './options';
import { builtFile } from './programFiles';

export type { PracticeOptions } from './options';

/** A running practice cluster, as the dashboard knows it: an address and kubeconfigs, like any other cluster. */
export interface PracticeCluster {
  /** `https://127.0.0.1:PORT` */
  url: string;
  /** The dashboard's own kubeconfig, renewed at each start. */
  kubeconfig: string;
  /** The user's, of which a start renews only our own entries. */
  userKubeconfig: string;
  /** Ends it in order; resolves when its process is gone. */
  stop(): Promise<void>;
  /** Resolves when the process has ended, whoever ended it. */
  exited: Promise<{ code: number | null; signal: string | null }>;
}

/** What the process says once it serves. */
export interface ReadyMessage {
  ready: { url: string; kubeconfig: string; userKubeconfig: string };
}

/**
 * Starts a practice cluster in a process of its own and resolves when its API answers. Rejects with the reason when it does not
 * come up; its own words are on stderr. It ends by itself when this process goes away.
 */
export async function startPracticeCluster(
  options: Partial<PracticeOptions> & { directory: string },
): Promise<PracticeCluster> {
  const all = { ...defaultPracticeOptions, ...options, directory: resolve(options.directory) };
  const child = spawn(process.execPath, ['--enable-source-maps', builtFile('practice.mjs'), ...practiceFlags(all)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.on('exit', (code, signal) => done({ code, signal }));
  });
  const { ready } = await readyMessage(child, exited);
  return { ...ready, exited, stop: () => stopped(child, exited) };
}

function readyMessage(child: ChildProcess, exited: PracticeCluster['exited']): Promise<ReadyMessage> {
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('message', (message) => done(message as ReadyMessage));
    void exited.then(({ code, signal }) =>
      reject(new Error(`the practice cluster did not start (it ended with ${signal ?? `code ${code}`})`)),
    );
  });
}

async function stopped(child: ChildProcess, exited: PracticeCluster['exited']): Promise<void> {
  child.kill('SIGTERM');
  await exited;
}
