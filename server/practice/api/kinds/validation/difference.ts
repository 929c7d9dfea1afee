/** What changed, as upstream appends it to the answer when a spec may not: a unified diff of indented JSON, three lines around. */
export function specDifference(before: unknown, after: unknown): string {
  const edits = compare(lines(before), lines(after));
  return hunksOf(edits)
    .map((hunk) => `${header(hunk)}\n${hunk.map(({ mark, text }) => `${mark}${text}\n`).join('')}`)
    .join('');
}

interface Edit {
  mark: ' ' | '-' | '+';
  text: string;
  /** Line numbers before and after, from 1. */
  old: number;
  now: number;
}

const context = 3;

function lines(value: unknown): string[] {
  return (JSON.stringify(value, null, 1) ?? '').split('\n');
}

/** A longest common subsequence; specs have some hundred lines. */
function compare(old: string[], now: string[]): Edit[] {
  const lengths = commonLengths(old, now);
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    const position = { old: i + 1, now: j + 1 };
    if (left !== undefined && left === right) {
      edits.push({ mark: ' ', text: left, ...position });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ mark: '-', text: left, ...position });
      i++;
    } else {
      edits.push({ mark: '+', text: right ?? '', ...position });
      j++;
    }
  }
  return edits;
}

function commonLengths(old: string[], now: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => Array.from({ length: now.length + 1 }, () => 0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const [row, below] = [table[i] ?? [], table[i + 1] ?? []];
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function hunksOf(edits: Edit[]): Edit[][] {
  const near = edits.map((_, index) =>
    edits.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== ' '),
  );
  const hunks: Edit[][] = [];
  edits.forEach((edit, index) => {
    if (!near[index]) return;
    if (index > 0 && near[index - 1]) hunks.at(-1)?.push(edit);
    else hunks.push([edit]);
  });
  return hunks;
}

function header(hunk: Edit[]): string {
  const count = (mark: '-' | '+') => hunk.filter((edit) => edit.mark === ' ' || edit.mark === mark).length;
  const first = hunk[0] ?? { old: 0, now: 0 };
  return `@@ -${first.old},${count('-')} +${first.now},${count('+')} @@`;
}

/** Upstream compares its internal types, whose members are all printed and have Go's names: `hostPath` is `HostPath`. */
export function internalNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(internalNames);
  if (typeof value !== 'object' || value === null) return value;
  const renamed = Object.entries(value).map(([key, member]) => [
    key.charAt(0).toUpperCase() + key.slice(1),
    internalNames(member as unknown),
  ]);
  return Object.fromEntries(renamed) as unknown;
}
