/** What a script means, before anything is expanded. */
export interface Word {
  parts: WordPart[];
  /** As it was written, for messages. */
  source: string;
}

export type WordPart =
  | { type: 'text'; text: string; quoted: boolean }
  | ParameterPart
  | { type: 'command'; script: List; quoted: boolean; line: number }
  | { type: 'arithmetic'; expression: Word; quoted: boolean }
  | { type: 'process'; direction: '<' | '>'; script: List };

export interface ParameterPart {
  type: 'parameter';
  name: string;
  /** `${a[i]}`; `@` and `*` for all. */
  index?: Word;
  /** `${!name}`: what `name` names. */
  indirect?: boolean;
  /** `-`, `:-`, `%%`, `//`, `^^`, `@`…; `length` for `${#name}`, `keys` for `${!a[@]}`, `names` for `${!a*}`. */
  operator?: string;
  argument?: Word;
  replacement?: Word;
  quoted: boolean;
  source: string;
}

export interface List {
  items: { command: AndOr; background: boolean }[];
}

export interface AndOr {
  first: Pipeline;
  rest: { operator: '&&' | '||'; pipeline: Pipeline }[];
  text: string;
}

export interface Pipeline {
  negated: boolean;
  timed: boolean;
  /** `time -p`: in the words of POSIX. */
  isPortable?: boolean;
  commands: Command[];
  text: string;
}

export type Command = { redirects: Redirect[]; line: number } & (
  | { type: 'simple'; assignments: Assignment[]; words: Word[] }
  | { type: 'group'; body: List }
  | { type: 'subshell'; body: List }
  | { type: 'if'; branches: { condition: List; body: List }[]; otherwise?: List }
  | { type: 'loop'; until: boolean; condition: List; body: List }
  | { type: 'for'; name: string; words?: Word[]; body: List }
  | { type: 'cfor'; init: Word; condition: Word; step: Word; body: List }
  | { type: 'case'; subject: Word; arms: CaseArm[] }
  | { type: 'function'; name: string; body: Command }
  | { type: 'arithmetic'; expression: Word }
  | { type: 'conditional'; expression: Conditional }
);

export interface CaseArm {
  patterns: Word[];
  body: List;
  end: ';;' | ';&' | ';;&';
}

export interface Assignment {
  name: string;
  index?: Word;
  append: boolean;
  value: Word | { array: { index?: Word; value: Word }[] };
  source: string;
}

export interface Redirect {
  /** Undefined: 0 for input, 1 for output. */
  fd?: number;
  operator: '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<-' | '<<<';
  target: Word;
  line: number;
}

/** `[[ … ]]`. */
export type Conditional =
  | { type: 'and' | 'or'; left: Conditional; right: Conditional }
  | { type: 'not'; operand: Conditional }
  | { type: 'unary'; operator: string; operand: Word }
  | { type: 'binary'; operator: string; left: Word; right: Word };
