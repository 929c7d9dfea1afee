import { FileSystemError } from '../filesystem/filesystem';
import type { Stat } from '../filesystem/filesystem';
import { command } from './command';
import type { Call } from './command';
import { diskKiB, humanSize, inColumns, listingTime, modeString } from './listing';
import { groupName, userName } from './names';

/** `ls` with what labs use of it; times are mtime (or ctime with -c, atime with -u), the order is of bytes (locale C). */
interface Entry {
  name: string;
  path: string;
  stat: Stat;
  target?: string;
}

export const ls = command(
  {
    letters: '1aAdlhinRrStFpLHCxgoscuUvXw:Q',
    long: {
      all: 'a',
      'almost-all': 'A',
      directory: 'd',
      'human-readable': 'h',
      inode: 'i',
      'numeric-uid-gid': 'n',
      recursive: 'R',
      reverse: 'r',
      classify: 'F',
      size: 's',
      width: 'w',
      color: 'color?',
      'full-time': 'full-time',
      'group-directories-first': 'folders',
    },
    usage: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
    usageCode: 2,
  },
  async (call) => {
    const operands = call.operands.length > 0 ? call.operands : ['.'];
    const plain: Entry[] = [];
    const folders: Entry[] = [];
    for (const operand of operands) {
      const entry = await look(call, operand);
      if (entry) (entry.stat.type === 'directory' && !call.has('d') ? folders : plain).push(entry);
    }
    if (plain.length > 0) await show(call, sorted(call, plain));
    let first = plain.length === 0;
    for (const folder of sorted(call, folders)) {
      await list(call, folder, { heading: operands.length > 1 || call.has('R'), first });
      first = false;
    }
  },
);

async function look(call: Call, operand: string): Promise<Entry | undefined> {
  return attempt(call, operand, () => {
    const path = call.path(operand);
    const own = call.files.lstat(path);
    // A link to a folder is followed, unless its details are asked for.
    const follow = own.type === 'symlink' && (call.has('L', 'H') || !call.has('l', 'd', 'F', 'n', 'g', 'o'));
    const stat = follow && call.files.exists(path) ? call.files.stat(path) : own;
    return { name: operand, path, stat, ...targetOf(call, path, stat) };
  });
}

async function attempt<T>(call: Call, operand: string, task: () => T, opening = false): Promise<T | undefined> {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (call.isBusybox)
      await call.complain(`${opening ? "can't open '" : ''}${operand}${opening ? "'" : ''}: ${error.reason}`);
    else await call.complain(`cannot ${opening ? 'open directory' : 'access'} '${operand}': ${error.reason}`);
    if (!call.isBusybox) call.code = 2;
    return undefined;
  }
}

function targetOf(call: Call, path: string, stat: Stat): { target?: string } {
  return stat.type === 'symlink' ? { target: call.files.readlink(path) } : {};
}

async function list(call: Call, folder: Entry, options: { heading: boolean; first: boolean }): Promise<void> {
  const names = await attempt(call, folder.name, () => call.files.readdir(folder.path), true);
  if (!names) return;
  if (options.heading) await call.write(`${options.first ? '' : '\n'}${folder.name}:\n`);
  const entries = sorted(call, await entriesOf(call, folder, names));
  if (call.has('l', 'n', 's', 'g', 'o', 'full-time')) await call.write(totalLine(call, entries));
  await show(call, entries);
  if (!call.has('R')) return;
  for (const entry of entries) {
    if (entry.stat.type !== 'directory' || entry.name === '.' || entry.name === '..') continue;
    const name = folder.name.endsWith('/') ? folder.name + entry.name : `${folder.name}/${entry.name}`;
    await list(call, { ...entry, name }, { heading: true, first: false });
  }
}

async function entriesOf(call: Call, folder: Entry, names: string[]): Promise<Entry[]> {
  const shown = names.filter((name) => call.has('a', 'A') || !name.startsWith('.'));
  const entries: Entry[] = [];
  for (const name of call.has('a') ? ['.', '..', ...shown] : shown) {
    const path = folder.path === '/' ? `/${name}` : `${folder.path}/${name}`;
    const entry = await attempt(call, path, () => {
      const stat = call.has('L') && call.files.exists(path) ? call.files.stat(path) : call.files.lstat(path);
      return { name, path, stat, ...targetOf(call, path, stat) };
    });
    if (entry) entries.push(entry);
  }
  return entries;
}

function totalLine(call: Call, entries: Entry[]): string {
  const total = entries.reduce((sum, entry) => sum + diskKiB(entry.stat), 0);
  return `total ${call.has('h') ? humanSize(total * 1024) : total}\n`;
}

function sorted(call: Call, entries: Entry[]): Entry[] {
  if (call.has('U')) return entries;
  const time = (entry: Entry) => timeOf(call, entry);
  const byName = (a: Entry, b: Entry) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
  const order = [...entries].sort((a, b) => {
    const first = call.has('t') ? time(b) - time(a) : call.has('S') ? b.stat.size - a.stat.size : 0;
    return first || byName(a, b);
  });
  if (call.has('r')) order.reverse();
  return order;
}

