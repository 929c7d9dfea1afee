import { startCluster, testSpeed } from './cluster.mjs';
import { summary } from './samples.mjs';
import { createSets, followSets } from './sets.mjs';

const nodes = 100;
const namespace = 'default';
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'asked-for' }, data: { key: 'value' } };
const path = `/api/v1/namespaces/${namespace}/configmaps`;
const asked = `${path}/${configMap.metadata.name}`;

async function get(client) {
  const before = performance.now();
  await client.json('GET', asked);
  return performance.now() - before;
}

/**
 * What a get costs while `sets` sets of 10 pods are being created, against the same get of the idle cluster: both in ms, and
 * the longest block of the cluster's event loop meanwhile.
 */
export async function storm(sets) {
  const cluster = await startCluster([`--nodes=${nodes}`, `--speed=${testSpeed}`]);
  try {
    const { client } = cluster;
    await client.json('POST', path, configMap);
    for (let round = 0; round < 200; round++) await get(client);
    const idle = [];
    for (let round = 0; round < 500; round++) idle.push(await get(client));
    const followed = await followSets(client, namespace);
    await cluster.ask('begin');
    const started = performance.now();
    let isOver = false;
    const busy = [];
    const asking = (async () => {
      while (!isOver) {
        busy.push(await get(client));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await createSets(client, namespace, sets, 10);
    const readyAt = await followed.until(sets * 10);
    isOver = true;
    await asking;
    const loop = await cluster.ask('end');
    followed.stop();
    return { idle: summary(idle), busy: summary(busy), seconds: (readyAt - started) / 1000, loop };
  } finally {
    await cluster.stop();
  }
}

/** What `sets` ready sets of 10 pods on 100 nodes hold, in MB, after a full collection. */
export async function held(sets) {
  const cluster = await startCluster([`--nodes=${nodes}`, `--speed=${testSpeed}`]);
  try {
    const empty = await cluster.ask('memory', { collect: true });
    const followed = await followSets(cluster.client, namespace);
    const started = performance.now();
    await createSets(cluster.client, namespace, sets, 10);
    const readyAt = await followed.until(sets * 10);
    followed.stop();
    const full = await cluster.ask('memory', { collect: true });
    return { empty, full, seconds: (readyAt - started) / 1000 };
  } finally {
    await cluster.stop();
  }
}
