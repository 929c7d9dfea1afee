import type { KubernetesObject } from '../../lib/kubernetes/metadata';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** An object as the API sends it: known metadata, and the rest as it comes. */
export type ApiObject = KubernetesObject & { [part: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
