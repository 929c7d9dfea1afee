import { startCluster, testSpeed } from './cluster.mjs';
import { summary } from '../samples.mjs';
import { createSets, followSets } from './sets.mjs';

const namespace = 'default';
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'asked-for' }, data: { key: 'value' } };
const path = `/api/v1/namespaces/${namespace}/configmaps`;
const asked = `${path}/${configMap.metadata.name}`;

async function get(client) {
  const before = performance.now();
  await client.json('GET', asked);
  return performance.now() - before;
}

/** With a fresh cluster of 100 nodes at test speed, which ends with the work. */
async function onCluster(work) {
  const cluster = await startCluster(['--nodes=100', `--speed=${testSpeed}`]);
  try {
    return await work(cluster);
  } finally {
    await cluster.stop();
  }
}

/** Creates `sets` sets of 10 pods; the seconds until all are ready. */
async function fill(client, sets) {
  const followed = await followSets(client, namespace);
  const started = performance.now();
  await createSets(client, namespace, sets, 10);
  const readyAt = await followed.until(sets * 10);
  followed.stop();
  return (readyAt - started) / 1000;
}

/**
 * What a get costs while `sets` sets of 10 pods are being created, against the same get of the idle cluster: both in ms, and
 * the longest block of the cluster's event loop meanwhile.
 */
export function storm(sets) {
  return onCluster(async ({ client, ask }) => {
    await client.json('POST', path, configMap);
    for (let round = 0; round < 200; round++) await get(client);
    const idle = [];
    for (let round = 0; round < 500; round++) idle.push(await get(client));
    await ask('begin');
    let isOver = false;
    const busy = [];
    const asking = (async () => {
      while (!isOver) {
        busy.push(await get(client));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const seconds = await fill(client, sets).finally(() => (isOver = true));
    await asking;
    return { idle: summary(idle), busy: summary(busy), seconds, loop: await ask('end') };
  });
}

/** What `sets` ready sets of 10 pods on 100 nodes hold, in MB, after a full collection. */
export function held(sets) {
  return onCluster(async ({ client, ask }) => {
    const empty = await ask('memory', { collect: true });
    const seconds = await fill(client, sets);
    return { empty, full: await ask('memory', { collect: true }), seconds };
  });
}