function timeOf(call: Call, entry: Entry): number {
  return call.has('c') ? entry.stat.ctimeMs : call.has('u') ? entry.stat.atimeMs : entry.stat.mtimeMs;
}

async function show(call: Call, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return;
  if (call.has('l', 'n', 'g', 'o', 'full-time')) return void (await call.write(long(call, entries)));
  const names = entries.map((entry) => shortEntry(call, entry));
  const toTerminal = call.process.stdout.isTerminal === true;
  if (call.has('1') || (!toTerminal && !call.has('C', 'x'))) {
    await call.write(names.map((name) => `${name.shown}\n`).join(''));
    return;
  }
  const width = Number(call.value('w') ?? call.process.terminal?.columns ?? 80) || 80;
  await call.write(inColumns(names, width, call.isBusybox));
}

function shortEntry(call: Call, entry: Entry): { shown: string; width: number } {
  const inode = call.has('i') ? `${entry.stat.inode} ` : '';
  const blocks = call.has('s') ? `${diskKiB(entry.stat)} ` : '';
  const text = entry.name + mark(call, entry.stat);
  return { shown: inode + blocks + coloured(call, entry, text), width: [...(inode + blocks + text)].length };
}

function mark(call: Call, stat: Stat): string {
  if (!call.has('F')) return call.has('p') && stat.type === 'directory' ? '/' : '';
  if (stat.type === 'file') return stat.mode & 0o111 ? '*' : '';
  return { directory: '/', symlink: '@', fifo: '|', character: '' }[stat.type];
}

/** busybox as it is built for its image paints names on a terminal; GNU does so only when told. */
function coloured(call: Call, entry: Entry, text: string): string {
  const wish = call.value('color');
  const byDefault = call.isBusybox && call.process.stdout.isTerminal === true;
  const painted =
    wish === undefined
      ? byDefault
      : wish === 'always' || wish === '' || (wish === 'auto' && call.process.stdout.isTerminal === true);
  if (!painted) return text;
  const { type, mode } = entry.stat;
  const colour = type === 'directory' ? 34 : type === 'symlink' ? 36 : type === 'file' ? (mode & 0o111 ? 32 : 0) : 33;
  if (call.isBusybox) return `\x1b[${colour === 0 ? 0 : 1};${colour}m${text}\x1b[m`;
  return colour === 0 ? text : `\x1b[01;${colour}m${text}\x1b[0m`;
}

function long(call: Call, entries: Entry[]): string {
  const rows = entries.map((entry) => cellsOf(call, entry));
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = call.isBusybox ? [0, 4, 8, 8, call.has('h') ? 8 : 9] : [0, 1, 2, 3, 4].map(width);
  const inodeWidth = Math.max(...entries.map((entry) => String(entry.stat.inode).length));
  return rows
    .map((row, i) => {
      const [mode = '', links = '', owner = '', group = '', size = '', time = '', name = ''] = row;
      const inode = call.has('i') ? `${String(entries[i]?.stat.inode).padStart(inodeWidth)} ` : '';
      const blocks = call.has('s') ? `${diskKiB(entries[i]?.stat ?? noStat)} ` : '';
      const numbers = call.has('n') && !call.isBusybox;
      const who = (text: string, column: number) =>
        numbers ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
      const people = `${call.has('g') ? '' : `${who(owner, 2)} `}${call.has('o') ? '' : `${who(group, 3)} `}`;
      return `${inode}${blocks}${mode} ${links.padStart(widths[1] ?? 0)} ${people}${size.padStart(widths[4] ?? 0)} ${time} ${name}\n`;
    })
    .join('');
}

const noStat: Stat = {
  type: 'file',
  mode: 0,
  uid: 0,
  gid: 0,
  size: 0,
  links: 1,
  inode: 0,
  device: 0,
  atimeMs: 0,
  mtimeMs: 0,
  ctimeMs: 0,
};

function cellsOf(call: Call, entry: Entry): string[] {
  const { stat } = entry;
  const numeric = call.has('n');
  const owner = numeric ? undefined : userName(call.files, stat.uid);
  const group = numeric ? undefined : groupName(call.files, stat.gid);
  const size = stat.type === 'character' ? '1,   3' : call.has('h') ? humanSize(stat.size) : String(stat.size);
  const ms = timeOf(call, entry);
  const time = call.has('full-time')
    ? `${new Date(ms)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z/, '')}.000000000 +0000`
    : listingTime(ms, call.process.clock);
  const name =
    coloured(call, entry, entry.name) + (entry.target === undefined ? mark(call, stat) : ` -> ${entry.target}`);
  return [modeString(stat), String(stat.links), owner ?? String(stat.uid), group ?? String(stat.gid), size, time, name];
}
