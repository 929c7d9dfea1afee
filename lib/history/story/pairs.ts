export type Pair<T> = { before: T; after: T } | { before: T; after: undefined } | { before: undefined; after: T };

/**
 * Two lists side by side, told apart by `key`: first what is gone, then all of `after` in its order. What is the same object
 * in both has not changed and is left out.
 */
export function changedPairs<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): Pair<T>[] {
  if (before === after) return [];
  const former = new Map(before.map((item) => [key(item), item] as const));
  const present = new Set(after.map(key));
  const gone = before.filter((item) => !present.has(key(item))).map((item) => ({ before: item, after: undefined }));
  const rest = after.flatMap((item): Pair<T>[] => {
    const was = former.get(key(item));
    if (was === item) return [];
    return [was === undefined ? { before: undefined, after: item } : { before: was, after: item }];
  });
  return [...gone, ...rest];
}
