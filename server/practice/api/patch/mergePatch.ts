import { copyJson, isJsonObject, put, type JsonObject } from '../json';

/** RFC 7386. The original is not changed; null removes a member, lists are replaced whole. */
export function mergePatch(original: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return copyJson(patch);
  const merged: JsonObject = isJsonObject(original) ? { ...original } : {};
  for (const key of Object.keys(patch)) {
    const own = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (patch[key] === null) delete merged[key];
    else put(merged, key, mergePatch(own, patch[key]));
  }
  return merged;
}
