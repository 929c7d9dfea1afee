import type { ListedFile } from '../../lib/actions/contracts';
import type { WrittenFile } from '../../lib/board/model';

/** As deep as this below the mount, and as many as this, in the order of their names. */
export const mostDeep = 6;
export const mostListed = 200;

/** The programs themselves, without a shell: what a file is called is never read as a command, nor cut at its line breaks. */
export function findCommand(folder: string): string[] {
  return ['find', folder, '-maxdepth', String(mostDeep), '-type', 'f', '-print0'];
}

/** GNU's and BusyBox's `stat` read it alike. */
export const statFormat = '%s %Y %n';

/** A command travels in a URL; servers take at least 8 KiB of it. */
const mostBytes = 4096;

/** `stat` for so many of the files at once as a request can carry. */
export function statCommands(paths: readonly string[]): string[][] {
  const commands: string[][] = [];
  let [room, current]: [number, string[]] = [0, []];
  for (const path of paths) {
    const bytes = encodeURIComponent(path).length + '&command='.length;
    if (room < bytes) {
      current = ['stat', '-c', statFormat];
      commands.push(current);
      room = mostBytes;
    }
    current.push(path);
    room -= bytes;
  }
  return commands;
}

/** What `find -print0` found, by name: `.git` folders and the like are files as any. */
export function parseFound(output: string): string[] {
  return output
    .split('\0')
    .filter((path) => path !== '')
    .sort();
}

/**
 * Size and time of each of these, from a line of `stat` for each, in their order. One that has gone meanwhile, or that the program
 * cannot name, has no line, and the others keep theirs: a name may hold a line break, so lines are told apart by the names asked for.
 */
export function parseStats(
  output: string,
  paths: readonly string[],
): ({ bytes: number; modifiedAt: number } | undefined)[] {
  let rest = output;
  return paths.map((path) => {
    const [start, bytes, seconds] = /^(\d+) (\d+) /.exec(rest) ?? [];
    if (start === undefined || !rest.startsWith(`${path}\n`, start.length)) return undefined;
    rest = rest.slice(start.length + path.length + 1);
    return { bytes: Number(bytes), modifiedAt: Number(seconds) * 1000 };
  });
}

/**
 * Who wrote a file last, as far as it can be told: the dashboard's own write, if nothing has changed the file since. Times of
 * files are whole seconds of the node's clock, so a change within the second of the write to the same size goes unseen.
 */
export function writerOf(file: ListedFile, name: string, written: readonly WrittenFile[]): Pick<ListedFile, 'writer'> {
  const by = written.find((candidate) => candidate.name === name);
  if (!by || file.bytes === undefined) return {};
  const isOtherTime = by.modifiedAt !== undefined && by.modifiedAt !== file.modifiedAt;
  return { writer: { by, changedSince: by.bytes !== file.bytes || isOtherTime } };
}
