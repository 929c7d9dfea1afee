import type { LabelSelector } from '../../../../../lib/kubernetes/metadata';
import type { PodSpec } from '../../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetSpec } from '../../../../../lib/kubernetes/statefulSet';
import { forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { podTemplateErrors } from '../pod/validation';
import { claimSpecErrors } from './claim';
import {
  invalidEach,
  matchesSelector,
  nonNegative,
  validateAnnotations,
  validateLabels,
  validateSelector,
} from './fields';
import { validateDnsLabel, validatePercent } from './names';

/** pkg/apis/apps/validation: ValidateStatefulSet. */
export function validateStatefulSet({ spec }: StatefulSet): FieldError[] {
  const claims = (spec.volumeClaimTemplates ?? []).flatMap((claim, index) =>
    claimSpecErrors(claim.spec, `spec.volumeClaimTemplates[${index}].spec`),
  );
  const service = spec.serviceName
    ? invalidEach('spec.serviceName', spec.serviceName, validateDnsLabel(spec.serviceName))
    : [];
  return [...strategyErrors(spec), ...claims, ...numberErrors(spec), ...service, ...bodyErrors(spec)];
}

function bodyErrors(spec: StatefulSetSpec): FieldError[] {
  return [...selectorErrors(spec), ...templateErrors(spec)];
}

const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

const onlyMutable =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** The name, the service's name and the claims cannot change, so that what they are is not asked again. */
export function validateStatefulSetUpdate(set: StatefulSet, old: StatefulSet): FieldError[] {
  const withOld: Record<string, unknown> = { ...set.spec };
  for (const field of mutable) withOld[field] = old.spec[field];
  const errors = [...strategyErrors(set.spec), ...numberErrors(set.spec), ...bodyErrors(set.spec)];
  return equalJson(withOld, old.spec) ? errors : [...errors, forbidden('spec', onlyMutable)];
}

const counts = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;

export function validateStatefulSetStatus({ status }: StatefulSet, old: StatefulSet): FieldError[] {
  const errors = counts.flatMap((name) => nonNegative(`status.${name}`, status[name]));
  const total = status.replicas ?? 0;
  for (const name of counts) {
    const count = status[name] ?? 0;
    if (count > total) errors.push(invalid(`status.${name}`, count, 'cannot be greater than status.replicas'));
  }
  const available = status.availableReplicas ?? 0;
  if (available > (status.readyReplicas ?? 0)) {
    errors.push(invalid('status.availableReplicas', available, 'cannot be greater than status.readyReplicas'));
  }
  const collisions = status.collisionCount ?? 0;
  if (collisions < (old.status.collisionCount ?? 0)) {
    errors.push(invalid('status.collisionCount', collisions, 'cannot be decremented'));
  }
  return errors;
}

function strategyErrors(spec: StatefulSetSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { podManagementPolicy: policy, updateStrategy = {}, persistentVolumeClaimRetentionPolicy: retention } = spec;
  if (policy !== undefined && policy !== 'OrderedReady' && policy !== 'Parallel') {
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  const { type, rollingUpdate } = updateStrategy;
  if (type === 'OnDelete') {
    if (rollingUpdate) {
      const why = "only allowed for updateStrategy 'RollingUpdate'";
      errors.push(invalid('spec.updateStrategy.rollingUpdate', internalRolling(rollingUpdate), why));
    }
  } else if (type === 'RollingUpdate') {
    errors.push(...nonNegative('spec.updateStrategy.rollingUpdate.partition', rollingUpdate?.partition));
    errors.push(...unavailableErrors(rollingUpdate?.maxUnavailable));
  } else {
    const shown = { Type: type ?? '', RollingUpdate: rollingUpdate ? internalRolling(rollingUpdate) : null };
    errors.push(invalid('spec.updateStrategy', shown, "must be 'RollingUpdate' or 'OnDelete'"));
  }
  for (const when of ['whenDeleted', 'whenScaled'] as const) {
    const value = retention?.[when];
    if (value !== undefined && value !== 'Retain' && value !== 'Delete') {
      const field = `spec.persistentVolumeClaimRetentionPolicy.${when}`;
      errors.push(notSupported(field, value, ['Retain', 'Delete']));
    }
  }
  return errors;
}

/** Upstream prints its internal type, whose members have Go's names. */
function internalRolling({ partition, maxUnavailable }: { partition?: number; maxUnavailable?: number | string }) {
  return { Partition: partition ?? 0, MaxUnavailable: maxUnavailable ?? null };
}

function unavailableErrors(value: number | string | undefined): FieldError[] {
  const field = 'spec.updateStrategy.rollingUpdate.maxUnavailable';
  if (value === undefined) return [];
  if (typeof value === 'number')
    return value === 0 ? [invalid(field, value, 'cannot be 0')] : nonNegative(field, value);
  const errors = invalidEach(field, value, validatePercent(value));
  if (errors.length > 0) return errors;
  const percent = Number.parseInt(value, 10);
  if (percent > 100) return [invalid(field, value, 'must not be greater than 100%')];
  return percent === 0 ? [invalid(field, value, 'cannot be 0')] : [];
}

function numberErrors(spec: StatefulSetSpec): FieldError[] {
  return [
    ...nonNegative('spec.replicas', spec.replicas),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.ordinals.start', spec.ordinals?.start),
  ];
}

function selectorErrors({ selector }: StatefulSetSpec): FieldError[] {
  if (!selector) return [required('spec.selector')];
  const errors = validateSelector('spec.selector', selector);
  const size = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length;
  if (size === 0) errors.push(invalid('spec.selector', selector, 'empty selector is invalid for statefulset'));
  return errors;
}

function templateErrors(spec: StatefulSetSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { metadata = {}, spec: pod } = spec.template;
  if (spec.selector && !isUsable(spec.selector))
    return [...errors, invalid('spec.selector', spec.selector, ''), ...fixedErrors(pod)];
  // No selector matches nothing, an empty one everything.
  if (!spec.selector || !matchesSelector(spec.selector, metadata.labels)) {
    const why = '`selector` does not match template `labels`';
    errors.push(invalid('spec.template.metadata.labels', metadata.labels ?? null, why));
  }
  // The controller gives each pod its own hostname, subdomain and claims, so the template is judged with those.
  const claims = (spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name ?? '');
  const volumes = [
    ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ...(pod.volumes ?? []).filter((volume) => !claims.includes(volume.name)),
  ];
  errors.push(
    ...podTemplateErrors({ ...pod, hostname: undefined, subdomain: undefined, volumes }, 'spec.template.spec'),
  );
  errors.push(...validateLabels('spec.template.labels', metadata.labels));
  errors.push(...validateAnnotations('spec.template.annotations', metadata.annotations));
  return [...errors, ...fixedErrors(pod)];
}

function isUsable({ matchExpressions = [] }: LabelSelector): boolean {
  return matchExpressions.every(({ operator, values = [] }) => {
    if (operator === 'In' || operator === 'NotIn') return values.length > 0;
    return (operator === 'Exists' || operator === 'DoesNotExist') && values.length === 0;
  });
}

function fixedErrors(pod: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  if (pod.restartPolicy !== 'Always') {
    errors.push(notSupported('spec.template.spec.restartPolicy', pod.restartPolicy, ['Always']));
  }
  if (pod.activeDeadlineSeconds !== undefined) {
    const why = 'activeDeadlineSeconds in StatefulSet is not Supported';
    errors.push(forbidden('spec.template.spec.activeDeadlineSeconds', why));
  }
  return errors;
}
