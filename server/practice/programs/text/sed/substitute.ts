import type { RegularExpression } from '../regularExpression';
import { replacementOf } from './replacement';
import type { Substitution } from './script';

/** The text with its matches replaced; undefined when none was. */
export function substitute(
  text: string,
  expression: RegularExpression,
  { replacement, isGlobal, number }: Pick<Substitution, 'replacement' | 'isGlobal' | 'number'>,
): string | undefined {
  let result = '';
  let start = 0;
  let lastEnd = -1;
  let count = 0;
  let isReplaced = false;
  while (start <= text.length) {
    const match = expression.find(text, start);
    if (!match) break;
    const isEmpty = match.end === match.start;
    result += text.slice(start, match.start);
    // Nothing is not found once more right behind a match: `s/a*/x/g` makes `xb` of `ab`.
    if (!isEmpty || match.start !== lastEnd) {
      count++;
      isReplaced ||= count >= number;
      result += count < number ? text.slice(match.start, match.end) : replacementOf(replacement, match);
    }
    lastEnd = match.end;
    start = match.end;
    if (isReplaced && !isGlobal) break;
    if (isEmpty) result += text[start++] ?? '';
  }
  return isReplaced ? result + text.slice(start) : undefined;
}
