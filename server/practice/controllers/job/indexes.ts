/** Sets of indexes as a Job's status writes them: `0,2-4` (pkg/controller/job/indexed_job_utils.go orderedIntervals). */
export type Intervals = readonly { first: number; last: number }[];

/** What lies at or above `completions` is left out, and what is no number. */
export function parseIntervals(text: string, completions: number): Intervals {
  const parts = text === '' ? [] : text.split(',');
  const parsed = parts.flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map(Number);
    return Number.isNaN(first + last) || first >= completions ? [] : [{ first, last: Math.min(last, completions - 1) }];
  });
  return merged(parsed);
}

export function withIndexes(known: Intervals, indexes: Iterable<number>): Intervals {
  return merged([...known, ...[...indexes].map((index) => ({ first: index, last: index }))]);
}

function merged(intervals: Intervals): Intervals {
  const result: { first: number; last: number }[] = [];
  for (const { first, last } of [...intervals].sort((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else result.push({ first, last });
  }
  return result;
}

export function total(intervals: Intervals): number {
  return intervals.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

export function has(intervals: Intervals, index: number): boolean {
  return intervals.some(({ first, last }) => first <= index && index <= last);
}

/** Two neighbours are written apart: `3,4`. */
export function intervalsText(intervals: Intervals): string {
  return intervals
    .map(({ first, last }) => (last === first ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`))
    .join(',');
}

/** The first `count` indexes below `completions` that are in none of these. */
export function firstPending(taken: Intervals, count: number, completions: number): number[] {
  const pending: number[] = [];
  for (let index = 0; index < completions && pending.length < count; index++)
    if (!has(taken, index)) pending.push(index);
  return pending;
}
