import type { DirectoryInode, FileInode, Inode, SymlinkInode } from '../filesystem/inode';
import { describeMount } from '../filesystem/mounts';
import type { Mounts } from '../filesystem/mounts';
import type { Tree } from '../filesystem/tree';
import { StreamLink } from '../process/opening';
import { nodeMemoryKiB } from '../nodeMemory';
import type { Handle } from '../process/stream';
import type { ProcessTable } from '../process/table';
import type { Task } from '../process/task';

export interface ProcOptions {
  tree: Tree;
  mounts: Mounts;
  hostname: string;
  now: () => number;
  /** When the node was started. */
  bootedAt: number;
  processes: () => ProcessTable | undefined;
}

/**
 * What /proc has of a Linux kernel: the processes (cmdline, comm, environ, status, stat, cwd, exe, root, fd) and the files
 * that ordinary tools read. Numbers of the machine are made up but steady; nothing is measured.
 */
export function fillProc(options: ProcOptions): void {
  const proc = new Proc(options);
  options.tree.root.generated = { lookup: (name) => proc.lookup(name), names: () => proc.names() };
}

const fixedNames = [
  'self',
  'mounts',
  'cpuinfo',
  'meminfo',
  'loadavg',
  'uptime',
  'version',
  'filesystems',
  'sys',
] as const;
type FixedName = (typeof fixedNames)[number];

const cpuinfo = [0, 1]
  .map((n) => `processor\t: ${n}\nvendor_id\t: GenuineIntel\nmodel name\t: Virtual CPU\n\n`)
  .join('');
const meminfo = [
  `MemTotal:        ${nodeMemoryKiB} kB`,
  `MemFree:         ${nodeMemoryKiB / 2} kB`,
  `MemAvailable:    ${nodeMemoryKiB / 2} kB`,
  'Buffers:               0 kB',
  `Cached:          ${Math.floor(nodeMemoryKiB / 4)} kB`,
  'SwapTotal:             0 kB',
  'SwapFree:              0 kB',
  '',
].join('\n');

class Proc {
  /** Made when first looked up: most containers never look into /proc. */
  private readonly fixed = new Map<string, Inode>();

  constructor(private readonly options: ProcOptions) {}

  names(): string[] {
    return [...this.tasks().map((task) => String(task.pid)), ...fixedNames];
  }

  lookup(name: string): Inode | undefined {
    const known = this.fixed.get(name);
    if (known) return known;
    const wanted = fixedNames.find((fixed) => fixed === name);
    if (wanted) {
      const made = this.make(wanted);
      this.fixed.set(name, made);
      return made;
    }
    const task = /^[1-9]\d*$/.test(name) ? this.options.processes()?.get(Number(name)) : undefined;
    return task ? this.process(task) : undefined;
  }

  private make(name: FixedName): Inode {
    switch (name) {
      case 'self': {
        const link = this.link('self');
        link.isSelf = true;
        return link;
      }
      case 'mounts':
        return this.link('self/mounts');
      case 'cpuinfo':
        return this.file(() => cpuinfo);
      case 'meminfo':
        return this.file(() => meminfo);
      case 'loadavg':
        return this.file(() => `0.10 0.08 0.05 1/${this.tasks().length + 100} ${this.tasks().at(-1)?.pid ?? 1}\n`);
      case 'uptime':
        return this.file(() => `${this.uptime().toFixed(2)} ${(this.uptime() * 1.9).toFixed(2)}\n`);
      case 'version':
        return this.file(() => 'Linux version 6.1.0-practice (practice@cluster) #1 SMP\n');
      case 'filesystems':
        return this.file(() => 'nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n\text4\n');
      case 'sys':
        return this.folder({ kernel: this.kernel() });
    }
  }

  private kernel(): DirectoryInode {
    return this.folder({
      hostname: this.file(() => `${this.options.hostname}\n`),
      ostype: this.file(() => 'Linux\n'),
    });
  }

