import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSetSpec } from '../../../../lib/kubernetes/statefulSet';
import { startStatefulSetController } from '../statefulset/statefulSetController';
import { fakeCluster } from './cluster';
import { startFakeKubelet } from './fakeKubelet';
import { webSet } from './objects';

/** A cluster with the StatefulSet controller, a kubelet whose pods can be made unwell, and the set `web`. */
export async function startSetCluster(spec: Partial<StatefulSetSpec> = {}) {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  const unhealthy = new Set<string>();
  const kubelet = startFakeKubelet({
    client,
    clock,
    isHealthy: (pod: Pod) =>
      !unhealthy.has(pod.metadata.name ?? '') && !unhealthy.has(pod.spec.containers[0]?.image ?? ''),
  });
  startStatefulSetController(cluster);
  await client.create('statefulsets', webSet(spec));
  const set = () => client.get('statefulsets', 'web', 'default');
  return {
    ...cluster,
    kubelet,
    unhealthy,
    set,
    pods: () => client.all('pods').map((p) => p.metadata.name),
    claims: () => client.all('persistentvolumeclaims').map((c) => c.metadata.name),
    podWrites: () => client.writes.filter((w) => /^(create|delete) pods /.test(w)),
    pod: (name: string) => client.get('pods', name, 'default'),
    async change(next: Partial<StatefulSetSpec>) {
      const live = await set();
      await client.update('statefulsets', { ...live, spec: { ...live.spec, ...next } });
      await clock.advance(0);
    },
    async settle() {
      await clock.advance(60_000);
    },
  };
}
