import type { JobSpec, PodFailureRule, SuccessRule } from '../../../../../lib/kubernetes/batch';
import {
  duplicate,
  invalid,
  invalidPart,
  notSupported,
  required,
  tooLong,
  tooMany,
  type FieldError,
} from '../../fieldError';
import { invalidEach, nonNegative } from './fields';
import { parseIndexes } from './jobNumbers';
import { validateQualifiedName } from './names';

const most = { rules: 20, exitCodes: 255, patterns: 20, indexes: 64 * 1024 };

/** validatePodFailurePolicy of pkg/apis/batch/validation. */
export function failurePolicyErrors(spec: JobSpec): FieldError[] {
  if (!spec.podFailurePolicy) return [];
  const at = 'spec.podFailurePolicy.rules';
  const rules = spec.podFailurePolicy.rules ?? [];
  const { containers, initContainers = [] } = spec.template.spec;
  const names = [...containers, ...initContainers].map(({ name }) => name);
  return [
    ...(rules.length > most.rules ? [tooMany(at, rules.length, most.rules)] : []),
    ...rules.flatMap((rule, index) => ruleErrors(spec, rule, `${at}[${index}]`, names)),
  ];
}

function ruleErrors(spec: JobSpec, rule: PodFailureRule, at: string, names: string[]): FieldError[] {
  const { onExitCodes, onPodConditions = [] } = rule;
  const errors = actionErrors(spec, rule.action ?? '', `${at}.action`);
  if (onExitCodes) errors.push(...exitCodeErrors(onExitCodes, `${at}.onExitCodes`, names));
  if (onPodConditions.length > 0) errors.push(...conditionErrors(onPodConditions, `${at}.onPodConditions`));
  if (onExitCodes && onPodConditions.length > 0)
    errors.push(invalidPart(at, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  if (!onExitCodes && onPodConditions.length === 0)
    errors.push(invalidPart(at, 'specifying one of OnExitCodes and OnPodConditions is required'));
  return errors;
}

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];

function actionErrors(spec: JobSpec, action: string, field: string): FieldError[] {
  if (action === '') return [required(field, validValues(actions))];
  if (action === 'FailIndex')
    return spec.backoffLimitPerIndex === undefined
      ? [invalid(field, action, 'requires the backoffLimitPerIndex to be set')]
      : [];
  return actions.includes(action) ? [] : [notSupported(field, action, actions)];
}

/** Go's %q of a list. */
const validValues = (values: string[]) => `valid values: [${values.map((value) => JSON.stringify(value)).join(' ')}]`;

function required1of(value: string, field: string, supported: string[]): FieldError[] {
  if (value === '') return [required(field, validValues(supported))];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

function exitCodeErrors(
  { operator = '', containerName, values = [] }: NonNullable<PodFailureRule['onExitCodes']>,
  at: string,
  names: string[],
): FieldError[] {
  const errors = required1of(operator, `${at}.operator`, ['In', 'NotIn']);
  if (containerName !== undefined && !names.includes(containerName)) {
    const why = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(`${at}.containerName`, containerName, why));
  }
  const field = `${at}.values`;
  if (values.length === 0) errors.push(invalid(field, values, 'at least one value is required'));
  if (values.length > most.exitCodes) errors.push(tooMany(field, values.length, most.exitCodes));
  values.forEach((value, i) => {
    if (operator === 'In' && value === 0)
      errors.push(invalid(`${field}[${i}]`, value, 'must not be 0 for the In operator'));
    if (values.indexOf(value) < i) errors.push(duplicate(`${field}[${i}]`, value));
  });
  const isOrdered = values.every((value, i) => i === 0 || (values[i - 1] ?? 0) <= value);
  return isOrdered ? errors : [...errors, invalid(field, values, 'must be ordered')];
}

function conditionErrors(patterns: NonNullable<PodFailureRule['onPodConditions']>, at: string): FieldError[] {
  return [
    ...(patterns.length > most.patterns ? [tooMany(at, patterns.length, most.patterns)] : []),
    ...patterns.flatMap(({ type = '', status = '' }, i) => [
      ...invalidEach(`${at}[${i}].type`, type, validateQualifiedName(type)),
      ...required1of(status, `${at}[${i}].status`, ['False', 'True', 'Unknown']),
    ]),
  ];
}

/** validateSuccessPolicy. */
export function successPolicyErrors({ successPolicy, completionMode, completions = 0 }: JobSpec): FieldError[] {
  if (!successPolicy) return [];
  const at = 'spec.successPolicy';
  const rules = successPolicy.rules ?? [];
  if (completionMode !== 'Indexed') {
    const shown = { Rules: rules.map(internalRule) };
    return [invalid(at, shown, 'requires indexed completion mode')];
  }
  const why = 'at least one rules must be specified when the successPolicy is specified';
  return [
    ...(rules.length === 0 ? [required(`${at}.rules`, why)] : []),
    ...(rules.length > most.rules ? [tooMany(`${at}.rules`, rules.length, most.rules)] : []),
    ...rules.flatMap((rule, i) => successRuleErrors(rule, `${at}.rules[${i}]`, completions)),
  ];
}

/** Upstream prints its internal type, whose members have Go's names. */
function internalRule({ succeededIndexes, succeededCount }: SuccessRule) {
  return { SucceededIndexes: succeededIndexes ?? null, SucceededCount: succeededCount ?? null };
}

function successRuleErrors({ succeededIndexes: indexes, succeededCount: count }: SuccessRule, at: string, all: number) {
  const errors: FieldError[] = [];
  if (count === undefined && indexes === undefined)
    errors.push(required(at, 'at least one of succeededCount or succeededIndexes must be specified'));
  const parsed = parseIndexes(indexes ?? '', all);
  if (indexes !== undefined && indexes.length > most.indexes)
    errors.push(tooLong(`${at}.succeededIndexes`, most.indexes));
  if ('problem' in parsed) {
    const why = `error parsing succeededIndexes: ${parsed.problem}`;
    errors.push(invalid(`${at}.succeededIndexes`, indexes, why));
  }
  if (count === undefined) return errors;
  const field = `${at}.succeededCount`;
  errors.push(...nonNegative(field, count));
  if (count > all)
    errors.push(invalid(field, count, `must be less than or equal to ${all} (the number of specified completions)`));
  const total = 'total' in parsed ? parsed.total : 0;
  if (indexes !== undefined && count > total) {
    const why = `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`;
    errors.push(invalid(field, count, why));
  }
  return errors;
}
