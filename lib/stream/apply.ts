import type { Board } from '../board/model';
import type { BoardPatch, Patch } from './diff';

/** A patch that does not fit what it is applied to: something was missed, and only a snapshot helps. */
export class PatchError extends Error {}

/**
 * The board after a patch. Nothing is changed in place: parts that the patch does not touch are the same objects as before,
 * so a page draws anew only what changed. Throws a PatchError when the patch was made for another board.
 */
export function applyPatch(board: Board, patch: BoardPatch): Board {
  const result = apply(board, patch);
  if (!isBoard(result)) throw new PatchError('the result is no board');
  return result;
}

export function apply(before: unknown, patch: Patch): unknown {
  if ('v' in patch) return patch.v;
  if ('f' in patch) return applyFields(before, patch.f, patch.g ?? []);
  if (!Array.isArray(before)) throw new PatchError('a list was expected');
  const kept: readonly unknown[] = before;
  const next = patch.l ? patch.l.flatMap((part) => (Array.isArray(part) ? slice(kept, part) : part.n)) : [...kept];
  for (const [index, inner] of Object.entries(patch.e ?? {})) {
    const position = Number(index);
    if (position >= next.length) throw new PatchError('an element is missing');
    next[position] = apply(next[position], inner);
  }
  return next;
}

function slice(list: readonly unknown[], [from, count]: [number, number]): readonly unknown[] {
  if (from + count > list.length) throw new PatchError('elements are missing');
  return list.slice(from, from + count);
}

function applyFields(before: unknown, changed: Record<string, Patch>, gone: readonly string[]): unknown {
  if (typeof before !== 'object' || before === null || Array.isArray(before))
    throw new PatchError('fields were expected');
  const fields = new Map<string, unknown>(Object.entries(before));
  for (const name of gone) fields.delete(name);
  for (const [name, patch] of Object.entries(changed)) fields.set(name, apply(fields.get(name), patch));
  return Object.fromEntries(fields);
}

/** Enough to draw it without falling over: it came over the wire. */
export function isBoard(value: unknown): value is Board {
  if (typeof value !== 'object' || value === null) return false;
  const lists = ['sets', 'deployments', 'services', 'volumes', 'otherClaims', 'otherPods', 'events'];
  return 'namespace' in value && 'dns' in value && lists.every((name) => Array.isArray(Reflect.get(value, name)));
}
