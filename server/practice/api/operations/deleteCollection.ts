import { StatusError } from '../../status';
import type { Call, Core } from '../core';
import type { Kind } from '../kinds/kind';
import { targetOf } from '../registry';
import { deleteObject, type DeleteRequest } from './delete';
import { listObjects, type ListQuery, type ObjectList } from './list';

/** Deletes everything the selectors let through, one by one; what has gone meanwhile is passed over. */
export function deleteCollection(
  core: Core,
  call: Call,
  kind: Kind,
  namespace: string,
  query: ListQuery,
  request: DeleteRequest,
): ObjectList {
  const list = listObjects(core, kind, namespace, query);
  for (const object of list.objects) {
    try {
      deleteObject(core, call, targetOf(kind, object), request);
    } catch (error) {
      if (!(error instanceof StatusError) || error.reason !== 'NotFound') throw error;
    }
  }
  return list;
}
