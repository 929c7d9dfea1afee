import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import { encodedJson } from './encoded';
import type { WriteRecord } from './storage';

/**
 * One write as text. The object comes last and as it is sent to clients, so that its text is made only once; `encode` says
 * otherwise for a snapshot, whose texts nobody else wants.
 */
export function recordText(
  { revision, resource, key, object }: WriteRecord,
  encode: (object: object) => string = encodedJson,
): string {
  return `[${revision},${JSON.stringify(resource)},${JSON.stringify(key)},${object ? encode(object) : 'null'}]`;
}

/** Throws for what was not written by `recordText`: the CRC was right, so this is another program's file. */
export function readRecord(text: string): WriteRecord {
  const fields: unknown = JSON.parse(text);
  if (!Array.isArray(fields)) throw foreign();
  const [revision, resource, key, object] = fields as unknown[];
  if (typeof revision !== 'number' || typeof resource !== 'string' || typeof key !== 'string') throw foreign();
  if (object !== null && !isStoredObject(object)) throw foreign();
  return { revision, resource, key, object };
}

export function readSnapshotHead(text: string): { revision: number; firstLog: number } {
  const head: unknown = JSON.parse(text);
  if (typeof head !== 'object' || head === null || !('revision' in head) || !('firstLog' in head)) throw foreign();
  const { revision, firstLog } = head;
  if (typeof revision !== 'number' || typeof firstLog !== 'number') throw foreign();
  return { revision, firstLog };
}

function isStoredObject(value: unknown): value is KubernetesObject {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  return typeof value.metadata === 'object' && value.metadata !== null;
}

function foreign(): Error {
  return new Error('the journal holds a record that is not ours');
}
