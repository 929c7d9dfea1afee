import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Change } from '../../storage/storage';
import type { Core } from '../core';
import type { Kind } from '../kinds/kind';
import type { Selection } from './list';

export type WatchEvent = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
  previous?: KubernetesObject;
};

/**
 * What a watcher with a selector sees of a change (apiserver/pkg/storage/cacher): an object that begins to match is added, one
 * that ceases to is deleted, in the last state that matched but with the new revision.
 */
export function eventFor(selection: Selection, change: Change): WatchEvent | undefined {
  if (selection.key !== undefined ? change.key !== selection.key : !change.key.startsWith(selection.prefix))
    return undefined;
  const { object, previous } = change;
  if (selection.isEverything) return { type: change.type, object, ...(previous ? { previous } : {}) };
  const did = previous !== undefined && selection.matches(previous);
  const does = change.type !== 'DELETED' && selection.matches(object);
  if (did && does) return { type: 'MODIFIED', object, previous };
  if (does) return { type: 'ADDED', object };
  if (!did) return undefined;
  const resourceVersion = object.metadata.resourceVersion;
  const last =
    change.type === 'DELETED' ? object : { ...previous, metadata: { ...previous.metadata, resourceVersion } };
  return { type: 'DELETED', object: last };
}

/** Every event of a selection after a revision, synchronously and in order. Throws `TooOldError`. */
export function watchObjects(
  core: Core,
  kind: Kind,
  selection: Selection,
  from: number,
  handler: (event: WatchEvent, revision: number) => void,
): { stop(): void } {
  return core.storage.watch(kind.plural, from, (change) => {
    const event = eventFor(selection, change);
    if (event) handler(event, change.revision);
  });
}
