/** A practice cluster of the benchmark's own: the built program, in a folder that is gone afterwards, with the probe in it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childMessage } from '../childMessage.mjs';
import { nodeFlags } from '../../server/practice/nodeFlags.mjs';
import { root } from '../setup.mjs';
import { Client } from './client.mjs';

/** As the end-to-end tests run it. */
export const testSpeed = 20;

const probe = fileURLToPath(new URL('probe.mjs', import.meta.url));

async function startCluster(flags) {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-bench-'));
  const child = fork(join(root, 'dist', 'practice.mjs'), [`--data=${directory}`, ...flags], {
    execArgv: [...nodeFlags, '--expose-gc', '--import', probe],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const exited = once(child, 'exit');
  const { ready } = await childMessage(child, 'ready');
  const kubeconfig = ready.userKubeconfig;
  const client = new Client(kubeconfig);
  return {
    client,
    kubeconfig,
    ask: asking(child),
    async stop() {
      client.close();
      child.kill('SIGTERM');
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** With a fresh cluster, which ends with the work. */
export async function onCluster(flags, work) {
  const cluster = await startCluster(flags);
  try {
    return await work(cluster);
  } finally {
    await cluster.stop();
  }
}

function asking(child) {
  let last = 0;
  return (ask, given = {}) => {
    const number = ++last;
    return new Promise((resolve) => {
      const take = (message) => {
        if (message.number !== number) return;
        child.off('message', take);
        resolve(message.answer);
      };
      child.on('message', take);
      child.send({ ask, number, ...given });
    });
  };
}
