import type { ReplicationController } from '../../../../../lib/kubernetes/workloads';
import { invalid, required, type FieldError } from '../../fieldError';
import { nonNegative } from './fields';
import { alwaysRestarted, templateErrors } from './template';

/** pkg/apis/core/validation: ValidateReplicationControllerSpec. */
export function validateReplicationController({ spec }: ReplicationController): FieldError[] {
  const { selector = {}, template } = spec;
  const isEmpty = Object.keys(selector).length === 0;
  const errors = [
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...(isEmpty ? [required('spec.selector')] : []),
    ...nonNegative('spec.replicas', spec.replicas),
  ];
  if (!template) return [...errors, required('spec.template')];
  const labels = template.metadata?.labels;
  const matches = Object.entries(selector).every(([key, value]) => labels?.[key] === value);
  if (!matches) {
    const why = '`selector` does not match template `labels`';
    errors.push(invalid('spec.template.metadata.labels', labels ?? null, why));
  }
  return [
    ...errors,
    ...templateErrors(template, 'spec.template'),
    ...alwaysRestarted(template, 'ReplicationController'),
  ];
}
