import { isWordByte } from './byteSets';
import type { Assertion } from './nodes';

/** Where in a text an assertion holds. `byLine`: a line begins and ends at every newline as well (sed's M). */
export function holds(assertion: Assertion, text: string, at: number, byLine: boolean): boolean {
  switch (assertion) {
    case 'lineStart':
      return at === 0 || (byLine && text[at - 1] === '\n');
    case 'lineEnd':
      return at === text.length || (byLine && text[at] === '\n');
    case 'textStart':
      return at === 0;
    case 'textEnd':
      return at === text.length;
    case 'wordStart':
      return !wordBefore(text, at) && wordAfter(text, at);
    case 'wordEnd':
      return wordBefore(text, at) && !wordAfter(text, at);
    case 'wordEdge':
      return wordBefore(text, at) !== wordAfter(text, at);
    case 'noWordEdge':
      return wordBefore(text, at) === wordAfter(text, at);
    case 'noWordBefore':
      return !wordBefore(text, at);
    case 'noWordAfter':
      return !wordAfter(text, at);
  }
}

function wordBefore(text: string, at: number): boolean {
  return at > 0 && isWordByte(text.charCodeAt(at - 1));
}

function wordAfter(text: string, at: number): boolean {
  return at < text.length && isWordByte(text.charCodeAt(at));
}
