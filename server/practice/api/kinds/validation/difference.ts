/**
 * What changed, line by line, as upstream appends it to the answer when a spec may not change. Upstream prints the
 * internal Go structs, whose fields are named otherwise; this shows the object as the user knows it.
 */
export function specDifference(before: unknown, after: unknown): string {
  const [old, now] = [lines(before), lines(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const context = 3;
  return [
    ...old.slice(Math.max(0, start - context), start).map((line) => `  ${line}`),
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
    ...old.slice(old.length - end, old.length - end + context).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function lines(value: unknown): string[] {
  return (JSON.stringify(value, null, 2) ?? '').split('\n');
}
