import { errorFromStatus, type ClusterError } from './errors';
import { at, parseJson, textAt } from './json';

/** One line of a watch, read. */
export type WatchEvent =
  | { type: 'changed'; object: unknown; resourceVersion: string }
  | { type: 'deleted'; object: unknown; resourceVersion: string }
  | { type: 'bookmark'; resourceVersion: string }
  | { type: 'error'; error: ClusterError }
  /** Not JSON, or of no known type: the stream cannot be trusted from here on. */
  | { type: 'broken' };

export function parseWatchEvent(line: string): WatchEvent {
  const event = parseJson(line);
  const type = textAt(event, 'type');
  const object = at(event, 'object');
  if (type === 'ERROR') return { type: 'error', error: errorFromStatus(object, 500) };
  const resourceVersion = textAt(object, 'metadata', 'resourceVersion');
  if (resourceVersion === undefined) return { type: 'broken' };
  if (type === 'ADDED' || type === 'MODIFIED') return { type: 'changed', object, resourceVersion };
  if (type === 'DELETED') return { type: 'deleted', object, resourceVersion };
  return type === 'BOOKMARK' ? { type: 'bookmark', resourceVersion } : { type: 'broken' };
}
