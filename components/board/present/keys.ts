/** What one keystroke does while the board is shown on a wall. */
export type Command =
  | 'scaleUp'
  | 'scaleDown'
  | 'deletePod'
  | 'writeFile'
  | 'why'
  | 'timeline'
  | 'pause'
  | 'live'
  | 'previousSlot'
  | 'nextSlot'
  | 'digit'
  | 'language'
  | 'theme'
  | 'list'
  | 'leave';

interface Binding {
  command: Command;
  /** As `KeyboardEvent.key` gives them; the first is the one that is shown. */
  keys: readonly string[];
  /** Held down it goes on; everything else is done once a press. */
  repeats?: true;
}

/** In the order in which they are listed. Letters count in both cases, so that caps lock changes nothing. */
export const bindings: readonly Binding[] = [
  { command: 'digit', keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  { command: 'previousSlot', keys: ['ArrowLeft'], repeats: true },
  { command: 'nextSlot', keys: ['ArrowRight'], repeats: true },
  { command: 'scaleUp', keys: ['+', '='] },
  { command: 'scaleDown', keys: ['-', '_'] },
  { command: 'deletePod', keys: ['d', 'Delete'] },
  { command: 'writeFile', keys: ['f'] },
  { command: 'why', keys: ['w'] },
  { command: 'timeline', keys: ['h'] },
  { command: 'pause', keys: ['s'] },
  { command: 'live', keys: ['n'] },
  { command: 'language', keys: ['l'] },
  { command: 'theme', keys: ['t'] },
  { command: 'list', keys: ['?'] },
  { command: 'leave', keys: ['p'] },
];

export interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
  /** The focus is where keys mean something already: a field, a list of choices, a dialog. */
  isTaken: boolean;
}

/** Nothing for a key that is somebody else's: typed into a field, or held with the browser's own modifiers. */
export function commandOf({ key, ctrlKey, altKey, metaKey, repeat, isTaken }: Press): Command | undefined {
  if (isTaken || ctrlKey || altKey || metaKey) return undefined;
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  const found = bindings.find(({ keys }) => keys.includes(wanted));
  return found && (!repeat || found.repeats) ? found.command : undefined;
}

const signs: Record<string, string> = { '-': '−', Delete: 'Del' };

/** What stands on a key that has a letter or a sign. */
export function signOf(key: string): string {
  return signs[key] ?? key.toUpperCase();
}

/** How long after a digit a second one still belongs to the same ordinal, in ms. */
const togetherMs = 900;

export interface Typed {
  ordinal: number;
  at: number;
}

/** Which ordinal the digits mean: 1 then 2 is slot 12 where there is one, and slot 2 where there is none. */
export function typedOrdinal(before: Typed | undefined, digit: number, at: number, ordinals: readonly number[]): Typed {
  const longer = before && at - before.at < togetherMs ? before.ordinal * 10 + digit : digit;
  return { ordinal: ordinals.includes(longer) ? longer : digit, at };
}
