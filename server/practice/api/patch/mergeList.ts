import { plainError } from '../errors';
import { isJsonObject, type JsonObject } from '../json';
import { goPrinted } from './goPrinted';

/** Lists of scalars are merged as sets; lists of objects by their merge key. Throws upstream's 500 for a mixture. */
export function isScalarList(...lists: unknown[][]): boolean {
  const items = lists.flat();
  const objects = items.filter(isJsonObject).length;
  if (objects !== 0 && objects !== items.length) throw plainError('list element types are not identical');
  return objects === 0;
}

export interface MergedList {
  items: JsonObject[];
  /** The items of the patch that are no directives, and the server's own ones that are left: what gives the order. */
  patch: JsonObject[];
  server: JsonObject[];
}

/** Merges the items of `patch` into those of `old` that have the same key. `old` may be changed. */
export function mergeListItems(
  old: unknown[],
  patch: unknown[],
  mergeKey: string,
  merge: (old: JsonObject, patch: JsonObject) => JsonObject,
): MergedList {
  let server = old.filter(isJsonObject);
  let isReplaced = false;
  const changes: JsonObject[] = [];
  for (const item of patch.filter(isJsonObject)) {
    if (!Object.hasOwn(item, '$patch')) changes.push(item);
    else if (item.$patch === 'replace') isReplaced = true;
    else if (item.$patch === 'delete') server = server.filter((one) => one[mergeKey] !== keyOf(item, mergeKey));
    else throw plainError(`unknown patch type: ${String(item.$patch)} in map: ${goPrinted(item)}`);
  }
  if (isReplaced) return { items: changes, patch: changes, server: changes };
  const items = [...server];
  for (const change of changes) {
    const key = keyOf(change, mergeKey);
    const at = items.findIndex((one) => one[mergeKey] === key);
    const merged = merge(items[at] ?? {}, { ...change });
    if (at < 0) items.push(merged);
    else items[at] = merged;
  }
  return { items, patch: changes, server };
}

function keyOf(item: JsonObject, mergeKey: string): unknown {
  if (Object.hasOwn(item, mergeKey)) return item[mergeKey];
  throw plainError(`map: ${goPrinted(item)} does not contain declared merge key: ${mergeKey}`);
}

/**
 * The order of a merged list (normalizeElementOrder): what the patch names stands in the patch's order, what only the
 * server has in the server's; where the server's order does not decide between two of them, the patch's item is first.
 */
export function orderedItems(
  items: unknown[],
  patchOrder: unknown[],
  serverOrder: unknown[],
  mergeKey: string,
): unknown[] {
  const identity = (item: unknown) => (mergeKey !== '' && isJsonObject(item) ? item[mergeKey] : item);
  const byPatch = positions(patchOrder.map(identity));
  const byServer = positions(serverOrder.map(identity));
  const isNamed = (item: unknown) => byPatch.has(identity(item));
  const place = (order: Map<unknown, number>, item: unknown) => order.get(identity(item)) ?? Infinity;
  const right = items.filter(isNamed).sort((a, b) => place(byPatch, a) - place(byPatch, b));
  const left = items.filter((item) => !isNamed(item)).sort((a, b) => compare(place(byServer, a), place(byServer, b)));
  const merged: unknown[] = [];
  let taken = 0;
  for (const item of right) {
    while (taken < left.length && isBefore(place(byServer, left[taken]), place(byServer, item)))
      merged.push(left[taken++]);
    merged.push(item);
  }
  return [...merged, ...left.slice(taken)];
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Both stand in the server's list, and the first one earlier. */
function isBefore(left: number, right: number): boolean {
  return right !== Infinity && left < right;
}

function positions(identities: unknown[]): Map<unknown, number> {
  const found = new Map<unknown, number>();
  identities.forEach((identity, i) => {
    if (!found.has(identity)) found.set(identity, i);
  });
  return found;
}
