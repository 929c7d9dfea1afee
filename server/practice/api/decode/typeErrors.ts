import { badRequest } from '../errors';
import type { FieldFacts } from '../schema/schema';

/** A value of the wrong type, in the words of Go's encoding/json. Becomes a 400 that names kind and version. */
export class TypeMismatch extends Error {}

/** Where a value stands: its Go struct, and the names of the fields on the way to it (without indexes, as Go has it). */
export interface Place {
  struct: string;
  names: readonly string[];
}

export function mismatch(value: unknown, place: Place, goType: string): TypeMismatch {
  const field = place.names.length === 0 ? '' : `Go struct field ${place.struct}.${place.names.join('.')}`;
  const into = field === '' ? 'Go value' : field;
  return new TypeMismatch(`json: cannot unmarshal ${described(value)} into ${into} of type ${goType}`);
}

function described(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'number' : `number ${value}`;
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

/** `StatefulSetSpec` of `k8s.io.api.apps.v1.StatefulSetSpec`. */
export function structName(message: string): string {
  return message.slice(message.lastIndexOf('.') + 1);
}

/** `v1.PodSpec`: package and type, as Go prints them. */
export function goMessage(message: string): string {
  const parts = message.split('.');
  return parts.slice(-2).join('.');
}

/** The type of one value of a field that is no message. */
export function goScalar(type: FieldFacts['type']): string {
  if (type === 'bytes') return '[]uint8';
  return type === 'double' ? 'float64' : type;
}

export function goType(field: FieldFacts): string {
  const scalar = {
    string: 'string',
    int32: 'int32',
    int64: 'int64',
    bool: 'bool',
    bytes: '[]uint8',
    double: 'float64',
  };
  const one = field.type === 'message' ? goMessage(field.message ?? '') : scalar[field.type];
  if (field.container === 'list') return `[]${one}`;
  return field.container === 'map' ? `map[string]${one}` : one;
}

export function undecodable(kind: { kind: string; version: string }, why: string): Error {
  return badRequest(
    `${kind.kind} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ${why}`,
  );
}
