import { isObject, type Json } from './json';

/**
 * What no two clusters, and no two runs, have in common: uids, addresses, times, resource versions and generated suffixes. Each is
 * replaced by a name that says whose it is, where that is known, so that "the claim's volume is the volume that names the claim" is
 * still compared. Everything else stays as it was answered.
 */
export interface Names {
  /** Exact text, such as a uid or a generated name, and what stands for it. */
  known: ReadonlyMap<string, string>;
}

const suffix = '[bcdfghjklmnpqrstvwxz2456789]';

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b(10|127|172|192)\.\d+\.\d+\.\d+\b/g, '<ip>'],
  // An object that is quoted in a message, and that message quoted in another.
  [/(?<="resourceVersion\\?":\\?")\d+(?=\\?")/g, '<rv>'],
  [/(?<=too old resource version: \d+ \()\d+(?=\))/g, '<rv>'],
  [/(?<=Too large resource version: )\d+, current: \d+/g, '<rv>, current: <rv>'],
  [new RegExp(`\\bkube-api-access-${suffix}{5}\\b`, 'g'), 'kube-api-access-<suffix>'],
  [/(?<=\.)[0-9a-f]{16}\b/g, '<suffix>'],
];

/** The fields that hold a resource version, whatever it looks like. */
const versions = new Set(['resourceVersion']);

export function normalise(value: Json, names: Names): Json {
  const replaced = replacer(names);
  const walk = (part: Json): Json => {
    if (typeof part === 'string') return replaced(part);
    if (Array.isArray(part)) return part.map(walk);
    if (!isObject(part)) return part;
    const fields = Object.entries(part).map(([key, inner]): [string, Json] => {
      if (versions.has(key) && typeof inner === 'string') return [key, '<rv>'];
      if (key === 'managedFields' && Array.isArray(inner)) return [key, byManager(inner).map(walk)];
      if (key === 'fieldsV1' && isObject(inner)) return [key, replaced(fieldsText(inner))];
      return [replaced(key), walk(inner)];
    });
    return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return walk(value);
}

/** They come in the order of their times, which are whole seconds: what two runs have in common is who wrote. */
function byManager(entries: readonly Json[]): Json[] {
  const who = (entry: Json) => (isObject(entry) ? [entry.manager, entry.operation, entry.subresource].join(' ') : '');
  return [...entries].sort((a, b) => (who(a) < who(b) ? -1 : 1));
}

/** Longer texts first, so that a name which begins with another is not torn apart. */
function replacer({ known }: Names): (text: string) => string {
  const exact = [...known].sort(([a], [b]) => b.length - a.length);
  return (text) => {
    const named = exact.reduce((done, [real, name]) => done.replaceAll(real, name), text);
    return patterns.reduce((done, [pattern, name]) => done.replaceAll(pattern, name), named);
  };
}

/** The set of fields in one line, `metadata{labels{. app}} spec`: whole, but not a page long. */
export function fieldsText(fields: { [key: string]: Json }): string {
  return (
    Object.entries(fields)
      // Whoever writes it within the second in which it was written before does not come to own it.
      .filter(([key]) => key !== 'f:lastPhaseTransitionTime')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => {
        const below = isObject(inner) ? fieldsText(inner) : '';
        const name = key.replace(/^f:/, '');
        return below === '' ? name : `${name}{${below}}`;
      })
      .join(' ')
  );
}
