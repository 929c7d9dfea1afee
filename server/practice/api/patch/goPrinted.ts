import { isJsonObject } from '../json';

/** A JSON value as Go's `%+v` prints it, which upstream puts into the answer to a strategic patch it cannot decode. */
export function goPrinted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goPrinted).join(' ')}]`;
  if (isJsonObject(value)) {
    const members = Object.keys(value).sort();
    return `map[${members.map((key) => `${key}:${goPrinted(value[key])}`).join(' ')}]`;
  }
  return value === null || value === undefined ? '<nil>' : String(value);
}
