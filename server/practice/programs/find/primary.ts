import type { Search, Test } from './search';

/** A word of the expression that is no operator. */
export interface Primary {
  /** Undefined: it is an option that says something of the walk, and holds for every file. */
  build: (given: Given) => Test | undefined;
  /** It does something, so that nothing is printed unasked. */
  acts?: boolean;
  /** GNU alone: an option of the walk, which belongs before all tests. */
  isGlobal?: boolean;
  /** busybox has it from 1.N on; undefined: not at all. */
  busybox?: number;
}

/** What a primary finds when it is read. */
export interface Given {
  search: Search;
  /** As it was written: `-name`. */
  name: string;
  /** The next word. */
  argument: () => string;
  /** The next word unless there is none. */
  next: () => string | undefined;
  /** Where -regextype, -daystart and -warn hold for what follows. */
  mood: Mood;
  /** Ends the call in the words of its flavour. */
  refuse: (gnu: string, busybox?: string) => never;
  /** What is said, and find goes on: for GNU alone. */
  warn: (text: string) => void;
}

export interface Mood {
  regexType: string;
  /** The end of the day that is 0 days ago. */
  dayStartMs: number;
  warns: boolean;
  usesDelete: boolean;
  usesPrune: boolean;
  /** -depth was written, rather than being meant by -delete. */
  saysDepth: boolean;
}

/** What ends the call before it has begun. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly showsUsage = false,
  ) {
    super(message);
  }
}

/** -help and -version: this is written, and nothing else done. */
export class Telling extends Error {}

export type Primaries = Readonly<Record<string, Primary>>;
