import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { timestamp } from '../../clock';
import type { Call, Core } from '../core';
import { aggregated, conflictError, plainError } from '../errors';
import { fieldMessage, notSupported, required } from '../fieldError';
import type { Target } from '../registry';
import { updateObject } from './update';

export interface Binding {
  metadata?: ObjectMeta;
  target?: { kind?: string; name?: string };
}

/** POST pods/NAME/binding: gives the pod its node, once (pkg/registry/core/pod/storage assignPod). */
export function bindPod(core: Core, call: Call, target: Target, binding: Binding): void {
  checkBinding(binding);
  updateObject(core, call, target, {
    subresource: 'binding',
    // As upstream, which writes this below the layer that keeps managedFields.
    isOwned: true,
    produce: (old) => bound(core, target, old as Pod, binding),
  });
}

function checkBinding({ target }: Binding): void {
  const errors = [];
  if (target?.kind && target.kind !== 'Node')
    errors.push(notSupported('target.kind', target.kind, ['Node', '<empty>']));
  if (!target?.name) errors.push(required('target.name'));
  if (errors.length > 0) throw plainError(aggregated(errors.map(fieldMessage)));
}

function bound(core: Core, target: Target, pod: Pod, binding: Binding): Pod {
  const node = binding.target?.name ?? '';
  const uid = binding.metadata?.uid;
  const refuse = (why: string) => conflictError({ group: '', plural: 'pods/binding' }, target.name, why);
  if (uid && uid !== pod.metadata.uid)
    throw refuse(`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid ?? ''}`);
  if (pod.metadata.deletionTimestamp !== undefined)
    throw refuse(`pod ${target.name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName)
    throw refuse(`pod ${target.name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`);
  pod.spec.nodeName = node;
  const annotations = binding.metadata?.annotations;
  if (annotations) pod.metadata.annotations = { ...pod.metadata.annotations, ...annotations };
  const rest = (pod.status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
  const scheduled = {
    type: 'PodScheduled',
    status: 'True' as const,
    lastProbeTime: null,
    lastTransitionTime: timestamp(core.clock.now()),
  };
  pod.status.conditions = [...rest, scheduled];
  // Where the pod was expected to go is of no more interest (ClearingNominatedNodeNameAfterBinding).
  delete pod.status.nominatedNodeName;
  return pod;
}
