import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { timestamp } from '../../clock';
import type { Call, Core } from '../core';
import { badRequest } from '../errors';
import type { Target } from '../registry';
import { checkPreconditions, deleteObject, type DeleteRequest } from './delete';
import { takeFromBudget } from './disruption';
import { getObject } from './get';
import { updateObject } from './update';

export const evictionKind = {
  group: 'policy',
  version: 'v1',
  kind: 'Eviction',
  plural: 'evictions',
  message: 'k8s.io.api.policy.v1.Eviction',
};

export interface Eviction {
  metadata?: ObjectMeta;
  deleteOptions?: DeleteRequest;
}

/**
 * POST pods/NAME/eviction: a delete that asks first (pkg/registry/core/pod/storage/eviction.go): the
 * disruption budget that covers the pod may say no.
 */
export function evictPod(core: Core, call: Call, target: Target, eviction: Eviction): void {
  const named = eviction.metadata?.name ?? '';
  if (named !== target.name) throw badRequest('name in URL does not match name in Eviction object');
  const pod = getObject(core, target) as Pod;
  // Checked before the condition is written: a refused eviction leaves no trace.
  checkPreconditions(target.kind, pod, eviction.deleteOptions ?? {});
  takeFromBudget(core, call, pod);
  if (pod.metadata.deletionTimestamp === undefined) markDisrupted(core, call, target);
  // The mark is a write of its own, so a resourceVersion that was asked for has been compared already.
  const { preconditions: _preconditions, ...options } = eviction.deleteOptions ?? {};
  deleteObject(core, call, target, options);
}

/** The condition that tells a Job, or a person, that the pod did not fail by itself. */
function markDisrupted(core: Core, call: Call, target: Target): void {
  updateObject(core, call, target, {
    subresource: 'eviction',
    isOwned: true,
    produce: (old) => {
      const pod = old as Pod;
      const condition = {
        type: 'DisruptionTarget',
        status: 'True' as const,
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
        lastProbeTime: null,
        lastTransitionTime: timestamp(core.clock.now()),
      };
      const others = (pod.status.conditions ?? []).filter(({ type }) => type !== condition.type);
      return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
    },
  });
}
