import { isPodTerminal, type Pod } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import { timestamp, type Clock } from '../../clock';
import { isConflict, isNotFound } from '../../status';
import { readyCondition } from './objects';

export interface FakeKubeletOptions {
  client: ApiClient;
  clock: Clock;
  startMs?: number;
  stopMs?: number;
  /** False keeps a pod Running but not ready. */
  isHealthy?: (pod: Pod) => boolean;
  /** `node-1` for every pod, when left out. */
  nodeOf?: (pod: Pod) => string;
}

/** Binds each pod to a node, runs it after a while, and lets go of it a while after it is told to end. */
export function startFakeKubelet({ client, clock, startMs = 1000, stopMs = 500, ...options }: FakeKubeletOptions) {
  const isHealthy = options.isHealthy ?? (() => true);
  let nextAddress = 1;
  const tolerate = (error: unknown) => {
    if (!isConflict(error) && !isNotFound(error)) throw error;
  };
  const run = async (pod: Pod) => {
    const { name = '', namespace = '', uid } = pod.metadata;
    await client.bind(namespace, name, options.nodeOf?.(pod) ?? 'node-1');
    const bound = await client.get('pods', name, namespace);
    if (bound.metadata.uid !== uid) return;
    const ip = `10.200.0.${nextAddress++}`;
    const conditions = [readyCondition(isHealthy(bound), timestamp(clock.now()))];
    const status: Pod['status'] = { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions };
    await client.update('pods', { ...bound, status }, 'status');
  };
  const end = async ({ metadata: { name = '', namespace, uid } }: Pod) => {
    await client.delete('pods', name, namespace, { gracePeriodSeconds: 0, preconditions: { uid } });
  };
  client.watch('pods', {
    added: (pod) => void (pod.spec.nodeName || clock.after(startMs, () => void run(pod).catch(tolerate))),
    modified(pod, previous) {
      if (!pod.metadata.deletionTimestamp || previous.metadata.deletionTimestamp) return;
      clock.after(stopMs, () => void end(pod).catch(tolerate));
    },
    deleted() {},
  });
  return {
    /** Probes a running pod again, as when a file was put back. */
    async probe(name: string, namespace = 'default'): Promise<void> {
      const pod = await client.get('pods', name, namespace);
      if (isPodTerminal(pod)) return;
      const conditions = [readyCondition(isHealthy(pod), timestamp(clock.now()))];
      await client.update('pods', { ...pod, status: { ...pod.status, conditions } }, 'status');
    },
  };
}
