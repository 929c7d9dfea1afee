/**
 * `next` with every part that says the same as in `before` replaced by that very part; `before` itself when all of it does. A
 * write changes little of an object, and the history keeps every state of it: shared, a state costs what it changed.
 *
 * `next` is changed in place, so it must be the caller's own. A part of it that is frozen is some stored object's already, and is
 * left alone. Parts count as the same only with the same order of keys, since that order is sent to clients.
 */
export function shareWith(next: unknown, before: unknown): unknown {
  if (next === before) return before;
  if (!isObject(next) || !isObject(before) || Object.isFrozen(next)) return next;
  if (Array.isArray(next)) return Array.isArray(before) ? shareItems(next, before) : next;
  return Array.isArray(before) ? next : shareMembers(next, before);
}

function shareItems(next: unknown[], before: readonly unknown[]): readonly unknown[] {
  let isSame = next.length === before.length;
  for (let i = 0; i < next.length && i < before.length; i++) {
    const shared = shareWith(next[i], before[i]);
    if (shared !== before[i]) isSame = false;
    if (isKept(shared)) next[i] = shared;
  }
  return isSame ? before : next;
}

type Members = Record<string, unknown>;

function shareMembers(next: Members, before: Members): Members {
  const keys = Object.keys(next);
  const keysBefore = Object.keys(before);
  let isSame = keys.length === keysBefore.length;
  for (const [i, key] of keys.entries()) {
    if (key !== keysBefore[i]) isSame = false;
    // Every object has one, its own or not.
    if (key === '__proto__') isSame = false;
    else {
      const shared = shareWith(next[key], before[key]);
      if (shared !== before[key]) isSame = false;
      if (isKept(shared)) next[key] = shared;
    }
  }
  return isSame ? before : next;
}

/** Numbers and the like take no memory of their own. */
function isKept(value: unknown): boolean {
  return typeof value === 'string' || isObject(value);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
