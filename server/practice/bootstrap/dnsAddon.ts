import { isPodTerminal } from '../../../lib/kubernetes/pod';
import type { ApiClient } from '../client';
import type { Clock, Timer } from '../clock';
import type { Informers } from '../controllers/runtime/informer';
import { dnsPod, dnsPodName } from './objects';

const retryMs = 1000;

/** Keeps the cluster's DNS pod there: made again when somebody deletes it, or when it has ended for good. */
export function keepDnsPod({ client, informers, clock }: { client: ApiClient; informers: Informers; clock: Clock }) {
  let stopped = false;
  let timer: Timer | undefined;
  const later = (delayMs: number) => {
    timer?.cancel();
    timer = stopped ? undefined : clock.after(delayMs, () => void check());
  };
  const check = async () => {
    try {
      const pod = informers.for('pods').get(dnsPodName, 'kube-system');
      if (!pod) await client.create('pods', dnsPod, 'kube-system');
      else if (isPodTerminal(pod)) await client.delete('pods', dnsPodName, 'kube-system', { gracePeriodSeconds: 0 });
    } catch {
      // Not yet: its namespace or service account may still be missing. Tried again until it is there.
      later(retryMs);
    }
  };
  informers.for('pods').on({
    modified: (pod) => pod.metadata.name === dnsPodName && isPodTerminal(pod) && later(0),
    deleted: (pod) => pod.metadata.name === dnsPodName && pod.metadata.namespace === 'kube-system' && later(0),
  });
  later(0);
  return {
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
