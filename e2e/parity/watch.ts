import { resourcePath, type ResourceName } from '../../lib/kubernetes/resources';
import type { Api, Stream } from './api';
import type { ApiObject, JsonObject } from './json';

/** One change of one object, as a watch told it. */
export interface Observed {
  resource: ResourceName;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: ApiObject;
}

export interface WatchOptions {
  namespace?: string;
  fieldSelector?: string;
}

/** Lists, then watches from there. Resolves when the list is in; `see` gets what was listed as ADDED. */
export async function watchResource(
  api: Api,
  resource: ResourceName,
  { namespace, fieldSelector }: WatchOptions,
  see: (change: Observed) => void,
): Promise<Stream> {
  const path = resourcePath(resource, namespace);
  const selector = fieldSelector ? `fieldSelector=${encodeURIComponent(fieldSelector)}` : '';
  const list = await api.must('GET', `${path}?${selector}`);
  const { resourceVersion } = list.metadata as JsonObject;
  for (const object of list.items as unknown as ApiObject[]) see({ resource, type: 'ADDED', object });
  return api.stream(`${path}?watch=true&resourceVersion=${resourceVersion}&${selector}`, ({ type, object }) => {
    if (type === 'ERROR') throw new Error(`the watch of ${resource} failed: ${JSON.stringify(object)}`);
    see({ resource, type, object } as unknown as Observed);
  });
}

/**
 * All that was seen by several watches, in the order in which it happened: revisions are the whole cluster's, on etcd and on the
 * practice cluster alike.
 */
export function inOrder(observed: readonly Observed[]): Observed[] {
  return [...observed].sort((a, b) => revision(a) - revision(b));
}

function revision({ object }: Observed): number {
  return Number(object.metadata.resourceVersion);
}
