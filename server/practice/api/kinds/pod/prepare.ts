import type { Pod } from '../../../../../lib/kubernetes/pod';
import { timestamp } from '../../../clock';
import { equalJson } from '../../json';
import { qosClassOf } from './quality';

/** PrepareForCreate of pkg/registry/core/pod/strategy.go. */
export function preparePodCreate(draft: Pod, now: number): void {
  draft.metadata.generation = 1;
  draft.status = { phase: 'Pending', qosClass: qosClassOf(draft) };
  if (!draft.spec.schedulingGates?.length) return;
  draft.status.conditions = [
    {
      type: 'PodScheduled',
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: timestamp(now),
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    },
  ];
}

export function countPodUpdate(draft: Pod, old: Pod): void {
  draft.metadata.generation = old.metadata.generation;
  if (!equalJson(draft.spec, old.spec)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

/** A status update changes neither the spec nor whose the pod is. */
export function keepPodStatus(draft: Pod, old: Pod): void {
  draft.spec = old.spec;
  draft.metadata.ownerReferences = old.metadata.ownerReferences;
  draft.status.qosClass = old.status.qosClass;
}
