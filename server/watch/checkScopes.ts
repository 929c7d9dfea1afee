/** Up to so many objects are compared whole each time: one page. */
export const smallKind = 500;
/** Up to so many, when many namespaces are looked at: a class, each with a namespace of their own. */
export const mediumKind = 2000;
const atOnce = 4;

/**
 * Which namespaces of a kind to compare with the cluster in this turn; '' stands for all of them in one list. A small kind is
 * compared whole. Of a big one only what somebody looks at, a few namespaces in each turn, so that what a check costs does not
 * grow with the cluster.
 */
export function checkScopes(objects: number, lookedAt: readonly string[], turn: number): string[] {
  if (objects <= smallKind) return [''];
  if (objects <= mediumKind && lookedAt.length > atOnce) return [''];
  if (lookedAt.length <= atOnce) return [...lookedAt];
  const first = (turn * atOnce) % lookedAt.length;
  return Array.from({ length: atOnce }, (_, n) => lookedAt[(first + n) % lookedAt.length] ?? '').filter(Boolean);
}
