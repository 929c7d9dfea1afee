/** StatefulSets as the benchmarks make them: one small container, no claims, started all at once. */
function statefulSet(name, replicas) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] },
      },
    },
  };
}

/** Creates `count` sets, a few requests at a time, as scripts that apply many files do. */
async function createSets(client, namespace, count, replicas) {
  const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets`;
  let next = 0;
  const lane = async () => {
    while (next < count) await client.json('POST', path, statefulSet(`set-${next++}`, replicas));
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/**
 * Follows the sets of a namespace: `until` resolves when a number of their pods is ready, with the
 * moment at which it was (`performance.now()`), and rejects when nothing has changed for a minute.
 */
async function followSets(client, namespace) {
  const held = new Map();
  let [sum, check] = [0, () => {}];
  const stop = await client.watch(`/apis/apps/v1/namespaces/${namespace}/statefulsets`, ({ type, object }) => {
    const { name } = object.metadata;
    const now = type === 'DELETED' ? 0 : (object.status?.readyReplicas ?? 0);
    sum += now - (held.get(name) ?? 0);
    if (type === 'DELETED') held.delete(name);
    else held.set(name, now);
    check();
  });
  const until = (wanted) =>
    new Promise((resolve, reject) => {
      const stuck = () => reject(new Error(`stuck at ${sum} ready pods of ${wanted}`));
      let timer = setTimeout(stuck, 60_000);
      check = () => {
        clearTimeout(timer);
        if (sum === wanted) return resolve(performance.now());
        timer = setTimeout(stuck, 60_000);
      };
      check();
    });
  return { until, stop };
}

/** Creates `count` sets of so many pods; the seconds until all are ready. */
export async function fill(client, namespace, count, replicas) {
  const followed = await followSets(client, namespace);
  const started = performance.now();
  await createSets(client, namespace, count, replicas);
  const readyAt = await followed.until(count * replicas);
  followed.stop();
  return (readyAt - started) / 1000;
}
