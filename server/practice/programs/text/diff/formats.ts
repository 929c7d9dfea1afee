import type { Edit } from './edits';

/** The lines of a file, and whether the last has no newline. */
export interface Side {
  lines: readonly string[];
  isCut: boolean;
}

const cutMark = '\\ No newline at end of file\n';

function printed(side: Side, mark: string, [from, to]: readonly [number, number]): string {
  let out = '';
  for (let i = from; i < to; i++) {
    out += `${mark}${side.lines[i] ?? ''}\n`;
    if (side.isCut && i === side.lines.length - 1) out += cutMark;
  }
  return out;
}

/** `1,3c1,4` with `<` and `>`. */
export function normal(left: Side, right: Side, edits: readonly Edit[]): string {
  return edits
    .map(({ left: a, right: b }) => {
      const kind = a[0] === a[1] ? 'a' : b[0] === b[1] ? 'd' : 'c';
      const between = kind === 'c' ? '---\n' : '';
      return `${span(a)}${kind}${span(b)}\n${printed(left, '< ', a)}${between}${printed(right, '> ', b)}`;
    })
    .join('');
}

/** Lines as diff counts them; an empty run is named by the line before it. */
function span([from, to]: readonly [number, number]): string {
  if (to - from <= 1) return String(to === from ? from : from + 1);
  return `${from + 1},${to}`;
}

/** Hunks with so many lines around them, without the two lines that name the files. */
export function unified(left: Side, right: Side, edits: readonly Edit[], context: number): string {
  const hunks: Edit[][] = [];
  for (const edit of edits) {
    const last = hunks.at(-1);
    const before = last?.at(-1);
    if (last && before && edit.left[0] - before.left[1] <= 2 * context) last.push(edit);
    else hunks.push([edit]);
  }
  return hunks.map((hunk) => hunkOf(left, right, hunk, context)).join('');
}

function hunkOf(left: Side, right: Side, edits: readonly Edit[], context: number): string {
  const [first, last] = [edits[0], edits.at(-1)];
  if (!first || !last) return '';
  const before = Math.min(context, first.left[0]);
  const after = Math.min(context, left.lines.length - last.left[1]);
  const from = [first.left[0] - before, first.right[0] - before] as const;
  const to = [last.left[1] + after, last.right[1] + after] as const;
  let out = `@@ -${range(from[0], to[0])} +${range(from[1], to[1])} @@\n`;
  let at: number = from[0];
  for (const edit of edits) {
    out += printed(left, ' ', [at, edit.left[0]]) + printed(left, '-', edit.left) + printed(right, '+', edit.right);
    [, at] = edit.left;
  }
  return out + printed(left, ' ', [at, to[0]]);
}

function range(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return String(from + 1);
  return `${length === 0 ? from : from + 1},${length}`;
}
