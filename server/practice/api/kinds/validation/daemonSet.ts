import type { DaemonSet, DaemonSetSpec, DaemonSetStatus } from '../../../../../lib/kubernetes/workloads';
import { invalid, notSupported, required, type FieldError } from '../../fieldError';
import { amountOf, countErrors, notOver100 } from './deployment';
import { immutable, matchesSelector, nonNegative, validateSelector } from './fields';
import { alwaysRestarted, isUsable, templateErrors } from './template';

/** pkg/apis/apps/validation: ValidateDaemonSetSpec. */
export function validateDaemonSet({ spec }: DaemonSet): FieldError[] {
  return [
    ...selectorErrors(spec),
    ...templateErrors(spec.template, 'spec.template'),
    ...alwaysRestarted(spec.template, 'DaemonSet'),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...strategyErrors(spec),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

export function validateDaemonSetUpdate(set: DaemonSet, old: DaemonSet): FieldError[] {
  return [...immutable('spec.selector', set.spec.selector, old.spec.selector), ...validateDaemonSet(set)];
}

/** No selector matches nothing, an empty one everything. */
function selectorErrors({ selector, template }: DaemonSetSpec): FieldError[] {
  const errors = validateSelector('spec.selector', selector);
  const labels = template.metadata?.labels;
  const isMismatch = selector ? isUsable(selector) && !matchesSelector(selector, labels) : true;
  if (isMismatch)
    errors.push(
      invalid('spec.template.metadata.labels', labels ?? null, '`selector` does not match template `labels`'),
    );
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  if (selector && Object.keys(matchLabels).length + matchExpressions.length === 0)
    errors.push(invalid('spec.selector', selector, 'empty selector is invalid for daemonset'));
  return errors;
}

function strategyErrors({ updateStrategy = {} }: DaemonSetSpec): FieldError[] {
  const at = 'spec.updateStrategy';
  const { type, rollingUpdate } = updateStrategy;
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate')
    return [
      notSupported(at, { Type: type ?? '', RollingUpdate: rollingUpdate ?? null }, ['RollingUpdate', 'OnDelete']),
    ];
  if (!rollingUpdate) return [required(`${at}.rollingUpdate`)];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const [unavailableAt, surgeAt] = [`${at}.rollingUpdate.maxUnavailable`, `${at}.rollingUpdate.maxSurge`];
  const errors = [
    ...countErrors(unavailableAt, maxUnavailable),
    ...countErrors(surgeAt, maxSurge),
    ...notOver100(unavailableAt, maxUnavailable),
    ...notOver100(surgeAt, maxSurge),
  ];
  const [hasGap, hasSurge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  if (hasGap && hasSurge) errors.push(invalid(surgeAt, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!hasGap && !hasSurge) errors.push(required(unavailableAt, 'cannot be 0 when maxSurge is 0'));
  return errors;
}

const counts = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
] as const;

/** ValidateDaemonSetStatusUpdate. */
export function daemonSetStatusErrors(status: DaemonSetStatus, old: DaemonSetStatus): FieldError[] {
  const errors = counts.flatMap((name) => nonNegative(`status.${name}`, status[name]));
  const collisions = status.collisionCount ?? 0;
  if (collisions < (old.collisionCount ?? 0))
    errors.push(invalid('status.collisionCount', collisions, 'cannot be decremented'));
  return errors;
}
