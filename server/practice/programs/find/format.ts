import { single } from '../escapes';
import { directiveOf, isTimeLetter, timeDirective } from './directives';
import type { Given } from './primary';
import { bytesOf } from './quoting';
import type { Search, Visit } from './search';

/** A piece of a -printf format, as bytes in latin1. */
type Piece = (visit: Visit) => string;

/** The format of -printf, read once. What GNU does not know in it, it warns of and prints as it stands. */
export function formatOf(given: Given, format: string): Piece {
  const pieces: Piece[] = [];
  const pattern = /\\([0-7]{1,3}|[\s\S]|$)|%([-+ 0#]*)(\d*)(?:\.(\d*))?([\s\S]|$)|[^%\\]+/g;
  for (let match = pattern.exec(format); match; match = pattern.exec(format)) {
    const [whole, escape, flags = '', width = '', precision, letter] = match;
    if (escape === 'c') break;
    if (escape !== undefined) pieces.push(constant(escapeOf(given, escape)));
    else if (letter === undefined) pieces.push(constant(bytesOf(whole)));
    else {
      const clock = isTimeLetter(letter) ? (format[pattern.lastIndex] ?? '') : '';
      if (clock !== '') pattern.lastIndex++;
      pieces.push(conversion(given, { whole, flags, width, precision, letter, clock }));
    }
  }
  return (visit) => pieces.map((piece) => piece(visit)).join('');
}

function constant(text: string): Piece {
  return () => text;
}

function escapeOf({ warn }: Given, escape: string): string {
  if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8) & 255);
  const known = escape === 'e' ? undefined : single[escape];
  if (known !== undefined) return String.fromCharCode(known);
  warn(escape === '' ? "escape `\\' followed by nothing at all" : `unrecognized escape \`\\${escape}'`);
  return bytesOf(`\\${escape}`);
}

interface Conversion {
  whole: string;
  flags: string;
  width: string;
  precision: string | undefined;
  letter: string;
  /** What follows %A, %C and %T: how the time is written. */
  clock: string;
}

function conversion(given: Given, asked: Conversion): Piece {
  const { whole, letter, clock } = asked;
  if (letter === '') return given.refuse('error: % at end of format string');
  if (letter === '%') return constant('%');
  if (isTimeLetter(letter)) {
    if (clock === '') {
      given.warn(`format directive \`${whole}' should be followed by another character`);
      return constant(whole);
    }
    return ({ stat }) => shaped(timeDirective(stat, letter, clock), asked);
  }
  const directive = directiveOf(letter);
  if (!directive) {
    given.warn(`unrecognized format directive \`%${letter}'`);
    return constant(bytesOf(whole));
  }
  return textOf(given.search, directive, asked);
}

function textOf(search: Search, directive: (visit: Visit, search: Search) => string, asked: Conversion): Piece {
  return (visit) => {
    const text = directive(visit, search);
    return shaped(asked.letter === 'm' && asked.flags.includes('#') ? `0${text}` : text, asked);
  };
}

/** As printf(3) shapes it: %m and %d are numbers to it, all else is text. */
function shaped(text: string, { letter, flags, width, precision }: Conversion): string {
  const isNumber = letter === 'm' || letter === 'd';
  const sign = letter === 'd' ? (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') : '';
  const cut =
    precision === undefined
      ? text
      : isNumber
        ? text.padStart(Number(precision), '0')
        : text.slice(0, Number(precision));
  const size = Math.min(Number(width), 4096);
  if (flags.includes('-')) return (sign + cut).padEnd(size);
  const fillsZeros = isNumber && flags.includes('0') && precision === undefined;
  return fillsZeros ? sign + cut.padStart(size - sign.length, '0') : (sign + cut).padStart(size);
}
