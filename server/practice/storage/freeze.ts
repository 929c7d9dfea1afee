/**
 * Freezes a value and everything in it. What is already frozen is taken to be frozen all the way down, so that an object
 * built from an older one by copying costs only its changed parts.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
