import { compileGlob } from '../patterns';
import { ExpressionError } from '../text/expressions/expressionError';
import { compileBasic, compileExtended } from '../text/regularExpression';
import { fromEmacs, regexTypes } from './emacsExpression';
import type { Given, Primaries, Primary } from './primary';
import { bytesOf } from './quoting';

/** Tests of a name, of the whole path, of what a link says. */
export const nameTests: Primaries = {
  '-name': { build: (given) => baseTest(given, false), busybox: 0 },
  '-iname': { build: (given) => baseTest(given, true), busybox: 0 },
  ...synonyms(['-path', '-wholename'], { build: (given) => pathTest(given, false), busybox: 0 }),
  ...synonyms(['-ipath'], { build: (given) => pathTest(given, true), busybox: 0 }),
  ...synonyms(['-iwholename'], { build: (given) => pathTest(given, true) }),
  '-lname': { build: (given) => linkTest(given, false) },
  '-ilname': { build: (given) => linkTest(given, true) },
  '-regex': { build: (given) => regexTest(given, false), busybox: 0 },
  '-iregex': { build: (given) => regexTest(given, true) },
  '-regextype': { build: setRegexType },
};

function synonyms(names: readonly string[], primary: Primary): Primaries {
  return Object.fromEntries(names.map((name) => [name, primary]));
}

/** The last name of a path; a slash behind it does not count, and `/` is its own. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function baseTest(given: Given, ignoreCase: boolean) {
  const pattern = given.argument();
  if (pattern.includes('/') && pattern !== '/' && given.mood.warns) {
    given.warn(
      `'${given.name}' matches against basenames only, but the given pattern contains a directory separator ('/'), thus the ` +
        `expression will evaluate to false all the time.  Did you mean '${ignoreCase ? '-iwholename' : '-wholename'}'?`,
    );
  }
  const matches = compileGlob(pattern, ignoreCase);
  return ({ path }: { path: string }) => matches(baseName(path));
}

function pathTest(given: Given, ignoreCase: boolean) {
  const pattern = given.argument();
  if (pattern.length > 1 && pattern.endsWith('/') && given.mood.warns)
    given.warn(`${given.name} ${pattern} will not match anything because it ends with /.`);
  const matches = compileGlob(pattern, ignoreCase);
  return ({ path }: { path: string }) => matches(path);
}

function linkTest(given: Given, ignoreCase: boolean) {
  const matches = compileGlob(given.argument(), ignoreCase);
  const { call } = given.search;
  return ({ path, stat }: { path: string; stat: { type: string } }) =>
    stat.type === 'symlink' && matches(call.files.readlink(call.path(path)));
}

function setRegexType(given: Given): undefined {
  const type = given.argument();
  if (!Object.hasOwn(regexTypes, type)) {
    const known = Object.keys(regexTypes).map((name) => `'${name}'`);
    given.refuse(`Unknown regular expression type '${type}'; valid types are ${known.join(', ')}.`);
  }
  given.mood.regexType = type;
}

/** All of the path has to match. GNU reads Emacs' expressions unless -regextype says another kind, busybox basic ones. */
function regexTest(given: Given, ignoreCase: boolean) {
  const source = given.argument();
  const kind = given.search.call.isBusybox ? 'basic' : (regexTypes[given.mood.regexType] ?? 'basic');
  const options = { ignoreCase, whole: 'line' as const, isLenient: true };
  try {
    const bytes = bytesOf(source);
    const expression =
      kind === 'basic'
        ? compileBasic(bytes, options)
        : compileExtended(kind === 'emacs' ? fromEmacs(bytes) : bytes, options);
    return ({ path }: { path: string }) => expression.find(bytesOf(path)) !== undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return given.refuse(
      `failed to compile regular expression '${source}': ${error.message}`,
      `bad regex '${source}': ${error.message}`,
    );
  }
}
