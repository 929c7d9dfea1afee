import { diskKiB, listingTime, modeString } from '../listing';
import { listed } from './quoting';
import type { Search, Visit } from './search';

/** The lines of -ls: `ls -dils`. Columns grow with what has been seen, as they come (lib/listfile.c). */
export class ListLines {
  private readonly widths = new Map([
    ['inode', 9],
    ['blocks', 6],
    ['links', 3],
    ['owner', 8],
    ['group', 8],
    ['size', 8],
  ]);

  constructor(private readonly search: Search) {}

  of({ path, stat }: Visit): string {
    const { call } = this.search;
    const owner = this.search.user(stat.uid) ?? String(stat.uid);
    const group = this.search.group(stat.gid) ?? String(stat.gid);
    const cells = [
      this.cell('inode', stat.inode),
      this.cell('blocks', diskKiB(stat)),
      `${modeString(stat)} ${this.cell('links', stat.links)}`,
      owner.padEnd(this.width('owner', owner)),
      group.padEnd(this.width('group', group)),
      // As ls has it: every device is number 1, 3.
      this.cell('size', stat.type === 'character' ? '1,   3' : stat.size),
      listingTime(stat.mtimeMs, call.process.clock),
    ];
    const target = stat.type === 'symlink' ? ` -> ${listed(call.files.readlink(call.path(path)))}` : '';
    return `${cells.join(' ')} ${listed(path)}${target}\n`;
  }

  private cell(column: string, value: string | number): string {
    const text = String(value);
    return text.padStart(this.width(column, text));
  }

  private width(column: string, text: string): number {
    const width = Math.max(this.widths.get(column) ?? 0, text.length);
    this.widths.set(column, width);
    return width;
  }
}
