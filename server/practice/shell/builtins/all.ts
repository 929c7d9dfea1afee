import type { Builtin } from './builtin';
import { control } from './control';
import { declaring } from './declare';
import { echo } from './echo';
import { environment } from './environment';
import { folders } from './folders';
import { jobControl } from './jobControl';
import { lookup } from './lookup';
import { printf } from './printf';
import { read } from './read';
import { settings } from './settings';
import { test } from './test';

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...control,
  ...declaring,
  ...environment,
  ...folders,
  ...jobControl,
  ...lookup,
  ...settings,
  ['echo', echo],
  ['printf', printf],
  ['read', read],
  ['test', test],
  ['[', test],
]);

const special = new Set([
  '.',
  ':',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'times',
  'trap',
  'unset',
]);

/** POSIX' special builtins: their errors end the shell, and assignments before them stay. */
export function isSpecial(name: string): boolean {
  return special.has(name);
}
