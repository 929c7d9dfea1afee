export type Pair<T> = { before: T; after: T } | { before: T; after: undefined } | { before: undefined; after: T };

/**
 * Two lists side by side, told apart by `key`, which is unique in each: first what is gone, then all of `after` in its order. What
 * is the same object in both has not changed and is left out; where the lists begin and end with the same objects, which is most of
 * two boards that follow each other, not even a key is made.
 */
export function changedPairs<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): Pair<T>[] {
  if (before === after) return [];
  const first = sameAtStart(before, after);
  // Not beyond the start that was counted already.
  const last = Math.min(sameAtEnd(before, after), before.length - first, after.length - first);
  const was = before.slice(first, before.length - last);
  const is = after.slice(first, after.length - last);
  const former = new Map(was.map((item) => [key(item), item] as const));
  const present = new Set(is.map(key));
  const gone = was.filter((item) => !present.has(key(item))).map((item) => ({ before: item, after: undefined }));
  const rest = is.flatMap((item): Pair<T>[] => {
    const old = former.get(key(item));
    if (old === item) return [];
    return [old === undefined ? { before: undefined, after: item } : { before: old, after: item }];
  });
  return [...gone, ...rest];
}

function sameAtStart<T>(before: readonly T[], after: readonly T[]): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before[count] === after[count]) count++;
  return count;
}

function sameAtEnd<T>(before: readonly T[], after: readonly T[]): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before[before.length - 1 - count] === after[after.length - 1 - count]) count++;
  return count;
}
