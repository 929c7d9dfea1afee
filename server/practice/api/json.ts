export { equalJson } from '../../../lib/kubernetes/equal';

/** Reading and copying plain JSON values, typed no further than they are known. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member, when it is an object. */
export function objectAt(value: unknown, key: string): JsonObject | undefined {
  const member = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(member) ? member : undefined;
}

/** The member, when it is a string. */
export function stringAt(value: unknown, key: string): string | undefined {
  const member = isJsonObject(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** A copy that shares nothing with the original and that may be changed. Members that are undefined are left out. */
export function copyJson<T>(value: T): T;
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => copyJson(item as unknown));
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) if (value[key] !== undefined) put(copy, key, copyJson(value[key]));
  return copy;
}

/** Sets a member even when it is called `__proto__`, which plain assignment would swallow. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}

/** The members of an object whose type names only some of them. */
export function membersOf(object: object): JsonObject {
  return object as JsonObject;
}
