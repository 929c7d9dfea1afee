import type { Clock } from '../clock';
import type { Stat } from '../filesystem/filesystem';

/** How files are written down: modes, sizes, times, columns. */
const typeLetters: Record<Stat['type'], string> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  character: 'c',
  fifo: 'p',
};

/** `drwxr-xr-t` */
export function modeString(stat: Stat): string {
  const { mode } = stat;
  const triple = (shift: number, special: boolean, letter: string) => {
    const bits = (mode >> shift) & 7;
    const execute = special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${execute}`;
  };
  return (
    typeLetters[stat.type] +
    triple(6, (mode & 0o4000) !== 0, 's') +
    triple(3, (mode & 0o2000) !== 0, 's') +
    triple(0, (mode & 0o1000) !== 0, 't')
  );
}

/** Kibibytes on disk: files take whole blocks of 4096 bytes, a folder one, a short link none. */
export function diskKiB(stat: Stat): number {
  if (stat.type === 'directory') return 4;
  return stat.type === 'file' ? Math.ceil(stat.size / 4096) * 4 : 0;
}

/** `4.0K`, `12M`: GNU rounds up, and so does this; below 1024 the number alone. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const tenths = Math.ceil(value * 10 - 1e-9) / 10;
  if (tenths < 10) return `${tenths.toFixed(1)}${units[unit]}`;
  const whole = Math.ceil(value - 1e-9);
  return whole >= 1024 && unit < units.length - 1 ? `1.0${units[unit + 1]}` : `${whole}${units[unit]}`;
}

const units = ['K', 'M', 'G', 'T', 'P'];
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const halfYearMs = 15_778_476_000;

/** `Nov 22 02:08`, or `Jan  2  2025` when it is more than half a year away. Containers run in UTC. */
export function listingTime(ms: number, clock: Clock): string {
  const date = new Date(ms);
  const day = `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const recent = clock.now() - ms < halfYearMs && ms - clock.now() < 3_600_000;
  return `${day} ${recent ? date.toISOString().slice(11, 16) : String(date.getUTCFullYear()).padStart(5)}`;
}

/** Names down the columns, as many columns as fit. busybox gives all the same width, GNU each its own. */
export function inColumns(names: readonly { shown: string; width: number }[], total: number, uniform: boolean): string {
  for (let columns = Math.min(names.length, Math.floor(total / 3) || 1); columns > 1; columns--) {
    const rows = Math.ceil(names.length / columns);
    if (Math.ceil(names.length / rows) !== columns) continue;
    const widths = columnWidths(names, rows, columns, uniform);
    const used = widths.reduce((sum, width) => sum + width, 0) - (uniform ? 0 : 2);
    if (used <= total - (uniform ? 0 : 1)) return grid(names, rows, widths);
  }
  return names.map((name) => `${name.shown}\n`).join('');
}

function columnWidths(names: readonly { width: number }[], rows: number, columns: number, uniform: boolean): number[] {
  const widest = (of: readonly { width: number }[]) => Math.max(0, ...of.map((name) => name.width)) + 2;
  if (uniform) return new Array<number>(columns).fill(widest(names));
  return Array.from({ length: columns }, (_, c) => widest(names.slice(c * rows, (c + 1) * rows)));
}

function grid(names: readonly { shown: string; width: number }[], rows: number, widths: number[]): string {
  let text = '';
  for (let row = 0; row < rows; row++) {
    const cells = widths.map((_, c) => names[c * rows + row]).filter((name) => name !== undefined);
    text += cells
      .map((name, c) => (c === cells.length - 1 ? name.shown : name.shown + ' '.repeat((widths[c] ?? 0) - name.width)))
      .join('');
    text += '\n';
  }
  return text;
}
