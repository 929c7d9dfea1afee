/**
 * Patterns in linear time. A regular expression that a student types must never run on the practice cluster's own thread:
 * one that backtracks for ever would stop every pod.
 */

/** `*` and `?` of a shell pattern. */
export function matchesGlob(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** The part of regular expressions that process names need: `^`, `$`, `.`, `.*`, `|` and a leading backslash. */
export function matchesSimple(text: string, pattern: string): boolean {
  return pattern.split('|').some((branch) => {
    const [, start = '', body = '', end = ''] = /^(\^?)(.*?)(\$?)$/s.exec(branch) ?? [];
    const glob = body
      .replaceAll('.*', '\0')
      .replace(/\\(.)/gs, '$1')
      .replace(/[*?]/g, '')
      .replaceAll('.', '?')
      .replaceAll('\0', '*');
    return matchesGlob(text, `${start === '' ? '*' : ''}${glob}${end === '' ? '*' : ''}`);
  });
}
