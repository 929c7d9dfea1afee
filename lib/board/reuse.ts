/**
 * `next`, with every part that equals the one before it replaced by that very part. What did not change is then the same
 * object from board to board: differences are found without looking into it, and the past costs only what changed.
 */
export function reuse<T>(previous: T | undefined, next: T): T {
  if (previous === undefined || Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) return reuseList(previous, next) ? previous : next;
  if (!isObject(previous) || !isObject(next)) return next;
  const names = Object.keys(next);
  let isSame = names.length === Object.keys(previous).length;
  for (const name of names) {
    const before: unknown = Reflect.get(previous, name);
    const merged = reuse(before, Reflect.get(next, name));
    Reflect.set(next, name, merged);
    if (merged !== before) isSame = false;
  }
  return isSame ? previous : next;
}

/** Elements are compared by their place from the front, and where that fails by their identity. */
function reuseList(previous: unknown[], next: unknown[]): boolean {
  const byIdentity = new Map<unknown, unknown>(previous.map((element) => [identityOf(element), element]));
  let isSame = previous.length === next.length;
  next.forEach((element, index) => {
    const identity = identityOf(element);
    const before = identity === undefined ? previous[index] : byIdentity.get(identity);
    next[index] = reuse(before, element);
    if (next[index] !== previous[index]) isSame = false;
  });
  return isSame;
}

function identityOf(element: unknown): unknown {
  if (!isObject(element)) return undefined;
  for (const name of ['uid', 'ordinal', 'number', 'name', 'ip']) {
    const value: unknown = Reflect.get(element, name);
    if (value !== undefined && value !== '') return `${name}:${String(value)}`;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
