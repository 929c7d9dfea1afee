import { Telling } from './primary';
import type { Given, Primaries, Primary } from './primary';

const help = `Usage: find [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]

Default path is the current directory; default expression is -print.
Expression may consist of: operators, options, tests, and actions.
`;

/** Words that say how to walk rather than which files are meant. */
export const settings: Primaries = {
  '-maxdepth': { ...global((given) => void (given.search.plan.most = levels(given))), busybox: 0 },
  '-mindepth': { ...global((given) => void (given.search.plan.least = levels(given))), busybox: 0 },
  '-depth': { ...global(depthFirst), busybox: 0 },
  '-d': global((given) => {
    given.warn(
      'the -d option is deprecated; please use -depth instead, because the latter is a POSIX-compliant feature.',
    );
    depthFirst(given);
  }),
  '-xdev': { ...global(stayOnDevice), busybox: 0 },
  '-mount': global(stayOnDevice),
  '-noleaf': global(() => {}),
  '-ignore_readdir_race': global(() => {}),
  '-noignore_readdir_race': global(() => {}),
  '-follow': { build: ({ search }) => void (search.plan.follows = 'always'), busybox: 0 },
  '-daystart': { build: countFromMidnight },
  '-warn': { build: ({ mood }) => void (mood.warns = true) },
  ...Object.fromEntries(['-help', '--help'].map((name) => [name, telling(help)])),
  ...Object.fromEntries(['-version', '--version'].map((name) => [name, telling('find (GNU findutils) 4.9.0\n')])),
  '-nowarn': { build: ({ mood }) => void (mood.warns = false) },
};

function global(build: (given: Given) => void): Primary {
  return { build: (given) => void build(given), isGlobal: true };
}

function telling(text: string): Primary {
  return {
    build: () => {
      throw new Telling(text);
    },
  };
}

function levels(given: Given): number {
  const text = given.argument();
  if (/^\d+$/.test(text)) return Number(text);
  return given.refuse(
    `Expected a positive decimal integer argument to ${given.name}, but got '${text}'`,
    `invalid number '${text}'`,
  );
}

function depthFirst({ search, mood }: Given): void {
  search.plan.isDepthFirst = true;
  mood.saysDepth = true;
}

function stayOnDevice({ search }: Given): void {
  search.plan.staysOnDevice = true;
}

/** Containers run in UTC. */
function countFromMidnight({ search, mood }: Given): undefined {
  mood.dayStartMs = search.startedMs - (search.startedMs % 86_400_000);
}
