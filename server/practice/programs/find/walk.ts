import { FileSystemError } from '../../filesystem/filesystem';
import type { Stat } from '../../filesystem/filesystem';
import { join } from '../copying';
import { quoted } from './quoting';
import type { Search, Test, Visit } from './search';

/** Entries between two turns: a tree of thousands is not walked in one go. */
const entriesPerTurn = 16;

/** Walks what is below the starting points, in the order in which a folder has its names. */
export class Walk {
  private met = 0;
  private device = 0;

  constructor(
    private readonly search: Search,
    private readonly test: Test,
  ) {}

  async from(start: string): Promise<void> {
    await this.enter({ path: start, start, depth: 0 }, []);
  }

  private async enter(at: { path: string; start: string; depth: number }, above: readonly Visit[]): Promise<void> {
    if (++this.met % entriesPerTurn === 0) await this.search.call.process.yield();
    const stat = await this.look(at.path, at.depth);
    if (!stat) return;
    if (at.depth === 0) this.device = stat.device;
    const visit: Visit = { ...at, stat, isPruned: false };
    if (stat.type !== 'directory') return this.meet(visit);
    if (await this.isLoop(visit, above)) return;
    const { plan } = this.search;
    if (!plan.isDepthFirst) await this.meet(visit);
    if (this.goesInto(visit)) await this.below(visit, above);
    if (plan.isDepthFirst) await this.meet(visit);
  }

  private async look(path: string, depth: number): Promise<Stat | undefined> {
    const { call, plan } = this.search;
    const file = call.path(path);
    const follow = plan.follows === 'always' || (plan.follows === 'given' && depth === 0);
    try {
      if (path === '') throw new FileSystemError('ENOENT', path);
      return follow ? call.files.stat(file) : call.files.lstat(file);
    } catch (error) {
      // A link that leads nowhere is met as what it is.
      const dangling = follow && error instanceof FileSystemError && error.code === 'ENOENT' && this.linkAt(file);
      if (dangling) return dangling;
      await this.search.refused(path, error);
      return undefined;
    }
  }

  private linkAt(file: string): Stat | undefined {
    try {
      return this.search.call.files.lstat(file);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      return undefined;
    }
  }

  /** busybox goes round until the kernel has enough of it. */
  private async isLoop({ path, stat }: Visit, above: readonly Visit[]): Promise<boolean> {
    const { search } = this;
    if (search.call.isBusybox || search.plan.follows === 'never') return false;
    const same = above.find((other) => other.stat.inode === stat.inode && other.stat.device === stat.device);
    if (!same) return false;
    await search.complain(
      `File system loop detected; ${quoted(path)} is part of the same file system loop as ${quoted(same.path)}.`,
    );
    return true;
  }

  private goesInto({ depth, stat, isPruned }: Visit): boolean {
    const { plan } = this.search;
    if (depth >= plan.most || (isPruned && !plan.isDepthFirst)) return false;
    return !plan.staysOnDevice || stat.device === this.device;
  }

  private async below(visit: Visit, above: readonly Visit[]): Promise<void> {
    const { call } = this.search;
    let names: string[];
    try {
      names = call.files.readdir(call.path(visit.path));
    } catch (error) {
      return this.search.refused(visit.path, error);
    }
    const within = [...above, visit];
    for (const name of names) {
      await this.enter({ path: join(visit.path, name), start: visit.start, depth: visit.depth + 1 }, within);
    }
  }

  private async meet(visit: Visit): Promise<void> {
    const { plan, output } = this.search;
    if (visit.depth < plan.least || visit.depth > plan.most) return;
    try {
      await this.test(visit);
    } catch (error) {
      // What was there a moment ago can be gone when a test looks closer: a process' folder below /proc.
      await this.search.refused(visit.path, error);
    }
    await output.settle();
  }
}
