import { spawn } from 'node:child_process';
import { nodeFlags } from './nodeFlags.mjs';
import { practiceFlags, type PracticeOptions } from './options';
import { builtFile } from './programFiles';

/** What the process says once it serves. */
export interface ReadyMessage {
  ready: ReadyCluster;
}

export interface ReadyCluster {
  /** `https://127.0.0.1:PORT` */
  url: string;
  /** The dashboard's own kubeconfig, renewed at each start. */
  kubeconfig: string;
  /** The user's, of which a start renews only our own entries. */
  userKubeconfig: string;
}

export interface Ended {
  code: number | null;
  signal: string | null;
}

/** One run of the practice cluster's program. */
export interface ClusterProcess {
  /** Resolves when its API answers; rejects with the reason when it does not come up. Its own words are on stderr. */
  ready: Promise<ReadyCluster>;
  /** Resolves when the process has ended, whoever ended it. */
  exited: Promise<Ended>;
  /** Tells it to end in order. */
  end(): void;
}

/** It ends by itself when this process goes away, in whatever way: the channel between the two then closes. */
export function startClusterProcess(options: PracticeOptions): ClusterProcess {
  const child = spawn(process.execPath, [...nodeFlags, builtFile('practice.mjs'), ...practiceFlags(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<Ended>((done) => {
    child.once('exit', (code, signal) => done({ code, signal }));
    // A program that could not be started at all never exits.
    child.once('error', () => child.pid === undefined && done({ code: null, signal: null }));
  });
  const ready = new Promise<ReadyCluster>((done, reject) => {
    child.once('error', reject);
    child.once('message', (message) => done((message as ReadyMessage).ready));
    void exited.then((ended) =>
      reject(new Error(`the practice cluster did not start (it ended with ${wordsOf(ended)})`)),
    );
  });
  return { ready, exited, end: () => void child.kill('SIGTERM') };
}

export function wordsOf({ code, signal }: Ended): string {
  return signal ?? `code ${code ?? 'unknown'}`;
}
