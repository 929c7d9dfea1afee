import { FileSystemError } from '../../filesystem/filesystem';
import type { Stat } from '../../filesystem/filesystem';
import { formatDate } from '../dates';
import { diskKiB, modeString } from '../listing';
import { kindLetters } from './fileTests';
import type { Search, Visit } from './search';

/** What the letters of -printf stand for. */
export type Directive = (visit: Visit, search: Search) => string;

const directives: Readonly<Record<string, Directive>> = {
  a: ({ stat }) => timeText(stat.atimeMs, 'c'),
  b: ({ stat }) => String(diskKiB(stat) * 2),
  c: ({ stat }) => timeText(stat.ctimeMs, 'c'),
  d: ({ depth }) => String(depth),
  D: ({ stat }) => String(stat.device),
  f: ({ path }, { output }) => output.name(path.replace(/^.*\/(?=[^/])/s, '').replace(/^\/+$/, '/')),
  F: mountType,
  g: ({ stat }, search) => search.group(stat.gid) ?? String(stat.gid),
  G: ({ stat }) => String(stat.gid),
  h: ({ path }, { output }) => output.name(leading(path)),
  H: ({ start }, { output }) => output.name(start),
  i: ({ stat }) => String(stat.inode),
  k: ({ stat }) => String(diskKiB(stat)),
  l: ({ path, stat }, { call, output }) =>
    stat.type === 'symlink' ? output.name(call.files.readlink(call.path(path))) : '',
  m: ({ stat }) => stat.mode.toString(8),
  M: ({ stat }) => modeString(stat),
  n: ({ stat }) => String(stat.links),
  p: ({ path }, { output }) => output.name(path),
  P: ({ path, start, depth }, { output }) =>
    depth === 0 ? '' : output.name(path.slice(start.length).replace(/^\//, '')),
  s: ({ stat }) => String(stat.size),
  S: ({ stat }) => String(stat.size === 0 ? 1 : Number(((diskKiB(stat) * 1024) / stat.size).toPrecision(6))),
  t: ({ stat }) => timeText(stat.mtimeMs, 'c'),
  u: ({ stat }, search) => search.user(stat.uid) ?? String(stat.uid),
  U: ({ stat }) => String(stat.uid),
  y: ({ stat }) => kindLetters[stat.type],
  Y: otherKind,
};

export function directiveOf(letter: string): Directive | undefined {
  return Object.hasOwn(directives, letter) ? directives[letter] : undefined;
}

/** All before the last name. */
function leading(path: string): string {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const at = trimmed.lastIndexOf('/');
  // Of `folder/` GNU has it be `folder`.
  if (at < 0) return path.includes('/') ? trimmed : '.';
  return trimmed.slice(0, at);
}

/** A link itself lies where its folder does. */
function mountType({ path, stat }: Visit, { call }: Search): string {
  const file = call.path(path);
  return call.files.mountOf(stat.type === 'symlink' ? file.replace(/\/[^/]*\/*$/, '') || '/' : file).type;
}

/** The kind of a link's other end: N where there is none, L where it leads round. */
function otherKind({ path, stat }: Visit, { call }: Search): string {
  if (stat.type !== 'symlink') return kindLetters[stat.type];
  try {
    return kindLetters[call.files.stat(call.path(path)).type];
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return { ENOENT: 'N', ENOTDIR: 'N', ELOOP: 'L' }[error.code as string] ?? '?';
  }
}

export function isTimeLetter(letter: string): letter is 'A' | 'C' | 'T' {
  return letter === 'A' || letter === 'C' || letter === 'T';
}

export function timeDirective(stat: Stat, letter: 'A' | 'C' | 'T', clock: string): string {
  const ms = { A: stat.atimeMs, C: stat.ctimeMs, T: stat.mtimeMs }[letter];
  if (clock === 'c') return formatDate('%a %b %e %H:%M:%S %Y', ms);
  return timeText(ms, clock);
}

/** %a, %c, %t and what follows %A, %C, %T: seconds have ten digits behind the point. */
function timeText(ms: number, clock: string): string {
  const seconds = Math.floor(ms / 1000);
  const fraction = `.${String(Math.floor(ms - seconds * 1000)).padStart(3, '0')}0000000`;
  switch (clock) {
    case '@':
      return `${seconds}${fraction}`;
    case '+':
      return `${formatDate('%F+%T', ms)}${fraction}`;
    case 'S':
    case 'T':
    case 'X':
      return `${formatDate(`%${clock}`, ms)}${fraction}`;
    case 'c':
      return `${formatDate('%a %b %e %H:%M:%S', ms)}${fraction} ${formatDate('%Y', ms)}`;
    default:
      // What `date` has beside strftime(3), such as %N, there is not.
      return /[aAbBCdDeFgGhHIjklmMnprRstuUVwWxyYzZ]/.test(clock) ? formatDate(`%${clock}`, ms) : `%${clock}`;
  }
}
