import type { LabelSelector } from '../../../../../lib/kubernetes/metadata';
import { forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { compareQuantities, parseQuantity, quantityPattern } from '../../quantity';
import { validateLabelValue, validatePortName, validatePortNumber, validateQualifiedName } from './names';

/** The messages of a rule about one value, each as an error of the field. */
export function invalidEach(field: string, value: unknown, messages: string[]): FieldError[] {
  return messages.map((message) => invalid(field, value, message));
}

export const negative = 'must be greater than or equal to 0';

export function nonNegative(field: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0 ? [invalid(field, value, negative)] : [];
}

export function oneOf(field: string, value: string | undefined, allowed: readonly string[]): FieldError[] {
  if (!value) return [required(field)];
  return allowed.includes(value) ? [] : [notSupported(field, value, allowed)];
}

/** ValidateImmutableField. */
export function immutable(field: string, value: unknown, old: unknown): FieldError[] {
  return equalJson(value ?? null, old ?? null) ? [] : [invalid(field, value, 'field is immutable')];
}

export function portNumber(field: string, port: number | undefined): FieldError[] {
  return invalidEach(field, port ?? 0, validatePortNumber(port ?? 0));
}

/** A port by number or by a container port's name. */
export function portReference(field: string, port: number | string | undefined): FieldError[] {
  return typeof port === 'string' ? invalidEach(field, port, validatePortName(port)) : portNumber(field, port);
}

export function validateLabels(field: string, labels: Record<string, string> | undefined): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...invalidEach(field, key, validateQualifiedName(key)),
    ...invalidEach(field, value, validateLabelValue(value)),
  ]);
}

export function validateAnnotations(field: string, annotations: Record<string, string> | undefined): FieldError[] {
  const keys = Object.keys(annotations ?? {});
  return keys.flatMap((key) => invalidEach(field, key, validateQualifiedName(key.toLowerCase())));
}

export function validateSelector(field: string, selector: LabelSelector | undefined): FieldError[] {
  const expressions = (selector?.matchExpressions ?? []).flatMap((expression, index) => {
    const at = `${field}.matchExpressions[${index}]`;
    const values = (expression.values ?? []).flatMap((value, i) =>
      invalidEach(`${at}.values[${i}]`, value, validateLabelValue(value)),
    );
    return [
      ...operatorErrors(at, expression),
      ...invalidEach(`${at}.key`, expression.key, validateQualifiedName(expression.key)),
      ...values,
    ];
  });
  return [...validateLabels(`${field}.matchLabels`, selector?.matchLabels), ...expressions];
}

function operatorErrors(at: string, { operator, values }: { operator: string; values?: string[] }): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values?.length ? [] : [required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values?.length
        ? [forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
        : [];
    default:
      return [invalid(`${at}.operator`, operator, 'not a valid selector operator')];
  }
}

/** Whether labels satisfy a selector; an unknown operator matches nothing. */
export function matchesSelector(selector: LabelSelector, labels: Record<string, string> = {}): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return equal && (selector.matchExpressions ?? []).every((expression) => matchesExpression(expression, labels));
}

function matchesExpression(
  { key, operator, values = [] }: { key: string; operator: string; values?: string[] },
  labels: Record<string, string>,
): boolean {
  const value = labels[key];
  if (operator === 'In') return value !== undefined && values.includes(value);
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  if (operator === 'Exists') return value !== undefined;
  return operator === 'DoesNotExist' && value === undefined;
}

export function quantity(field: string, text: unknown): FieldError[] {
  return parseQuantity(text) ? [] : [invalid(field, text, quantityPattern)];
}

/** A quantity greater than zero. */
export function positiveQuantity(field: string, text: unknown): FieldError[] {
  const errors = quantity(field, text);
  if (errors.length > 0) return errors;
  return compareQuantities(text, '0') > 0 ? [] : [invalid(field, text, 'must be greater than zero')];
}

export function dnsName(field: string, name: string, rule: (name: string) => string[]): FieldError[] {
  return invalidEach(field, name, rule(name));
}
