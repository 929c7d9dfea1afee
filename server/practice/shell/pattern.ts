/**
 * Shell patterns, matched by stepping a set of states through the text: the time is at most text times pattern, whatever
 * the pattern, so that no pattern can hold up the thread as a backtracking regular expression can.
 */
export type PatternToken =
  | { type: 'star' }
  | { type: 'any' }
  | { type: 'set'; matches: (c: string) => boolean }
  | { type: 'literal'; character: string };

const classes: Record<string, RegExp> = {
  alpha: /\p{L}/u,
  digit: /\d/,
  alnum: /[\p{L}\d]/u,
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[^\x00-\x1f\x7f]/,
  graph: /[^\x00-\x20\x7f]/,
  cntrl: /[\x00-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** A backslash in `source` makes the next character literal; quoted text comes escaped this way. */
export function compilePattern(source: string): PatternToken[] {
  const characters = [...source];
  const tokens: PatternToken[] = [];
  for (let at = 0; at < characters.length; at++) {
    const c = characters[at] ?? '';
    const set = c === '[' ? setAt(characters, at) : undefined;
    if (set) {
      tokens.push({ type: 'set', matches: set.matches });
      at = set.end;
    } else if (c === '*') {
      if (tokens.at(-1)?.type !== 'star') tokens.push({ type: 'star' });
    } else if (c === '?') tokens.push({ type: 'any' });
    else if (c === '\\' && at + 1 < characters.length)
      tokens.push({ type: 'literal', character: characters[++at] ?? '' });
    else tokens.push({ type: 'literal', character: c });
  }
  return tokens;
}

export function hasWildcards(source: string): boolean {
  return compilePattern(source).some((token) => token.type !== 'literal');
}

export function matchesPattern(tokens: readonly PatternToken[], text: string): boolean {
  const characters = [...text];
  let matched = -1;
  for (const length of prefixLengths(tokens, characters)) matched = length;
  return matched === characters.length;
}

/** The lengths, in characters and ascending, of the beginnings of the text that match. */
export function* prefixLengths(
  tokens: readonly PatternToken[],
  characters: readonly string[],
  from = 0,
): Generator<number> {
  let states = new Set<number>();
  const enter = (into: Set<number>, state: number) => {
    into.add(state);
    while (tokens[state]?.type === 'star') into.add(++state);
  };
  enter(states, 0);
  for (let at = from; ; at++) {
    if (states.has(tokens.length)) yield at - from;
    const character = characters[at];
    if (character === undefined || states.size === 0) return;
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token?.type === 'star') enter(next, state);
      else if (token && matchesOne(token, character)) enter(next, state + 1);
    }
    states = next;
  }
}

/** `${v#p}` and its kin: what remains without the shortest or longest beginning or end that matches. */
export function trim(text: string, pattern: string, side: 'start' | 'end', longest: boolean): string {
  const characters = [...text];
  let tokens = compilePattern(pattern);
  if (side === 'end') {
    characters.reverse();
    tokens = tokens.toReversed();
  }
  let cut: number | undefined;
  for (const length of prefixLengths(tokens, characters)) {
    cut = length;
    if (!longest) break;
  }
  if (cut === undefined) return text;
  const rest = characters.slice(cut);
  return (side === 'end' ? rest.reverse() : rest).join('');
}

/** `${v/p/r}`: the longest match at each place, the first or all, or only at the start or end. */
export function replace(
  text: string,
  pattern: string,
  replacement: (match: string) => string,
  where: 'first' | 'all' | 'start' | 'end',
): string {
  if (pattern === '') return text;
  const tokens = compilePattern(pattern);
  if (where === 'end') {
    const rest = trim(text, pattern, 'end', true);
    return rest === text ? text : rest + replacement(text.slice(rest.length));
  }
  const characters = [...text];
  let result = '';
  for (let at = 0; at < characters.length;) {
    let longest = 0;
    for (const length of prefixLengths(tokens, characters, at)) longest = length;
    if (longest > 0) {
      result += replacement(characters.slice(at, at + longest).join(''));
      at += longest;
      if (where !== 'all') return result + characters.slice(at).join('');
    } else result += characters[at++];
    if (where === 'start') return result + characters.slice(at).join('');
  }
  return result;
}

/** Text that matches only itself. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]!^-]/g, '\\$&');
}

function matchesOne(token: PatternToken, character: string): boolean {
  if (token.type === 'any') return true;
  if (token.type === 'literal') return token.character === character;
  return token.type === 'set' && token.matches(character);
}

function setAt(
  characters: readonly string[],
  start: number,
): { matches: (c: string) => boolean; end: number } | undefined {
  let at = start + 1;
  const negated = characters[at] === '!' || characters[at] === '^';
  if (negated) at++;
  const tests: ((c: string) => boolean)[] = [];
  for (let isFirst = true; ; isFirst = false) {
    const c = characters[at];
    if (c === undefined) return undefined;
    if (c === ']' && !isFirst) break;
    const name = c === '[' && characters[at + 1] === ':' ? className(characters, at) : undefined;
    if (name) {
      const test = classes[name.name];
      tests.push((candidate) => test?.test(candidate) ?? false);
      at = name.end;
      continue;
    }
    const first = c === '\\' ? (characters[++at] ?? '') : c;
    at++;
    const isRange = characters[at] === '-' && characters[at + 1] !== undefined && characters[at + 1] !== ']';
    if (!isRange) {
      tests.push((candidate) => candidate === first);
      continue;
    }
    at++;
    const last = characters[at] === '\\' ? (characters[++at] ?? '') : (characters[at] ?? '');
    at++;
    tests.push((candidate) => candidate >= first && candidate <= last);
  }
  return { matches: (c) => tests.some((test) => test(c)) !== negated, end: at };
}

function className(characters: readonly string[], at: number): { name: string; end: number } | undefined {
  const match = /^\[:([a-z]+):\]/.exec(characters.slice(at, at + 16).join(''));
  return match?.[1] ? { name: match[1], end: at + match[0].length } : undefined;
}
