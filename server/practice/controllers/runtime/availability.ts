import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import type { Controller } from './controller';
import { keyOf } from './informer';

interface Waiting {
  metadata: ObjectMeta;
  spec: { minReadySeconds?: number };
}

/**
 * With minReadySeconds nothing in the API changes when a pod that became ready becomes available: its owner looks again by then
 * (updatePod in pkg/controller/replicaset and pkg/controller/daemon).
 */
export function lookAgainWhenAvailable(controller: Controller) {
  return (owner: Waiting, pod: Pod, previous: Pod): void => {
    const { minReadySeconds = 0 } = owner.spec;
    if (minReadySeconds > 0 && !isPodReady(previous) && isPodReady(pod))
      controller.enqueueAfter(keyOf(owner), minReadySeconds * 1000);
  };
}
