import type { ReplicaSet, ReplicaSetStatus } from '../../../../../lib/kubernetes/workloads';
import { invalid, type FieldError } from '../../fieldError';
import { immutable, nonNegative } from './fields';
import { selectedTemplateErrors } from './template';

/** pkg/apis/apps/validation: ValidateReplicaSetSpec. */
export function validateReplicaSet({ spec }: ReplicaSet): FieldError[] {
  return [
    ...nonNegative('spec.replicas', spec.replicas),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...selectedTemplateErrors(spec.selector, spec.template),
  ];
}

export function validateReplicaSetUpdate(set: ReplicaSet, old: ReplicaSet): FieldError[] {
  return [...validateReplicaSet(set), ...immutable('spec.selector', set.spec.selector, old.spec.selector)];
}

const counts = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const;

/** ValidateReplicaSetStatus; that of a ReplicationController is the same. */
export function replicaStatusErrors(status: ReplicaSetStatus): FieldError[] {
  const errors = counts.flatMap((name) => nonNegative(`status.${name}`, status[name]));
  errors.push(...nonNegative('status.observedGeneration', status.observedGeneration));
  errors.push(...nonNegative('status.terminatingReplicas', status.terminatingReplicas));
  const total = status.replicas ?? 0;
  for (const name of counts) {
    const count = status[name] ?? 0;
    if (count > total) errors.push(invalid(`status.${name}`, count, 'cannot be greater than status.replicas'));
  }
  const available = status.availableReplicas ?? 0;
  if (available > (status.readyReplicas ?? 0))
    errors.push(invalid('status.availableReplicas', available, 'cannot be greater than readyReplicas'));
  return errors;
}
