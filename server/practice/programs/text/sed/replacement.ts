import type { Match } from '../regularExpression';
import type { Part } from './script';

/** What stands between the second and third delimiter of an `s`, its other escapes already written out. */
export function parseReplacement(text: string, changesCase: boolean): Part[] {
  const parts: Part[] = [];
  let literal = '';
  const add = (part: Part): void => {
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(part);
  };
  for (const [piece, escaped] of text.matchAll(/\\([\s\S])|[\s\S]/g)) {
    if (escaped === undefined) {
      if (piece === '&') add({ group: 0 });
      else literal += piece;
    } else if (/\d/.test(escaped)) add({ group: Number(escaped) });
    else if (changesCase && isCase(escaped)) add({ letters: escaped });
    else literal += escaped === 'n' ? '\n' : escaped;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function isCase(letter: string): letter is 'U' | 'L' | 'E' | 'u' | 'l' {
  return /[ULEul]/.test(letter);
}

export function mostReferred(parts: readonly Part[]): number {
  return Math.max(0, ...parts.map((part) => (typeof part === 'object' && 'group' in part ? part.group : 0)));
}

/** What is put for a match. `\u` and `\l` wait for the next character, whichever part it comes from. */
export function replacementOf(parts: readonly Part[], { groups }: Match): string {
  let result = '';
  let all: 'U' | 'L' | 'E' = 'E';
  let next: 'u' | 'l' | undefined;
  for (const part of parts) {
    if (typeof part === 'object' && 'letters' in part) {
      if (part.letters === 'u' || part.letters === 'l') next = part.letters;
      else all = part.letters;
      continue;
    }
    const text = typeof part === 'string' ? part : (groups[part.group] ?? '');
    if (text === '') continue;
    const changed = all === 'U' ? upper(text) : all === 'L' ? lower(text) : text;
    const first = changed.slice(0, 1);
    result += (next === 'u' ? upper(first) : next === 'l' ? lower(first) : first) + changed.slice(1);
    next = undefined;
  }
  return result;
}

/** Of ASCII alone: the bytes of other characters are none of its letters. */
function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
