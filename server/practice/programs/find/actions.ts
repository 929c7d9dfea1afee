import { FileSystemError } from '../../filesystem/filesystem';
import { formatOf } from './format';
import { ListLines } from './listLine';
import type { Given, Primaries } from './primary';
import { bytesOf, quoted } from './quoting';
import { Quit } from './search';
import type { Search, Test } from './search';

/** What is done with a file, and what holds or does not whatever the file. */
export const actions: Primaries = {
  '-print': { build: ({ search }) => printing(search), acts: true, busybox: 0 },
  '-print0': { build: ({ search }) => printingZero(search), acts: true, busybox: 0 },
  '-printf': { build: printingFormatted, acts: true },
  '-ls': { build: listing, acts: true },
  '-delete': { build: deleting, acts: true, busybox: 0 },
  '-prune': { build: pruning, busybox: 0 },
  '-quit': { build: quitting, busybox: 30 },
  '-true': { build: () => () => true },
  '-false': { build: () => () => false },
};

export function printing({ output }: Search): Test {
  return ({ path }) => {
    output.write(`${output.name(path)}\n`);
    return true;
  };
}

/** Whoever reads this has to get each byte of the name. */
function printingZero({ output }: Search): Test {
  return ({ path }) => {
    output.write(`${bytesOf(path)}\0`);
    return true;
  };
}

function printingFormatted(given: Given): Test {
  const { search } = given;
  const format = formatOf(given, given.argument());
  return (visit) => {
    search.output.write(format(visit));
    return true;
  };
}

function listing({ search }: Given): Test {
  const lines = new ListLines(search);
  return (visit) => {
    search.output.write(lines.of(visit));
    return true;
  };
}

function deleting({ search, mood }: Given): Test {
  const { call } = search;
  search.plan.isDepthFirst = true;
  mood.usesDelete = true;
  return async ({ path, stat }) => {
    // `find . -delete` empties the folder it stands in.
    if (path === '.') return true;
    const file = call.path(path);
    try {
      if (stat.type === 'directory') call.files.rmdir(file);
      else call.files.unlink(file);
      return true;
    } catch (error) {
      return tellKept(search, path, error);
    }
  };
}

/** busybox tells it, and takes it for done. */
async function tellKept(search: Search, path: string, error: unknown): Promise<boolean> {
  if (!(error instanceof FileSystemError)) throw error;
  const { call } = search;
  if (!call.isBusybox) {
    await search.complain(`cannot delete ${quoted(path)}: ${error.reason}`);
    return false;
  }
  await search.tell(`${path}: ${error.reason}`);
  return true;
}

/** With -depth it comes too late and changes nothing. */
function pruning({ mood }: Given): Test {
  mood.usesPrune = true;
  return (visit) => {
    visit.isPruned = true;
    return true;
  };
}

function quitting(): Test {
  return () => {
    throw new Quit();
  };
}
