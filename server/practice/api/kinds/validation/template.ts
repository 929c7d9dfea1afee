import type { PodTemplateSpec } from '../../../../../lib/kubernetes/pod';
import type { LabelSelector } from '../../../../../lib/kubernetes/metadata';
import { forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { podTemplateErrors } from '../pod/validation';
import { matchesSelector, validateAnnotations, validateLabels, validateSelector } from './fields';

/** pkg/apis/core/validation: ValidatePodTemplateSpec. */
export function templateErrors({ metadata = {}, spec }: PodTemplateSpec, at: string): FieldError[] {
  const errors = [
    ...validateLabels(`${at}.labels`, metadata.labels),
    ...validateAnnotations(`${at}.annotations`, metadata.annotations),
    ...podTemplateErrors(spec, `${at}.spec`),
  ];
  if ((spec.ephemeralContainers ?? []).length > 0)
    errors.push(forbidden(`${at}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
  return errors;
}

/** A selector that must be there and not be empty, and the template it must match (pkg/apis/apps/validation). */
export function selectedTemplateErrors(selector: LabelSelector | undefined, template: PodTemplateSpec): FieldError[] {
  if (!selector) return [required('spec.selector'), ...replicaTemplateErrors(undefined, template)];
  const errors = validateSelector('spec.selector', selector);
  const size = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length;
  // "deployment" stands in the message for ReplicaSets too.
  if (size === 0) errors.push(invalid('spec.selector', selector, 'empty selector is invalid for deployment'));
  if (!isUsable(selector)) return [...errors, invalid('spec.selector', selector, 'invalid label selector')];
  return [...errors, ...replicaTemplateErrors(selector, template)];
}

/** ValidatePodTemplateSpecForReplicaSet. No selector matches nothing; an empty one is not compared. */
function replicaTemplateErrors(selector: LabelSelector | undefined, template: PodTemplateSpec): FieldError[] {
  const labels = template.metadata?.labels;
  const isEmpty =
    selector && Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
  const errors: FieldError[] = [];
  if (!isEmpty && !(selector && matchesSelector(selector, labels)))
    errors.push(
      invalid('spec.template.metadata.labels', labels ?? null, '`selector` does not match template `labels`'),
    );
  return [...errors, ...templateErrors(template, 'spec.template'), ...alwaysRestarted(template, 'ReplicaSet')];
}

/** What any template must keep to whose pods are kept running. */
export function alwaysRestarted({ spec }: PodTemplateSpec, owner: string): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.restartPolicy !== 'Always')
    errors.push(notSupported('spec.template.spec.restartPolicy', spec.restartPolicy, ['Always']));
  if (spec.activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden('spec.template.spec.activeDeadlineSeconds', `activeDeadlineSeconds in ${owner} is not Supported`),
    );
  return errors;
}

/** LabelSelectorAsSelector accepts it. */
export function isUsable({ matchExpressions = [] }: LabelSelector): boolean {
  return matchExpressions.every(({ operator, values = [] }) => {
    if (operator === 'In' || operator === 'NotIn') return values.length > 0;
    return (operator === 'Exists' || operator === 'DoesNotExist') && values.length === 0;
  });
}
