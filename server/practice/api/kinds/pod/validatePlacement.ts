import type { PodSpec } from '../../../../../lib/kubernetes/pod';
import { forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { isJsonObject, objectAt, stringAt, type JsonObject } from '../../json';
import { invalidEach } from '../validation/fields';
import { validateLabelValue, validateQualifiedName } from '../validation/names';

/** Where a pod may run: validateAffinity and validateTopologySpreadConstraints of pkg/apis/core/validation. */
export function affinityErrors(spec: PodSpec, at: string): FieldError[] {
  const affinity = spec.affinity ?? {};
  const field = `${at}.affinity`;
  return [
    ...nodeAffinityErrors(objectAt(affinity, 'nodeAffinity'), `${field}.nodeAffinity`),
    ...podAffinityErrors(objectAt(affinity, 'podAffinity'), `${field}.podAffinity`),
    ...podAffinityErrors(objectAt(affinity, 'podAntiAffinity'), `${field}.podAntiAffinity`),
  ];
}

const need = 'requiredDuringSchedulingIgnoredDuringExecution';
const wish = 'preferredDuringSchedulingIgnoredDuringExecution';

function nodeAffinityErrors(affinity: JsonObject | undefined, at: string): FieldError[] {
  if (!affinity) return [];
  const needed = objectAt(affinity, need);
  return [
    ...(needed ? nodeSelectorErrors(needed, `${at}.${need}`) : []),
    ...objects(affinity[wish]).flatMap((term, index) => {
      const field = `${at}.${wish}[${index}]`;
      const preference = objectAt(term, 'preference') ?? {};
      return [...weightErrors(term, field), ...termErrors(preference, `${field}.preference`, false)];
    }),
  ];
}

/** Node selector terms, as pods and volumes have them. */
export function nodeSelectorErrors(selector: JsonObject, at: string): FieldError[] {
  const field = `${at}.nodeSelectorTerms`;
  const terms = objects(selector.nodeSelectorTerms);
  if (terms.length === 0) return [required(field, 'must have at least one node selector term')];
  return terms.flatMap((term, index) => termErrors(term, `${field}[${index}]`, true));
}

function termErrors(term: JsonObject, at: string, isStrict: boolean): FieldError[] {
  return objects(term.matchExpressions).flatMap((expression, index) => {
    const field = `${at}.matchExpressions[${index}]`;
    const key = stringAt(expression, 'key') ?? '';
    const values = texts(expression.values);
    const valueErrors = values.flatMap((v, i) => invalidEach(`${field}.values[${i}]`, v, validateLabelValue(v)));
    return [
      ...operatorErrors(stringAt(expression, 'operator') ?? '', values, field),
      ...invalidEach(`${field}.key`, key, validateQualifiedName(key)),
      ...(isStrict ? valueErrors : []),
    ];
  });
}

function operatorErrors(operator: string, values: string[], at: string): FieldError[] {
  const field = `${at}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? [] : [required(field, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist': {
      const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      return values.length > 0 ? [forbidden(field, why)] : [];
    }
    case 'Gt':
    case 'Lt': {
      const why = "must be specified single value when `operator` is 'Lt' or 'Gt'";
      return values.length === 1 ? [] : [required(field, why)];
    }
    default:
      return [invalid(`${at}.operator`, operator, 'not a valid selector operator')];
  }
}

function podAffinityErrors(affinity: JsonObject | undefined, at: string): FieldError[] {
  if (!affinity) return [];
  return [
    ...objects(affinity[need]).flatMap((term, index) => topologyErrors(term, `${at}.${need}[${index}]`)),
    ...objects(affinity[wish]).flatMap((term, index) => {
      const field = `${at}.${wish}[${index}]`;
      const inner = objectAt(term, 'podAffinityTerm') ?? {};
      return [...weightErrors(term, field), ...topologyErrors(inner, `${field}.podAffinityTerm`)];
    }),
  ];
}

function topologyErrors(term: JsonObject, at: string): FieldError[] {
  const key = stringAt(term, 'topologyKey') ?? '';
  const missing = key === '' ? [required(`${at}.topologyKey`, 'can not be empty')] : [];
  return [...missing, ...invalidEach(`${at}.topologyKey`, key, validateQualifiedName(key))];
}

function weightErrors({ weight }: JsonObject, at: string): FieldError[] {
  const isFine = typeof weight === 'number' && weight >= 1 && weight <= 100;
  return isFine ? [] : [invalid(`${at}.weight`, weight ?? 0, 'must be in the range 1-100')];
}

export function spreadErrors(spec: PodSpec, at: string): FieldError[] {
  return objects(spec.topologySpreadConstraints).flatMap((constraint, index) => {
    const field = `${at}.topologySpreadConstraints[${index}]`;
    const { maxSkew } = constraint;
    const when = stringAt(constraint, 'whenUnsatisfiable') ?? '';
    const allowed = ['DoNotSchedule', 'ScheduleAnyway'];
    return [
      ...(typeof maxSkew === 'number' && maxSkew > 0
        ? []
        : [invalid(`${field}.maxSkew`, maxSkew ?? 0, 'must be greater than zero')]),
      ...(stringAt(constraint, 'topologyKey') ? [] : [required(`${field}.topologyKey`, 'can not be empty')]),
      ...(allowed.includes(when) ? [] : [notSupported(`${field}.whenUnsatisfiable`, when, allowed)]),
    ];
  });
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
