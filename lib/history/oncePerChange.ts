import type { Change } from './change';

/** A change says the same whenever it is asked, and the same changes come again with every new one: each is worked out once. */
export function oncePerChange<T>(derive: (change: Change) => T): (change: Change) => T {
  const known = new WeakMap<Change, { result: T }>();
  return (change) => {
    const before = known.get(change);
    if (before) return before.result;
    const result = derive(change);
    known.set(change, { result });
    return result;
  };
}
