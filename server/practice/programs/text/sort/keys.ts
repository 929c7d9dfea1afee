/** How a key is compared; letters as `-k` has them. */
export type Ordering = ReadonlySet<string>;

export interface SortKey {
  /** Field and character it begins with, from 1. */
  from: { field: number; character: number };
  /** The last of it; undefined: the end of the line. Character 0: the end of the field. */
  to: { field: number; character: number } | undefined;
  ordering: Ordering;
}

/** A `-k` that makes no sense, in GNU's words. */
export class KeyError extends Error {}

const letters = 'bdfghiMnRrV';

/** Reads `2`, `2,2n`, `1.3b,1.5`. A key without letters of its own takes the general ones. */
export function parseKey(text: string, general: Ordering): SortKey {
  const shape = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!shape) throw new KeyError(`invalid number at field start: invalid count at start of '${text}'`);
  const [, field, character = '1', flags = '', lastField, lastCharacter = '0', lastFlags = ''] = shape;
  if (Number(field) === 0 || lastField === '0')
    throw new KeyError(`${lastField === '0' ? '-' : 'field number is zero: '}invalid field specification '${text}'`);
  if (Number(character) === 0) throw new KeyError(`character offset is zero: invalid field specification '${text}'`);
  const stray = [...flags, ...lastFlags].find((letter) => !letters.includes(letter));
  if (stray !== undefined) throw new KeyError(`stray character in field spec: invalid field specification '${text}'`);
  const own = new Set([...flags, ...lastFlags]);
  return {
    from: { field: Number(field), character: Number(character) },
    to: lastField === undefined ? undefined : { field: Number(lastField), character: Number(lastCharacter) },
    ordering: own.size > 0 ? own : general,
  };
}

/** The part of a line that a key compares. Without a separator a field begins with the blanks before it. */
export function partOf(line: string, { from, to, ordering }: SortKey, separator: string | undefined): string {
  const bounds = fieldsOf(line, separator);
  const start = placeOf(line, bounds, from.field, from.character - 1, ordering.has('b'));
  if (!to) return line.slice(start);
  const end =
    to.character === 0
      ? (bounds[to.field - 1]?.[1] ?? line.length)
      : placeOf(line, bounds, to.field, to.character, ordering.has('b'));
  return end > start ? line.slice(start, end) : '';
}

function placeOf(
  line: string,
  bounds: readonly (readonly [number, number])[],
  field: number,
  characters: number,
  skipsBlanks: boolean,
): number {
  const [start, end] = bounds[field - 1] ?? [line.length, line.length];
  let at = start;
  if (skipsBlanks) while (at < end && (line[at] === ' ' || line[at] === '\t')) at++;
  return Math.min(at + characters, line.length);
}

function fieldsOf(line: string, separator: string | undefined): (readonly [number, number])[] {
  const bounds: [number, number][] = [];
  if (separator !== undefined) {
    for (let start = 0; start <= line.length;) {
      const next = line.indexOf(separator, start);
      const end = next < 0 ? line.length : next;
      bounds.push([start, end]);
      start = end + 1;
    }
    return bounds;
  }
  for (const { index, 0: text } of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g)) bounds.push([index, index + text.length]);
  return bounds;
}
