import { readFileSync } from 'node:fs';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { isJsonObject, type JsonObject } from '../json';

/** For tests: what a real v1.36.3 returned and printed, without managedFields. */
export interface Recorded {
  objects: (KubernetesObject & JsonObject)[];
  /** When the table was printed. */
  now: number;
  /** The columns, with a hash in place of each description. */
  columns: JsonObject[];
  rows: unknown[][];
}

export function recorded(plural: string): Recorded {
  const text = readFileSync(new URL(`./fixtures/${plural}.json`, import.meta.url), 'utf8');
  const root: unknown = JSON.parse(text);
  if (!isJsonObject(root) || !Array.isArray(root.objects)) throw new TypeError(`no recorded ${plural}`);
  return {
    objects: root.objects.filter(isObject),
    now: Date.parse(String(root.now)),
    columns: Array.isArray(root.columns) ? root.columns.filter(isJsonObject) : [],
    rows: Array.isArray(root.rows) ? root.rows.map((row: unknown) => (Array.isArray(row) ? row : [])) : [],
  };
}

function isObject(value: unknown): value is KubernetesObject & JsonObject {
  return isJsonObject(value) && isJsonObject(value.metadata);
}
