type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Json = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** Merge keys of the few lists that the cluster's own parts patch; every other list is replaced whole. */
const mergeKeys: Record<string, string> = { ownerReferences: 'uid', containers: 'name', conditions: 'type' };
const primitiveLists = new Set(['finalizers']);

/** The part of a strategic merge patch that controllers use: keyed lists, `$patch: delete`, `$deleteFromPrimitiveList`. */
export function strategicPatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Json = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    const mergeKey = mergeKeys[key];
    const dropped = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1];
    if (dropped) merged[dropped] = asList(merged[dropped]).filter((item) => !asList(value).includes(item));
    else if (value === null) delete merged[key];
    else if (Array.isArray(value) && mergeKey) merged[key] = mergeKeyed(asList(merged[key]), value, mergeKey);
    else if (Array.isArray(value) && primitiveLists.has(key))
      merged[key] = [...new Set([...asList(merged[key]), ...value])];
    else merged[key] = strategicPatch(merged[key], value);
  }
  return merged;
}

function mergeKeyed(live: unknown[], patches: unknown[], mergeKey: string): unknown[] {
  const result = [...live];
  for (const patch of patches) {
    if (!isRecord(patch)) continue;
    const at = result.findIndex((item) => isRecord(item) && item[mergeKey] === patch[mergeKey]);
    if (patch.$patch === 'delete') {
      if (at >= 0) result.splice(at, 1);
    } else if (at >= 0) result[at] = strategicPatch(result[at], patch);
    else result.push(patch);
  }
  return result;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** RFC 6902 for the paths controllers write: add, replace, remove, test on objects and list items. */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  const result: unknown = structuredClone(target);
  for (const operation of asList(operations)) {
    if (!isRecord(operation) || typeof operation.path !== 'string') throw new Error('not a JSON patch');
    const path = operation.path.split('/').slice(1);
    const last = (path.pop() ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    let parent: unknown = result;
    for (const step of path) parent = isRecord(parent) ? parent[step] : asList(parent)[Number(step)];
    if (isRecord(parent)) applyToRecord(parent, last, operation);
    else if (Array.isArray(parent)) applyToList(parent, last, operation);
  }
  return result;
}

function applyToRecord(parent: Json, key: string, operation: Json): void {
  if (operation.op === 'remove') delete parent[key];
  else if (operation.op !== 'test') parent[key] = operation.value;
  else if (JSON.stringify(parent[key]) !== JSON.stringify(operation.value)) throw new Error('the test failed');
}

function applyToList(parent: unknown[], key: string, operation: Json): void {
  const at = key === '-' ? parent.length : Number(key);
  if (operation.op === 'remove') parent.splice(at, 1);
  else if (operation.op === 'replace') parent[at] = operation.value;
  else if (operation.op === 'add') parent.splice(at, 0, operation.value);
}
