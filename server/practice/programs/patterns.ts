import { compilePattern, matchesPattern } from '../shell/pattern';

/**
 * Patterns in linear time. A regular expression that a student types must never run on the practice cluster's own thread:
 * one that backtracks for ever would stop every pod.
 */

/** fnmatch(3): `*`, `?`, `[…]` and a backslash; neither a slash nor a leading dot is special. */
export function compileGlob(pattern: string, ignoreCase = false): (text: string) => boolean {
  const tokens = compilePattern(ignoreCase ? pattern.toLowerCase() : pattern);
  return (text) => matchesPattern(tokens, ignoreCase ? text.toLowerCase() : text);
}

export function matchesGlob(text: string, pattern: string): boolean {
  return compileGlob(pattern)(text);
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
