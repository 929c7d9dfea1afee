import type { Stat } from '../../filesystem/filesystem';
import type { Given } from './primary';
import type { Test } from './search';

/** `N`, `+N` (more) or `-N` (less). */
export interface Bound {
  sign: string;
  value: number;
}

function boundIn(given: Given): Bound {
  const text = given.argument();
  const bound = parseBound(text, /^\d+$/);
  return bound ?? given.refuse(`invalid argument \`${text}' to \`${given.name}'`, invalidNumber(text));
}

export function invalidNumber(text: string): string {
  return `invalid number '${text.replace(/^[-+]/, '')}'`;
}

export function parseBound(text: string, digits: RegExp): Bound | undefined {
  const [, sign = '', rest = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  return digits.test(rest) ? { sign, value: Number(rest) } : undefined;
}

export function holds({ sign, value }: Bound, number: number): boolean {
  if (sign === '+') return number > value;
  return sign === '-' ? number < value : number === value;
}

/** A test of a number that every file has. */
export function numberTest(given: Given, numberOf: (stat: Stat) => number): Test {
  const bound = boundIn(given);
  return ({ stat }) => holds(bound, numberOf(stat));
}
