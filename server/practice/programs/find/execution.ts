import { ExecError } from '../../process/program';
import { absolute } from '../command';
import { codeOf } from '../environment';
import { Answers } from './answers';
import { baseName } from './nameTests';
import type { Given, Primaries } from './primary';
import { bytesOf } from './quoting';
import type { Search, Test } from './search';

/** -exec and its kin: commands for each file, or for as many at once as fit. */
export const executions: Primaries = {
  '-exec': { build: (given) => executing(given, { inFolder: false, asks: false }), acts: true, busybox: 0 },
  '-execdir': { build: (given) => executing(given, { inFolder: true, asks: false }), acts: true },
  '-ok': { build: (given) => executing(given, { inFolder: false, asks: true }), acts: true, busybox: 37 },
  '-okdir': { build: (given) => executing(given, { inFolder: true, asks: true }), acts: true },
};

interface Manner {
  /** It runs where the file lies, and is told `./NAME`. */
  inFolder: boolean;
  asks: boolean;
}

/** As much as Linux lets a command be told is more; GNU stops here all the same. */
const mostBytes = 128 * 1024;

function executing(given: Given, manner: Manner): Test {
  const { words, isBatch } = commandIn(given, manner);
  if (isBatch) return batching(given, words, manner);
  const { search } = given;
  const answers = manner.asks ? new Answers(search.call.process.stdin) : undefined;
  return async ({ path }) => {
    const { name, cwd } = placeOf(search, path, manner);
    const argv = words.map((word) => word.replaceAll('{}', () => name));
    if (answers && !(await isAllowed(search, answers, argv, path))) return false;
    return run(search, argv, cwd, false);
  };
}

/** The command's words, up to `;`, or to a `+` behind `{}`. */
function commandIn(given: Given, { asks }: Manner): { words: string[]; isBatch: boolean } {
  const { name, refuse, search } = given;
  const { isBusybox } = search.call;
  const words: string[] = [];
  for (;;) {
    const word = given.next();
    if (word === undefined) return refuse(`missing argument to \`${name}'`, `${name} requires an argument`);
    const ends = word === '+' && !asks && (isBusybox || words.at(-1)?.includes('{}'));
    if (ends) return { words: batchWords(given, words), isBatch: true };
    if (word === ';') break;
    words.push(word);
  }
  if (words.length === 0) refuse(`invalid argument \`;' to \`${name}'`, `${name} requires an argument`);
  return { words, isBatch: false };
}

function batchWords({ name, refuse, search }: Given, words: string[]): string[] {
  const count = words.reduce((sum, word) => sum + word.split('{}').length - 1, 0);
  if (words.length === 0) refuse('', `${name} requires an argument`);
  if (count !== 1) {
    refuse(`Only one instance of {} is supported with ${name} ... +`, "only one '{}' allowed for -exec +");
  }
  const last = words.at(-1) ?? '';
  if (last !== '{}' && !search.call.isBusybox)
    refuse(`In '${name} ... {} +' the '{}' must appear by itself, but you specified '${last}'`);
  return words;
}

function placeOf({ call }: Search, path: string, { inFolder }: Manner): { name: string; cwd?: string } {
  if (!inFolder) return { name: path };
  const base = baseName(path);
  if (base === '/') return { name: base, cwd: '/' };
  return { name: `./${base}`, cwd: call.path(path).replace(/\/[^/]*\/*$/, '') || '/' };
}

async function isAllowed(search: Search, answers: Answers, argv: readonly string[], path: string): Promise<boolean> {
  const { call, output } = search;
  await output.flush();
  const question = call.isBusybox ? `${argv.join(' ')} ?` : `< ${argv[0] ?? ''} ... ${path} > ? `;
  await call.process.stderr.write(Buffer.from(question)).catch(() => {});
  return /^[yY]/.test(await answers.next());
}

/** Always holds; that a command failed shows in what find ends with. */
function batching(given: Given, words: readonly string[], manner: Manner): Test {
  const { search } = given;
  const at = words.findIndex((word) => word.includes('{}'));
  let names: string[] = [];
  let cwd: string | undefined;
  let bytes = 0;
  const flush = async () => {
    if (names.length === 0) return;
    const argv = words.flatMap((word, i) => (i === at ? names.map((name) => word.replace('{}', () => name)) : [word]));
    names = [];
    bytes = 0;
    if (!(await run(search, argv, cwd, true))) search.call.code = 1;
  };
  search.endings.push(flush);
  return async ({ path }) => {
    const place = placeOf(search, path, manner);
    const size = bytesOf(place.name).length + 9;
    if (bytes + size > mostBytes || place.cwd !== cwd) await flush();
    cwd = place.cwd;
    names.push(place.name);
    bytes += size;
    return true;
  };
}

/** A command that cannot be run is told of; only for a batch is it an error of find's. */
async function run(
  search: Search,
  argv: readonly string[],
  cwd: string | undefined,
  isBatch: boolean,
): Promise<boolean> {
  const { process } = search.call;
  await search.output.flush();
  try {
    const child = await process.spawn(argv, cwd === undefined ? {} : { cwd: absolute(process, cwd) });
    return codeOf(await child.exited) === 0;
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    const text = `${search.named(error.argv0)}: ${error.reason}`;
    await (isBatch ? search.complain(text) : search.tell(text));
    return false;
  }
}
