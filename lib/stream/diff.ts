import type { Board } from '../board/model';

/**
 * One step from a board to the next, as small JSON. An object names the fields that changed; a list says which of its
 * earlier elements it keeps and where, told apart by uid, name or number, so that an event put in front or a pod that goes
 * costs its own bytes and not the list's.
 */
export type BoardPatch = Patch;

export type Patch = SetPatch | FieldsPatch | ListPatch;

interface SetPatch {
  v: unknown;
}

interface FieldsPatch {
  /** Fields changed or added. */
  f: Record<string, Patch>;
  /** Fields gone. */
  g?: string[];
}

interface ListPatch {
  /** What the new list is made of, in order: `[from, count]` of the old one, or new elements. Absent: the old one, in place. */
  l?: ([number, number] | { n: unknown[] })[];
  /** Elements of the new list that changed within, by their new index. */
  e?: Record<string, Patch>;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined when nothing changed. Parts that are the same object are not looked into. */
export function diffBoard(before: Board, after: Board): BoardPatch | undefined {
  return diff(before, after);
}

export function diff(before: unknown, after: unknown): Patch | undefined {
  if (before === after) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return diffList(before, after);
  if (isFields(before) && isFields(after)) return diffFields(before, after);
  return { v: after };
}

function diffFields(before: Fields, after: Fields): Patch | undefined {
  const changed: Record<string, Patch> = {};
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const patch = before[name] === undefined ? { v: value } : diff(before[name], value);
    if (patch) changed[name] = patch;
  }
  const gone = Object.keys(before).filter((name) => before[name] !== undefined && after[name] === undefined);
  if (gone.length > 0) return { f: changed, g: gone };
  return Object.keys(changed).length > 0 ? { f: changed } : undefined;
}

function diffList(before: readonly unknown[], after: readonly unknown[]): Patch | undefined {
  const origins = originsOf(before, after);
  const inner: Record<string, Patch> = {};
  after.forEach((element, index) => {
    const origin = origins[index];
    const patch = origin === undefined ? undefined : diff(before[origin], element);
    if (patch) inner[index] = patch;
  });
  const inPlace = before.length === after.length && origins.every((origin, index) => origin === index);
  const result: ListPatch = {};
  if (!inPlace) result.l = segmentsOf(origins, after);
  if (Object.keys(inner).length > 0) result.e = inner;
  return result.l || result.e ? result : undefined;
}

/** For each new element the index of the old one it continues. No old element is continued twice. */
function originsOf(before: readonly unknown[], after: readonly unknown[]): (number | undefined)[] {
  const free = new Map<string, number[]>();
  before.forEach((element, index) => {
    const key = identityOf(element, index);
    const indexes = free.get(key);
    if (indexes) indexes.push(index);
    else free.set(key, [index]);
  });
  return after.map((element, index) => free.get(identityOf(element, index))?.shift());
}

function identityOf(element: unknown, index: number): string {
  if (!isFields(element)) return Array.isArray(element) ? `#${index}` : `=${JSON.stringify(element)}`;
  for (const name of ['uid', 'ordinal', 'number', 'name', 'ip']) {
    const value = element[name];
    if (value !== undefined && value !== '') return `${name}:${String(value)}`;
  }
  return `#${index}`;
}

function segmentsOf(origins: readonly (number | undefined)[], after: readonly unknown[]): ListPatch['l'] {
  const segments: NonNullable<ListPatch['l']> = [];
  origins.forEach((origin, index) => {
    const last = segments.at(-1);
    if (origin === undefined) {
      if (last && !Array.isArray(last)) last.n.push(after[index]);
      else segments.push({ n: [after[index]] });
    } else if (Array.isArray(last) && last[0] + last[1] === origin) {
      last[1] += 1;
    } else {
      segments.push([origin, 1]);
    }
  });
  return segments;
}
