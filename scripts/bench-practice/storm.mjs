import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childMessage } from '../childMessage.mjs';
import { summary } from '../samples.mjs';
import { onCluster, testSpeed } from './cluster.mjs';
import { fill } from './sets.mjs';

const namespace = 'default';
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'asked-for' }, data: { key: 'value' } };
const path = `/api/v1/namespaces/${namespace}/configmaps`;
const asked = `${path}/${configMap.metadata.name}`;

const flags = ['--nodes=100', `--speed=${testSpeed}`];
const podsPerSet = 10;

/** Someone else who asks, in a process of its own. */
async function startAsker(kubeconfig) {
  const child = fork(fileURLToPath(new URL('asker.mjs', import.meta.url)), [kubeconfig, asked]);
  await childMessage(child, 'isReady');
  const say = async (word) => {
    const answer = childMessage(child, word);
    child.send(word);
    return (await answer)[word];
  };
  return {
    /** The milliseconds of so many gets, one after the other. */
    idle: () => say('idle'),
    begin: () => say('begin'),
    /** The milliseconds of every get since `begin`. */
    end: () => say('end'),
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/**
 * What a get costs while `sets` sets of 10 pods are being created, against the same get of the idle cluster: both in ms, and
 * the longest block of the cluster's event loop meanwhile. Whoever gets does nothing else: in the process that creates the sets
 * and follows them it would be measured how busy that one is.
 */
export function storm(sets) {
  return onCluster(flags, async ({ client, kubeconfig, ask }) => {
    await client.json('POST', path, configMap);
    const asker = await startAsker(kubeconfig);
    try {
      const idle = await asker.idle();
      await ask('begin');
      await asker.begin();
      const seconds = await fill(client, namespace, sets, podsPerSet);
      const busy = await asker.end();
      return { idle: summary(idle), busy: summary(busy), seconds, loop: await ask('end') };
    } finally {
      await asker.stop();
    }
  });
}

/** What `sets` ready sets of 10 pods on 100 nodes hold, in MB, after a full collection. */
export function held(sets) {
  return onCluster(flags, async ({ client, ask }) => {
    const empty = await ask('memory', { collect: true });
    const seconds = await fill(client, namespace, sets, podsPerSet);
    return { empty, full: await ask('memory', { collect: true }), seconds };
  });
}
