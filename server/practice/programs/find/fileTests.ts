import type { Stat } from '../../filesystem/filesystem';
import { mayAccess } from '../tests';
import { holds, invalidNumber, numberTest, parseBound } from './numbers';
import type { Given, Primaries, Primary } from './primary';
import type { Search, Test, Visit } from './search';

/** Tests of what a file is: its kind, size, links, what its user may do with it. */
export const fileTests: Primaries = {
  '-type': { build: typeTest, busybox: 0 },
  '-xtype': { build: otherTypeTest },
  '-size': { build: sizeTest, busybox: 0 },
  '-empty': { build: ({ search }) => emptyTest(search), busybox: 32 },
  '-links': { build: (given) => numberTest(given, (stat) => stat.links), busybox: 0 },
  '-inum': { build: (given) => numberTest(given, (stat) => stat.inode), busybox: 0 },
  '-samefile': { build: sameTest, busybox: 35 },
  '-fstype': { build: mountTest },
  '-readable': accessTest(4),
  '-writable': accessTest(2),
  '-executable': { ...accessTest(1), busybox: 30 },
};

/** As find names the kinds of files; sockets and block devices there are none. */
export const kindLetters: Readonly<Record<Stat['type'], string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  character: 'c',
  fifo: 'p',
};

function typesIn(given: Given): string {
  const text = given.argument();
  const { name, refuse } = given;
  if (given.search.call.isBusybox)
    return /^[bcdpfls]$/.test(text) ? text : refuse('', `invalid argument '${text}' to '-type'`);
  if (text === '') refuse(`Arguments to ${name} should contain at least one letter`);
  for (let at = 0; at < text.length; at += 2) {
    const letter = text[at] ?? '';
    if (letter === 'D') {
      refuse(
        `${name} D is not supported because Solaris doors are not supported on the platform find was compiled on.`,
      );
    }
    if (!/[bcdpfls]/.test(letter)) refuse(`Unknown argument to ${name}: ${letter}`);
    if (text.slice(0, at).includes(letter)) refuse(`Duplicate file type '${letter}' in the argument list to ${name}.`);
    const rest = text.slice(at + 1);
    if (rest === ',') refuse(`Last file type in list argument to ${name} is missing, i.e., list is ending on: ','`);
    if (rest !== '' && !rest.startsWith(',')) refuse(`Must separate multiple arguments to ${name} using: ','`);
  }
  return text;
}

function typeTest(given: Given): Test {
  const letters = typesIn(given);
  return ({ stat }) => letters.includes(kindLetters[stat.type]);
}

/** The kind of the other end of a link, or of the link itself where links are followed. */
function otherTypeTest(given: Given): Test {
  const letters = typesIn(given);
  return (visit) => letters.includes(otherKind(given.search, visit));
}

function otherKind({ call, plan }: Search, { path, stat }: Visit): string {
  const file = call.path(path);
  if (plan.follows === 'always') return kindLetters[call.files.lstat(file).type];
  return kindLetters[call.files.exists(file) ? call.files.stat(file).type : stat.type];
}

const units: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 2 ** 20, G: 2 ** 30 };

/** GNU counts begun units, so `-size -1M` is of empty files alone; busybox compares bytes. */
function sizeTest(given: Given): Test {
  const text = given.argument();
  const [, number = '', suffix = ''] = /^(.*?)(\D?)$/s.exec(text) ?? [];
  const bound = parseBound(number, /^\d+$/);
  const unit = units[suffix || 'b'];
  if (given.search.call.isBusybox) {
    if (!bound || !unit || /[MG]/.test(suffix)) return given.refuse('', invalidNumber(text));
    return ({ stat }) => holds({ ...bound, value: bound.value * unit }, stat.size);
  }
  if (text === '') given.refuse('invalid null argument to -size');
  if (!unit) return given.refuse(`invalid -size type \`${suffix}'`);
  if (!bound) return given.refuse(`Invalid argument \`${text}' to -size`);
  return ({ stat }) => holds(bound, Math.ceil(stat.size / unit));
}

function emptyTest(search: Search): Test {
  const { call } = search;
  return async ({ path, stat }) => {
    if (stat.type !== 'directory') return stat.type === 'file' && stat.size === 0;
    try {
      return call.files.readdir(call.path(path)).length === 0;
    } catch (error) {
      await search.refused(path, error);
      return false;
    }
  };
}

function sameTest(given: Given): Test {
  const { inode, device } = statOf(given, given.argument(), given.search.plan.follows !== 'never');
  return ({ stat }) => stat.inode === inode && stat.device === device;
}

/** Of a file that an argument names; without it the call ends. */
export function statOf({ search, refuse }: Given, operand: string, follow: boolean): Stat {
  const { call } = search;
  const path = call.path(operand);
  try {
    return follow && call.files.exists(path) ? call.files.stat(path) : call.files.lstat(path);
  } catch (error) {
    const { reason } = error as { reason?: string };
    return refuse(`${search.named(operand)}: ${reason ?? ''}`, `can't stat '${operand}': ${reason ?? ''}`);
  }
}

function mountTest(given: Given): Test {
  const type = given.argument();
  const { call } = given.search;
  return ({ path, stat }) => stat.type !== 'symlink' && call.files.mountOf(call.path(path)).type === type;
}

function accessTest(bits: number): Primary {
  return {
    build:
      ({ search: { call } }) =>
      ({ path }) =>
        mayAccess(call, call.path(path), bits),
  };
}