  private process(task: Task): DirectoryInode {
    const listed = (words: Iterable<string>) => [...words].map((word) => `${word}\0`).join('');
    const folder = this.folder({
      cmdline: this.file(() => listed(task.argv)),
      comm: this.file(() => `${nameOf(task)}\n`),
      environ: this.file(() => listed([...task.env].map(([name, value]) => `${name}=${value}`)), 0o400),
      status: this.file(() => statusOf(task)),
      stat: this.file(
        () => `${task.pid} (${nameOf(task)}) ${task.info.state} ${task.parentPid} ${task.group} ${task.group} 0 -1\n`,
      ),
      mounts: this.file(() => this.mounts()),
      cgroup: this.file(() => '0::/\n'),
      cwd: this.link(task.cwd),
      root: this.link('/'),
      exe: this.link(task.argv[0] ?? ''),
      fd: this.descriptors(task),
    });
    folder.uid = task.user.uid;
    folder.gid = task.user.gid;
    return folder;
  }

  private descriptors(task: Task): DirectoryInode {
    const folder = this.folder({}, 0o500);
    folder.uid = task.user.uid;
    folder.generated = {
      names: () => [...task.handles.keys()].map(String),
      lookup: (name) => {
        const handle = task.handles.get(Number(name));
        return handle ? this.descriptor(handle) : undefined;
      },
    };
    return folder;
  }

  private descriptor(handle: Handle): SymlinkInode {
    const { inode, label } = handle.operations;
    const link = this.link(label);
    if (inode && inode.links > 0) {
      link.leadsTo = inode;
      return link;
    }
    const { tree } = this.options;
    const leadsTo = tree.make(tree.newNumber(), { type: 'character', device: 'stream', mode: 0o666, uid: 0, gid: 0 });
    if (leadsTo.type === 'character') leadsTo.stream = new StreamLink(handle);
    link.leadsTo = leadsTo;
    return link;
  }

  private mounts(): string {
    const lines = this.options.mounts.all().map((entry) => {
      const { source, path, type, readOnly } = describeMount(entry);
      const escaped = path.replace(/[ \t\n\\]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
      return `${source} ${escaped} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`;
    });
    return lines.join('');
  }

  private uptime(): number {
    return (this.options.now() - this.options.bootedAt) / 1000;
  }

  private tasks(): Task[] {
    return this.options.processes()?.all() ?? [];
  }

  private file(text: () => string, mode = 0o444): FileInode {
    const inode = this.options.tree.make(this.options.tree.newNumber(), { type: 'file', mode, uid: 0, gid: 0 });
    if (inode.type !== 'file') throw new TypeError('a file was asked for');
    inode.generated = () => Buffer.from(text());
    return inode;
  }

  private link(target: string): SymlinkInode {
    const init = { type: 'symlink' as const, target, mode: 0o777, uid: 0, gid: 0 };
    const inode = this.options.tree.make(this.options.tree.newNumber(), init);
    if (inode.type !== 'symlink') throw new TypeError('a link was asked for');
    return inode;
  }

  private folder(children: Record<string, Inode>, mode = 0o555): DirectoryInode {
    const inode = this.options.tree.make(this.options.tree.newNumber(), { type: 'directory', mode, uid: 0, gid: 0 });
    if (inode.type !== 'directory') throw new TypeError('a folder was asked for');
    const entries = new Map(Object.entries(children));
    inode.links = 2;
    inode.generated = { lookup: (name) => entries.get(name), names: () => [...entries.keys()] };
    return inode;
  }
}

function nameOf(task: Task): string {
  return (task.argv[0] ?? '').split('/').at(-1)?.slice(0, 15) ?? '';
}

function statusOf(task: Task): string {
  const { uid, gid, groups } = task.user;
  const words = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' } as const;
  const { state } = task.info;
  const four = (id: number) => [id, id, id, id].join('\t');
  return [
    `Name:\t${nameOf(task)}`,
    `Umask:\t${task.umask.toString(8).padStart(4, '0')}`,
    `State:\t${state} (${words[state]})`,
    `Tgid:\t${task.pid}`,
    `Pid:\t${task.pid}`,
    `PPid:\t${task.parentPid}`,
    `Uid:\t${four(uid)}`,
    `Gid:\t${four(gid)}`,
    `Groups:\t${groups.join(' ')} `,
    'VmRSS:\t    1024 kB',
    'Threads:\t1',
    '',
  ].join('\n');
}
