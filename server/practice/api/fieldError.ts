/**
 * One thing wrong with one field, in the words of k8s.io/apimachinery/pkg/util/validation/field (errors.go), which users
 * see letter for letter in `kubectl apply`'s answer.
 */
export interface FieldError {
  type: FieldErrorType;
  /** `spec.template.spec.containers[0].name` */
  field: string;
  /** What follows the field: `Required value`, `Invalid value: "x": must be …`. */
  body: string;
}

export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

export function required(field: string, detail = ''): FieldError {
  return { type: 'FieldValueRequired', field, body: withDetail('Required value', detail) };
}

export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, body: withDetail(`Invalid value: ${shown(value)}`, detail) };
}

/** Of something that is too large, or not one value, to be shown. */
export function invalidPart(field: string, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, body: withDetail('Invalid value', detail) };
}

export function tooMany(field: string, actual: number, most: number): FieldError {
  const items = most === 1 ? 'item' : 'items';
  return { type: 'FieldValueTooMany', field, body: `Too many: ${actual}: must have at most ${most} ${items}` };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { type: 'FieldValueDuplicate', field, body: `Duplicate value: ${shown(value)}` };
}

export function forbidden(field: string, detail: string): FieldError {
  return { type: 'FieldValueForbidden', field, body: withDetail('Forbidden', detail) };
}

export function notFound(field: string, value: unknown): FieldError {
  return { type: 'FieldValueNotFound', field, body: `Not found: ${shown(value)}` };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const list = supported.map((s) => JSON.stringify(s)).join(', ');
  const body = supported.length === 0 ? '' : `supported values: ${list}`;
  return { type: 'FieldValueNotSupported', field, body: withDetail(`Unsupported value: ${shown(value)}`, body) };
}

export function tooLong(field: string, maxLength: number): FieldError {
  return { type: 'FieldValueTooLong', field, body: `Too long: may not be more than ${maxLength} bytes` };
}

/** `FIELD: BODY`, as it stands in the message of the Status. */
export function fieldMessage(error: FieldError): string {
  return `${error.field}: ${error.body}`;
}

function withDetail(body: string, detail: string): string {
  return detail === '' ? body : `${body}: ${detail}`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string'
    ? JSON.stringify(value)
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}
