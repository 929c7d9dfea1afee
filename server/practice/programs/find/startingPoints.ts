import { Refusal } from './primary';
import type { Search } from './search';

/** What stands before the expression. */
export interface Opening {
  starts: string[];
  words: string[];
}

/** Reads -H, -L and -P, which say how links are followed, and then the starting points. */
export function openingOf(search: Search, operands: readonly string[]): Opening {
  const rest = [...operands];
  if (search.call.isBusybox) takeBusyboxOptions(search, rest);
  else takeGnuOptions(search, rest);
  const starts: string[] = [];
  for (let word = rest[0]; word !== undefined && !opensExpression(word); word = rest[0]) {
    starts.push(word);
    rest.shift();
  }
  return { starts: starts.length > 0 ? starts : ['.'], words: rest };
}

/** A leading `)` or `,` is a name to look for. */
function opensExpression(word: string): boolean {
  return (word.startsWith('-') && word !== '-') || word === '(' || word === '!';
}

function follow({ plan }: Search, letter: string): void {
  plan.follows = ({ H: 'given', L: 'always' } as const)[letter] ?? 'never';
}

function takeBusyboxOptions(search: Search, rest: string[]): void {
  for (let word = rest[0]; word !== undefined && /^-([HLP]+|-)$/.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--') return;
    // -P is the default and undoes nothing; -L is the stronger of the two.
    if (word.includes('L')) follow(search, 'L');
    else if (word.includes('H') && search.plan.follows === 'never') follow(search, 'H');
  }
}

function takeGnuOptions(search: Search, rest: string[]): void {
  for (let word = rest[0]; word !== undefined && /^-([HLP]|D|O.*|-)$/s.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--') return;
    if (/^-[HLP]$/.test(word)) follow(search, word.slice(1));
    else if (word === '-D' && rest.shift() === undefined)
      throw new Refusal(
        `Missing argument after the -D option.\nTry '${search.call.name} --help' for more information.`,
      );
    else if (word === '-O') throw new Refusal('The -O option must be immediately followed by a decimal integer');
    else if (word.startsWith('-O') && !/^-O\d+$/.test(word))
      throw new Refusal('Please specify a decimal number immediately after -O');
  }
}
