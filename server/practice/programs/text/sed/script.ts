import type { RegularExpression } from '../regularExpression';

/** A sed script, read: what it does is in `editor.ts`. All texts are latin1 of their bytes. */
export interface Script {
  commands: Command[];
  /** Began with a line `#n`. */
  isQuiet: boolean;
  /** Where the script ends, for what is found wrong only when it runs. */
  end: string;
}

export interface Command {
  first?: Address;
  second?: SecondAddress;
  isNegated: boolean;
  action: Action;
}

/** An expression that is undefined is the one that was used last. */
export type Address =
  /** The 0 of `0,/re/`: as if a line before the first one had matched. */
  | { type: 'start' }
  | { type: 'line'; line: number }
  | { type: 'step'; first: number; step: number }
  | { type: 'last' }
  | { type: 'match'; expression: RegularExpression | undefined };

export type SecondAddress = Address | { type: 'count'; lines: number } | { type: 'multiple'; of: number };

export type Action =
  /** Goes to `end` when its addresses do not match. */
  | { type: 'block'; end: number | undefined }
  | { type: 'append' | 'insert' | 'change'; text: string }
  | { type: 'branch'; when: 'always' | 'replaced' | 'unreplaced'; label: string; to: number }
  | { type: 'quit'; code: number; prints: boolean }
  | { type: 'readFile' | 'readLine'; path: string }
  | { type: 'write' | 'writeFirstLine'; path: string }
  | Substitution
  | { type: 'translate'; to: ReadonlyMap<string, string> }
  | { type: 'list'; width: number | undefined }
  | { type: 'simple'; letter: string };

export interface Substitution {
  type: 'substitute';
  expression: RegularExpression | undefined;
  replacement: readonly Part[];
  isGlobal: boolean;
  /** The match it begins with. */
  number: number;
  prints: boolean;
  path?: string;
}

/** A piece of what is put for a match: text, a group of it, or how the case of what follows is changed. */
export type Part = string | { group: number } | { letters: 'U' | 'L' | 'E' | 'u' | 'l' };
