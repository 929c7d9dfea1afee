/** Byte ranges of a request (RFC 9110, 14.1.2). */
export type Ranges = 'whole' | 'unsatisfiable' | { first: number; last: number }[];

export function parseRanges(header: string | undefined, size: number): Ranges {
  const [, list] = /^bytes=(.+)$/i.exec(header ?? '') ?? [];
  if (list === undefined) return 'whole';
  const ranges: { first: number; last: number }[] = [];
  for (const part of list.split(',')) {
    const [, from, to] = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(part) ?? [];
    if (from === undefined || to === undefined || (from === '' && to === '')) return 'unsatisfiable';
    const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
    const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
    if (first > last || first >= size) continue;
    ranges.push({ first, last });
  }
  if (ranges.length === 0) return 'unsatisfiable';
  // More than the file itself would be an attack, not a download.
  const wanted = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
  return wanted > size ? 'whole' : ranges;
}
