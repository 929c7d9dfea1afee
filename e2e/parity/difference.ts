import { isObject, type Json, type JsonObject } from './json';

/** What became of a field that is no more. */
export const absent = '<absent>';

/** The fields that differ, by their path, each with what it became. */
export function difference(before: Json | undefined, after: Json | undefined, path = ''): JsonObject {
  if (after === undefined) return { [path]: absent };
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    const parts = keys.map((key) => difference(before[key], after[key], path === '' ? key : `${path}.${key}`));
    return Object.assign({}, ...parts) as JsonObject;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    const parts = Array.from({ length }, (_, i) => difference(before[i], after[i], `${path}[${i}]`));
    return Object.assign({}, ...parts) as JsonObject;
  }
  return before === after ? {} : { [path]: after };
}
