import type { CountOrPercent, Deployment, DeploymentSpec } from '../../../../../lib/kubernetes/workloads';
import { forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { immutable, invalidEach, nonNegative } from './fields';
import { validatePercent } from './names';
import { selectedTemplateErrors } from './template';

/** pkg/apis/apps/validation: ValidateDeploymentSpec. */
export function validateDeployment({ spec }: Deployment): FieldError[] {
  const { progressDeadlineSeconds: deadline, minReadySeconds = 0 } = spec;
  const errors = [
    ...nonNegative('spec.replicas', spec.replicas),
    ...selectedTemplateErrors(spec.selector, spec.template),
    ...strategyErrors(spec),
    ...nonNegative('spec.minReadySeconds', minReadySeconds),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...nonNegative('spec.progressDeadlineSeconds', deadline),
  ];
  if (deadline !== undefined && deadline <= minReadySeconds)
    errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  return errors;
}

export function validateDeploymentUpdate(deployment: Deployment, old: Deployment): FieldError[] {
  const errors = validateDeployment(deployment);
  return [...errors, ...immutable('spec.selector', deployment.spec.selector, old.spec.selector)];
}

const counts = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'] as const;

export function validateDeploymentStatus({ status }: Deployment, old: Deployment): FieldError[] {
  const errors = nonNegative('status.observedGeneration', status.observedGeneration);
  for (const name of [...counts, 'unavailableReplicas', 'terminatingReplicas', 'collisionCount'] as const)
    errors.push(...nonNegative(`status.${name}`, status[name]));
  const total = status.replicas ?? 0;
  for (const name of counts) {
    const count = status[name] ?? 0;
    if (count > total) errors.push(invalid(`status.${name}`, count, 'cannot be greater than status.replicas'));
  }
  const available = status.availableReplicas ?? 0;
  if (available > (status.readyReplicas ?? 0))
    errors.push(invalid('status.availableReplicas', available, 'cannot be greater than readyReplicas'));
  const collisions = status.collisionCount ?? 0;
  if (collisions < (old.status.collisionCount ?? 0))
    errors.push(invalid('status.collisionCount', collisions, 'cannot be decremented'));
  return errors;
}

const types = ['Recreate', 'RollingUpdate'];

function strategyErrors({ strategy = {} }: DeploymentSpec): FieldError[] {
  const at = 'spec.strategy';
  const { type, rollingUpdate } = strategy;
  if (type === 'Recreate') {
    const why = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbidden(`${at}.rollingUpdate`, why)] : [];
  }
  if (type !== 'RollingUpdate') return [notSupported(at, internalStrategy(strategy), types)];
  if (!rollingUpdate) return [required(`${at}.rollingUpdate`, 'this should be defaulted and never be nil')];
  const { maxSurge = 0, maxUnavailable = 0 } = rollingUpdate;
  const errors = [
    ...countErrors(`${at}.rollingUpdate.maxUnavailable`, maxUnavailable),
    ...countErrors(`${at}.rollingUpdate.maxSurge`, maxSurge),
  ];
  if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0)
    errors.push(invalid(`${at}.rollingUpdate.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  return [...errors, ...notOver100(`${at}.rollingUpdate.maxUnavailable`, maxUnavailable)];
}

/** As upstream's own type prints it, whose fields have no JSON names (pkg/apis/apps/types.go). */
function internalStrategy({ type, rollingUpdate }: NonNullable<DeploymentSpec['strategy']>) {
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {};
  return { Type: type, RollingUpdate: rollingUpdate ? { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge } : null };
}

/** ValidatePositiveIntOrPercent. */
export function countErrors(field: string, value: CountOrPercent): FieldError[] {
  return typeof value === 'string' ? invalidEach(field, value, validatePercent(value)) : nonNegative(field, value);
}

/** IsNotMoreThan100Percent. */
export function notOver100(field: string, value: CountOrPercent): FieldError[] {
  const isOver = typeof value === 'string' && validatePercent(value).length === 0 && Number.parseInt(value, 10) > 100;
  return isOver ? [invalid(field, value, 'must not be greater than 100%')] : [];
}

/** A number, or that of a percentage; 0 for what is neither. */
export function amountOf(value: CountOrPercent): number {
  if (typeof value === 'number') return value;
  return validatePercent(value).length === 0 ? Number.parseInt(value, 10) : 0;
}
