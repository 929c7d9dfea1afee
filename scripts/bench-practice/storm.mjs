import { summary } from '../samples.mjs';
import { onCluster, testSpeed } from './cluster.mjs';
import { fill } from './sets.mjs';

const namespace = 'default';
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'asked-for' }, data: { key: 'value' } };
const path = `/api/v1/namespaces/${namespace}/configmaps`;
const asked = `${path}/${configMap.metadata.name}`;

async function get(client) {
  const before = performance.now();
  await client.json('GET', asked);
  return performance.now() - before;
}

const flags = ['--nodes=100', `--speed=${testSpeed}`];
const podsPerSet = 10;

/**
 * What a get costs while `sets` sets of 10 pods are being created, against the same get of the idle cluster: both in ms, and
 * the longest block of the cluster's event loop meanwhile.
 */
export function storm(sets) {
  return onCluster(flags, async ({ client, ask }) => {
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
    const seconds = await fill(client, namespace, sets, podsPerSet).finally(() => (isOver = true));
    await asking;
    return { idle: summary(idle), busy: summary(busy), seconds, loop: await ask('end') };
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
