import type { FileSystem } from '../../filesystem/filesystem';
import { parseMode } from '../mode';
import { findGroup, findUser } from '../names';
import { numberTest } from './numbers';
import type { Given, Primaries } from './primary';
import type { Test } from './search';

/** Tests of who owns a file and who may what with it. */
export const ownerTests: Primaries = {
  '-perm': { build: modeTest, busybox: 0 },
  '-user': { build: userTest, busybox: 0 },
  '-group': { build: groupTest, busybox: 0 },
  '-uid': { build: (given) => numberTest(given, (stat) => stat.uid) },
  '-gid': { build: (given) => numberTest(given, (stat) => stat.gid) },
  '-nouser': {
    build:
      ({ search }) =>
      ({ stat }) =>
        search.user(stat.uid) === undefined,
  },
  '-nogroup': {
    build:
      ({ search }) =>
      ({ stat }) =>
        search.group(stat.gid) === undefined,
  },
};

function userTest(given: Given): Test {
  const uid = ownerIn(given, findUser, {
    empty: 'The argument to -user should not be empty',
    gnu: 'the name of a known user',
    busybox: 'unknown user',
  });
  return ({ stat }) => stat.uid === uid;
}

function groupTest(given: Given): Test {
  const gid = ownerIn(given, findGroup, {
    empty: 'argument to -group is empty, but should be a group name',
    gnu: 'the name of an existing group',
    busybox: 'unknown group',
  });
  return ({ stat }) => stat.gid === gid;
}

/** A number need not be anybody's. */
function ownerIn(
  given: Given,
  lookUp: (files: FileSystem, text: string) => number | undefined,
  words: { empty: string; gnu: string; busybox: string },
): number {
  const text = given.argument();
  const unknown = `${words.busybox} ${text}`;
  if (text === '') given.refuse(words.empty, unknown);
  return lookUp(given.search.call.files, text) ?? given.refuse(`'${text}' is not ${words.gnu}`, unknown);
}

/** `644` exactly these bits, `-644` all of them, `/644` any of them: of no bits at all, every file has them. */
function modeTest(given: Given): Test {
  const text = given.argument();
  const { isBusybox } = given.search.call;
  // What `+644` meant once is no mode to GNU any more, while `+x` is one, and means `x`.
  const [, sign = '', mode = ''] = (isBusybox ? /^([-/+]?)(.*)$/s : /^([-/]?)(.*)$/s).exec(text) ?? [];
  const [forFile, forFolder] = [modeOf(mode, false), modeOf(mode, true)];
  if (forFile === undefined || forFolder === undefined)
    return given.refuse(`invalid mode '${text}'`, `invalid mode '${mode}'`);
  if (sign === '/' && forFile === 0 && !isBusybox) {
    given.warn(
      `you have specified a mode pattern ${text} (which is equivalent to /000). The meaning of -perm /000 has now been ` +
        'changed to be consistent with -perm -000; that is, while it used to match no files, it now matches all files.',
    );
  }
  return ({ stat }) => {
    const wanted = stat.type === 'directory' ? forFolder : forFile;
    if (sign === '-') return (stat.mode & wanted) === wanted;
    if (sign === '') return stat.mode === wanted;
    return (stat.mode & wanted) !== 0 || (wanted === 0 && !isBusybox);
  };
}

function modeOf(text: string, isDirectory: boolean): number | undefined {
  if (!/^[0-7]+$/.test(text)) return parseMode(text, 0, isDirectory);
  const mode = parseInt(text, 8);
  return mode <= 0o7777 ? mode : undefined;
}
