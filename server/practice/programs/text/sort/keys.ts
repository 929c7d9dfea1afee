/** How a key is compared; letters as `-k` has them. */
export type Ordering = ReadonlySet<string>;

/** Field and character, from 1; counted from the first that is no blank, or from the field's start. */
interface Place {
  field: number;
  character: number;
  skipsBlanks: boolean;
}

export interface SortKey {
  from: Place;
  /** The last of it; undefined: the end of the line. Character 0: the end of the field. */
  to: Place | undefined;
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
  const isBare = flags === '' && lastFlags === '';
  const ordering = isBare ? general : new Set([...flags, ...lastFlags]);
  const place = (number: string, offset: string, own: string): Place => ({
    field: Number(number),
    character: Number(offset),
    skipsBlanks: isBare ? general.has('b') : own.includes('b'),
  });
  const to = lastField === undefined ? undefined : place(lastField, lastCharacter, lastFlags);
  return { from: place(field ?? '', character, flags), to, ordering };
}

/** The part of a line that a key compares. Without a separator a field begins with the blanks before it. */
export function partOf(line: string, { from, to }: SortKey, separator: string | undefined): string {
  const bounds = fieldsOf(line, separator);
  const start = offsetOf(line, bounds, from, from.character - 1);
  if (!to) return line.slice(start);
  const end =
    to.character === 0 ? (bounds[to.field - 1]?.[1] ?? line.length) : offsetOf(line, bounds, to, to.character);
  return end > start ? line.slice(start, end) : '';
}

function offsetOf(
  line: string,
  bounds: readonly (readonly [number, number])[],
  { field, skipsBlanks }: Place,
  characters: number,
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
