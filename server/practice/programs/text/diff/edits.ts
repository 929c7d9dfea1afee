/** A run of lines that differ: `[from, to)` on either side, of which one may be empty. */
export interface Edit {
  left: readonly [number, number];
  right: readonly [number, number];
}

/** Beyond so many differences the rest counts as all different: the search takes their square. */
const mostDifferences = 3000;

/**
 * What has to be changed on the left to get the right: the fewest lines (Myers, "An O(ND) difference algorithm"), and where
 * there is a choice the later ones, as GNU diff shifts them (analyze.c, shift_boundaries). Among several shortest ways GNU may
 * choose another.
 */
export function editsOf(left: readonly string[], right: readonly string[]): Edit[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  const removed = new Uint8Array(left.length + 1);
  const added = new Uint8Array(right.length + 1);
  mark(left.slice(start, leftEnd), right.slice(start, rightEnd), start, removed, added);
  shift(left, removed, added);
  shift(right, added, removed);
  return gathered(left.length, right.length, removed, added);
}

function mark(a: readonly string[], b: readonly string[], offset: number, removed: Uint8Array, added: Uint8Array) {
  const trail = search(a, b);
  if (!trail) {
    removed.fill(1, offset, offset + a.length);
    added.fill(1, offset, offset + b.length);
    return;
  }
  let [x, y] = [a.length, b.length];
  for (let d = trail.length - 1; d > 0; d--) {
    const k = x - y;
    const isDown = goesDown(trail, d, k);
    const fromX = at(trail, d - 1, isDown ? k + 1 : k - 1);
    const fromY = fromX - (isDown ? k + 1 : k - 1);
    if (isDown) added[offset + fromY] = 1;
    else removed[offset + fromX] = 1;
    [x, y] = [fromX, fromY];
  }
}

/** For 0, 1, 2 … differences how far each diagonal gets; of d differences there are the diagonals -d, -d + 2 … d. */
type Trail = Int32Array[];

function at(trail: Trail, d: number, k: number): number {
  return trail[d]?.[(k + d) / 2] ?? -1;
}

/** Whether a line of the right is what the diagonal is reached by. */
function goesDown(trail: Trail, d: number, k: number): boolean {
  return k === -d || (k !== d && at(trail, d - 1, k - 1) < at(trail, d - 1, k + 1));
}

/** Undefined when there are too many differences. */
function search(a: readonly string[], b: readonly string[]): Trail | undefined {
  const trail: Trail = [];
  for (let d = 0; d <= Math.min(a.length + b.length, mostDifferences); d++) {
    const now = new Int32Array(d + 1);
    trail.push(now);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : goesDown(trail, d, k) ? at(trail, d - 1, k + 1) : at(trail, d - 1, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      now[(k + d) / 2] = x;
      if (x >= a.length && x - k >= b.length) return trail;
    }
  }
  return undefined;
}

/** Each run of changed lines as late as it can be, and joined with the run it then meets. */
function shift(lines: readonly string[], changed: Uint8Array, other: Uint8Array): void {
  let j = 0;
  for (let i = 0; i < lines.length;) {
    if (!changed[i]) {
      while (other[j]) j++;
      i++;
      j++;
      continue;
    }
    let from = i;
    while (changed[i]) i++;
    while (i < lines.length && lines[from] === lines[i] && !other[j]) {
      changed[from++] = 0;
      changed[i++] = 1;
      j++;
      while (changed[i]) i++;
    }
  }
}

function gathered(leftLength: number, rightLength: number, removed: Uint8Array, added: Uint8Array): Edit[] {
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < leftLength || j < rightLength) {
    if (!removed[i] && !added[j]) {
      i++;
      j++;
      continue;
    }
    const [fromLeft, fromRight] = [i, j];
    while (removed[i]) i++;
    while (added[j]) j++;
    edits.push({ left: [fromLeft, i], right: [fromRight, j] });
  }
  return edits;
}
