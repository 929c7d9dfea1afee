import type { Ordering } from './keys';

export type Compare = (a: string, b: string) => number;

/** Compares two parts of lines as the letters of a key say; `r` is the caller's to apply. */
export function comparison(ordering: Ordering): Compare {
  if (ordering.has('n')) return byNumber(numberOf);
  if (ordering.has('g')) return byNumber((text) => leadingFloat(text));
  if (ordering.has('h')) return byNumber(sizeOf);
  if (ordering.has('M')) return byNumber(monthOf);
  if (ordering.has('V')) return byVersion;
  const folded = foldOf(ordering);
  return (a, b) => bytes(folded(a), folded(b));
}

/** latin1 text: the order of UTF-16 is that of the bytes. */
export function bytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byNumber(value: (text: string) => number): Compare {
  return (a, b) => value(a) - value(b) || 0;
}

function numberOf(text: string): number {
  return Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1] ?? 0) || 0;
}

function leadingFloat(text: string): number {
  const value = parseFloat(text);
  return Number.isNaN(value) ? -Infinity : value;
}

/** `1K` before `2M`: the unit counts first, as `du -h` and `ls -h` write it. */
function sizeOf(text: string): number {
  const [, number = '0', unit = ''] = /^[ \t]*(-?\d*\.?\d*)([KMGTPEZYk]?)/.exec(text) ?? [];
  const power = 'KMGTPEZY'.indexOf(unit.toUpperCase()) + (unit === '' ? 0 : 1);
  return (Number(number) || 0) * 1024 ** Math.max(0, power);
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function monthOf(text: string): number {
  return monthNames.indexOf(text.trimStart().slice(0, 3).toUpperCase()) + 1;
}

/** Digits as numbers, the rest letter by letter, letters before all else and `~` before nothing: `web-2` before `web-10`. */
function byVersion(a: string, b: string): number {
  const parts = (text: string): string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : byRank(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

function byRank(a: string, b: string): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = rank(a[i]) - rank(b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function rank(letter: string | undefined): number {
  if (letter === undefined || /\d/.test(letter)) return 0;
  if (letter === '~') return -1;
  return letter.charCodeAt(0) + (/[a-zA-Z]/.test(letter) ? 0 : 256);
}

function foldOf(ordering: Ordering): (text: string) => string {
  const steps: ((text: string) => string)[] = [];
  if (ordering.has('b')) steps.push((text) => text.replace(/^[ \t]+/, ''));
  if (ordering.has('d')) steps.push((text) => text.replace(/[^A-Za-z0-9 \t]/g, ''));
  if (ordering.has('i')) steps.push((text) => text.replace(/[^\x20-\x7e]/g, ''));
  if (ordering.has('f')) steps.push((text) => text.replace(/[a-z]+/g, (lower) => lower.toUpperCase()));
  return (text) => steps.reduce((folded, step) => step(folded), text);
}
