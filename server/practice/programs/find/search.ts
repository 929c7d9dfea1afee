import { FileSystemError } from '../../filesystem/filesystem';
import type { Stat } from '../../filesystem/filesystem';
import type { Call } from '../command';
import { groupName, userName } from '../names';
import { Output } from './output';
import { quoted } from './quoting';

/** One file that was met. */
export interface Visit {
  /** As it is printed: the starting point as it was given, and the names below it. */
  path: string;
  start: string;
  depth: number;
  /** Of what a link leads to where links are followed. */
  stat: Stat;
  /** -prune: it is not gone into. */
  isPruned: boolean;
}

/** A test or an action: whether it holds. */
export type Test = (visit: Visit) => boolean | Promise<boolean>;

/** What the options say of the walk. */
export interface Plan {
  follows: 'never' | 'given' | 'always';
  least: number;
  most: number;
  /** A folder comes after what is in it. */
  isDepthFirst: boolean;
  staysOnDevice: boolean;
}

/** -quit: nothing more is looked at. */
export class Quit extends Error {}

/** One run of find: what its tests and actions share. */
export class Search {
  readonly plan: Plan = { follows: 'never', least: 0, most: Infinity, isDepthFirst: false, staysOnDevice: false };
  readonly output: Output;
  /** What is still to be done when all has been walked: the last batch of `-exec … +`. */
  readonly endings: (() => Promise<void>)[] = [];
  readonly startedMs: number;
  private readonly users = new Map<number, string | undefined>();
  private readonly groups = new Map<number, string | undefined>();

  constructor(readonly call: Call) {
    this.output = new Output(call.process.stdout, call.isBusybox);
    this.startedMs = call.process.clock.now();
  }

  /** A user's name; /etc/passwd is read once for each. */
  user(uid: number): string | undefined {
    if (!this.users.has(uid)) this.users.set(uid, userName(this.call.files, uid));
    return this.users.get(uid);
  }

  group(gid: number): string | undefined {
    if (!this.groups.has(gid)) this.groups.set(gid, groupName(this.call.files, gid));
    return this.groups.get(gid);
  }

  /** `find: 'PATH': REASON`, and it will end with 1. */
  async refused(path: string, error: unknown): Promise<void> {
    if (!(error instanceof FileSystemError)) throw error;
    await this.complain(`${this.named(path)}: ${error.reason}`);
  }

  /** Told without a change of what it ends with. */
  async tell(text: string): Promise<void> {
    await this.output.flush();
    await this.call.warn(`${this.call.name}: ${text}`);
  }

  async complain(text: string): Promise<void> {
    await this.output.flush();
    await this.call.complain(text);
  }

  named(path: string): string {
    return this.call.isBusybox ? path : quoted(path);
  }
}
