import { FileSystemError } from './filesystem';
import type { Credentials } from './filesystem';
import type { DirectoryInode, Inode } from './inode';
import type { MountEntry, Mounts } from './mounts';
import { isAllowed } from './permissions';

/** Where a path led: `inode` is undefined when only the last name is missing. */
export interface Place {
  inode?: Inode;
  mount: MountEntry;
  /** The folder of the last name; for `/` itself the root. */
  parent: DirectoryInode;
  /** The last name, after links; `''` for `/`, and for a path that ends in `.` or `..`. */
  name: string;
  parentMount: MountEntry;
  /** The path without links, `.` and `..`. */
  path: string;
  /** The path asked for ended in a slash, so only a folder will do. */
  wantsFolder: boolean;
  /** The folders walked through, root first. */
  trail: readonly Inode[];
}

const longestPath = 4095;
const longestName = 255;
const mostLinks = 40;

interface Step {
  inode: DirectoryInode;
  mount: MountEntry;
  name: string;
}

/** Follows a path as Linux' namei does: permissions, links, mounts and `..` in the order they are met. */
export function walk(table: Mounts, who: Credentials, path: string, options: { follow: boolean; pid?: number }): Place {
  if (path === '') throw new FileSystemError('ENOENT', path);
  if (Buffer.byteLength(path) > longestPath) throw new FileSystemError('ENAMETOOLONG', path);
  if (path.includes('\0')) throw new FileSystemError('EINVAL', path);
  return new Walk(table, who, path, options.pid).run(options.follow);
}

class Walk {
  private readonly steps: Step[];
  private readonly rest: string[];
  private links = 0;
  private wantsFolder: boolean;

  constructor(
    private readonly table: Mounts,
    private readonly who: Credentials,
    private readonly path: string,
    private readonly pid?: number,
  ) {
    this.steps = [{ inode: this.folder(table.root.root), mount: table.root, name: '' }];
    this.rest = path.split('/').reverse();
    this.wantsFolder = endsInFolder(path);
  }

  run(follow: boolean): Place {
    for (;;) {
      const name = this.rest.pop();
      if (name === undefined) return this.folderReached();
      if (name === '' || name === '.') continue;
      const here = this.here();
      this.requireEnter(here.inode);
      if (name === '..') {
        if (this.steps.length > 1) this.steps.pop();
        continue;
      }
      const place = this.enter(here, name, follow);
      if (place) return place;
    }
  }

  /** One name: goes into the folder, replaces a link by its target, or ends at the last name. */
  private enter(here: Step, name: string, follow: boolean): Place | undefined {
    if (Buffer.byteLength(name) > longestName) throw new FileSystemError('ENAMETOOLONG', this.path);
    const isLast = !this.rest.some((part) => part !== '' && part !== '.');
    const found = here.inode.tree.lookup(here.inode, name);
    if (!found) {
      if (isLast) return this.placeOf(here, name, undefined, here.mount);
      throw new FileSystemError('ENOENT', this.path);
    }
    const mount = this.table.on(found);
    const inode = mount ? mount.root : found;
    if (inode.type === 'symlink' && (!isLast || follow || this.wantsFolder))
      return this.followLink(inode, here, name, isLast);
    if (inode.type === 'directory') {
      this.steps.push({ inode, mount: mount ?? here.mount, name });
      return undefined;
    }
    if (!isLast || this.wantsFolder) throw new FileSystemError('ENOTDIR', this.path);
    return this.placeOf(here, name, inode, mount ?? here.mount);
  }

  private followLink(link: Inode & { type: 'symlink' }, here: Step, name: string, isLast: boolean): Place | undefined {
    if (++this.links > mostLinks) throw new FileSystemError('ELOOP', this.path);
    if (link.leadsTo) {
      const inode = link.leadsTo;
      if (inode.type === 'directory') {
        this.steps.push({ inode, mount: here.mount, name });
        return undefined;
      }
      if (!isLast) throw new FileSystemError('ENOTDIR', this.path);
      return this.placeOf(here, name, inode, here.mount);
    }
    const target = link.isSelf ? String(this.pid ?? '') : link.target;
    if (target.startsWith('/')) this.steps.length = 1;
    if (isLast && endsInFolder(target)) this.wantsFolder = true;
    this.rest.push(...target.split('/').reverse());
    return undefined;
  }

  private placeOf(here: Step, name: string, inode: Inode | undefined, mount: MountEntry): Place {
    return {
      inode,
      mount,
      parent: here.inode,
      parentMount: here.mount,
      name,
      path: `${this.pathOf(this.steps)}/${name}`,
      wantsFolder: this.wantsFolder,
      trail: this.steps.map((step) => step.inode),
    };
  }

  private folderReached(): Place {
    const here = this.here();
    const above = this.steps.at(-2) ?? here;
    return {
      inode: here.inode,
      mount: here.mount,
      parent: above.inode,
      parentMount: above.mount,
      name: /(^|\/)\.{1,2}\/*$/.test(this.path) ? '' : here.name,
      path: this.pathOf(this.steps) || '/',
      wantsFolder: this.wantsFolder,
      trail: this.steps.map((step) => step.inode),
    };
  }

  private pathOf(steps: readonly Step[]): string {
    return steps
      .slice(1)
      .map((step) => `/${step.name}`)
      .join('');
  }

  private here(): Step {
    const step = this.steps.at(-1);
    if (!step) throw new FileSystemError('ENOENT', this.path);
    return step;
  }

  private folder(inode: Inode): DirectoryInode {
    if (inode.type !== 'directory') throw new FileSystemError('ENOTDIR', this.path);
    return inode;
  }

  private requireEnter(inode: Inode): void {
    if (!isAllowed(inode, this.who, 'execute')) throw new FileSystemError('EACCES', this.path);
  }
}

function endsInFolder(path: string): boolean {
  return /(^|\/)\.{0,2}$/.test(path);
}
