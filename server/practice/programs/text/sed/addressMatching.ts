import type { RegularExpression } from '../regularExpression';
import type { Address, Command, SecondAddress } from './script';

/** What addresses ask of the place that the editor is at. */
export interface Place {
  line: number;
  /** Known only for a command that `asksForLast`: it has to look for another line. */
  isLast: boolean;
  /** Whether the pattern space matches; without an expression the one used last is meant. */
  matches(expression: RegularExpression | undefined): boolean;
}

/** How far a command with two addresses has come. */
export type Range = { state: 'outside' | 'closed' } | { state: 'inside'; lastLine?: number };

export function initialRange({ first }: Command): Range {
  return { state: first?.type === 'start' ? 'inside' : 'outside' };
}

export function asksForLast({ first, second }: Command): boolean {
  return first?.type === 'last' || second?.type === 'last';
}

/** Whether a command is meant for this line, and its range afterwards. */
export function selects(command: Command, range: Range, place: Place): { isSelected: boolean; range: Range } {
  const { first, second } = command;
  if (!first) return { isSelected: true, range };
  if (!second) return { isSelected: matchesAddress(first, place), range };
  if (range.state === 'closed') return { isSelected: false, range };
  // From a line by its number on, a range is entered once.
  const after: Range = { state: first.type === 'line' ? 'closed' : 'outside' };
  if (range.state === 'inside') return insideRange(second, range, after, place);
  return enters(first, second, place) ? enteredRange(second, after, place) : { isSelected: false, range };
}

/** `n` and `N` may have gone past the line at which it begins. */
function enters(first: Address, second: SecondAddress, place: Place): boolean {
  if (first.type !== 'line' || first.line === 0) return matchesAddress(first, place);
  if (place.line === first.line) return true;
  return place.line > first.line && (second.type !== 'line' || place.line <= second.line);
}

function enteredRange(second: SecondAddress, after: Range, place: Place): { isSelected: boolean; range: Range } {
  const lastLine = second.type === 'last' && place.isLast ? place.line : lastLineOf(second, place.line);
  if (lastLine !== undefined && lastLine <= place.line) return { isSelected: true, range: after };
  return { isSelected: true, range: { state: 'inside', ...(lastLine !== undefined && { lastLine }) } };
}

/** The line at which a range that begins here ends, when that can be said without reading on. */
function lastLineOf(second: SecondAddress, line: number): number | undefined {
  switch (second.type) {
    case 'line':
      return second.line;
    case 'count':
      return line + second.lines;
    case 'multiple':
      // From a multiple on it goes to the next one, whatever the manual says.
      return second.of === 0 ? line : line - (line % second.of) + second.of;
    default:
      return undefined;
  }
}

function insideRange(
  second: SecondAddress,
  range: Range & { state: 'inside' },
  after: Range,
  place: Place,
): { isSelected: boolean; range: Range } {
  const { lastLine } = range;
  if (lastLine !== undefined) {
    // When `n` and `N` went past its end, GNU takes one line more, unless the end is a line by its number.
    const isSelected = place.line <= lastLine || second.type !== 'line';
    return { isSelected, range: place.line >= lastLine ? after : range };
  }
  const isEnd = second.type !== 'count' && second.type !== 'multiple' && matchesAddress(second, place);
  return { isSelected: true, range: isEnd ? after : range };
}

function matchesAddress(address: Address, place: Place): boolean {
  switch (address.type) {
    case 'start':
      return false;
    case 'line':
      return place.line === address.line;
    case 'step':
      return place.line >= address.first && (place.line - address.first) % address.step === 0;
    case 'last':
      return place.isLast;
    case 'match':
      return place.matches(address.expression);
  }
}
