import type { Mount } from '../filesystem/filesystem';
import { command } from './command';
import type { Call } from './command';
import { diskKiB, humanSize, modeString } from './listing';
import { join } from './copying';
import { groupName, userName } from './names';
import { formatDate } from './dates';

/** df, du, mount, stat. */
export const df = command(
  {
    letters: 'akmhTPit:x:',
    long: { human: 'h', 'human-readable': 'h', all: 'a', 'print-type': 'T', portability: 'P', inodes: 'i' },
    usage: '[-PkmhT] [FILESYSTEM]...',
  },
  async (call) => {
    const mounts: Mount[] = [];
    for (const operand of call.operands) {
      const found = await call.attempt(
        () => {
          call.files.stat(call.path(operand));
          return call.files.mountOf(call.path(operand));
        },
        () => operand,
      );
      if (found) mounts.push(found);
    }
    const shown =
      call.operands.length > 0
        ? mounts
        : call.files
            .mounts()
            .filter((mount) => mount.totalBytes > 0 && !/^(proc|sysfs|devpts|mqueue|cgroup2?)$/.test(mount.type));
    if (shown.length > 0) await call.write(table(call, shown));
  },
);

function table(call: Call, mounts: Mount[]): string {
  const human = call.has('h');
  const unit = call.has('m') ? 2 ** 20 : 1024;
  const size = (bytes: number) => (human ? humanSize(bytes) : String(Math.ceil(bytes / unit)));
  const sizeTitle = human ? 'Size' : call.has('m') ? '1M-blocks' : call.isBusybox ? '1K-blocks' : '1K-blocks';
  const available = call.isBusybox || !human ? 'Available' : 'Avail';
  const rows = mounts.map((mount) => {
    const free = Math.max(0, mount.totalBytes - mount.usedBytes);
    const percent = mount.totalBytes === 0 ? '-' : `${Math.ceil((mount.usedBytes / mount.totalBytes) * 100)}%`;
    return [
      mount.source,
      ...(call.has('T') ? [mount.type] : []),
      size(mount.totalBytes),
      size(mount.usedBytes),
      size(free),
      percent,
      mount.path,
    ];
  });
  const titles = ['Filesystem', ...(call.has('T') ? ['Type'] : []), sizeTitle, 'Used', available, 'Use%', 'Mounted on'];
  const left = call.has('T') ? 2 : 1;
  const widths =
    call.isBusybox && left === 1
      ? [20, 9, 9, 9, 4]
      : titles.map((title, i) =>
          Math.max(
            title.length,
            i === 0 ? 14 : human && i > left - 1 && i < titles.length - 2 ? 5 : 0,
            ...rows.map((row) => row[i]?.length ?? 0),
          ),
        );
  const line = (cells: string[]) =>
    cells
      .map((cell, i) =>
        i === cells.length - 1 ? cell : i < left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join(' ');
  return `${[titles, ...rows].map(line).join('\n')}\n`;
}

export const du = command(
  {
    letters: 'ashkmcd:x0Lb',
    long: { all: 'a', summarize: 's', 'human-readable': 'h', total: 'c', 'max-depth': 'd', bytes: 'b' },
    usage: '[-aHLdclsxhmk] [FILE]...',
  },
  async (call) => {
    let total = 0;
    for (const operand of call.operands.length > 0 ? call.operands : ['.']) {
      if (!call.files.exists(call.path(operand)))
        await call.complain(
          call.isBusybox
            ? `${operand}: No such file or directory`
            : `cannot access '${operand}': No such file or directory`,
        );
      else total += await usage(call, operand, 0);
    }
    if (call.has('c')) await call.write(`${sized(call, total)}\ttotal\n`);
  },
);

async function usage(call: Call, name: string, depth: number): Promise<number> {
  const path = call.path(name);
  const stat = await call.attempt(
    () => call.files.lstat(path),
    () => name,
  );
  if (!stat) return 0;
  let kib = call.has('b') ? stat.size / 1024 : diskKiB(stat);
  if (stat.type === 'directory') {
    const names = await call.attempt(
      () => call.files.readdir(path),
      () => (call.isBusybox ? name : `cannot read directory '${name}'`),
    );
    for (const entry of names ?? []) kib += await usage(call, join(name, entry), depth + 1);
  }
  const deepest = call.has('s') ? 0 : Number(call.value('d') ?? Infinity);
  const shown = depth === 0 || ((stat.type === 'directory' || call.has('a')) && depth <= deepest);
  if (shown) await call.write(`${sized(call, kib)}\t${name}\n`);
  return kib;
}

function sized(call: Call, kib: number): string {
  if (call.has('b')) return String(Math.round(kib * 1024));
  if (call.has('h'))
    return call.isBusybox ? (kib < 1024 ? `${kib.toFixed(1)}K` : humanSize(kib * 1024)) : humanSize(kib * 1024);
  return String(call.has('m') ? Math.ceil(kib / 1024) : kib);
}

export const mount = command({ letters: 'ait:o:rwnvfl', usage: '[OPTIONS] [-o OPT] DEVICE NODE' }, async (call) => {
  if (call.operands.length > 0)
    return call.fail(
      call.isBusybox ? 'permission denied (are you root?)' : `${call.operands.at(-1)}: permission denied.`,
    );
  for (const m of call.files.mounts())
    await call.write(`${m.source} on ${m.path} type ${m.type} (${m.readOnly ? 'ro' : 'rw'},relatime)\n`);
  return 0;
});

export const umount = command({ letters: 'rlfadnt:', usage: '[OPTIONS] FILESYSTEM|DIRECTORY' }, async (call) => {
  const [operand] = call.operands;
  if (operand === undefined) return call.missingOperand();
  return call.fail(
    call.isBusybox ? `can't unmount ${operand}: Operation not permitted` : `${operand}: must be superuser to unmount.`,
    call.isBusybox ? 1 : 32,
  );
});

export const stat = command(
  { letters: 'c:fLt', long: { format: 'c', printf: 'printf:', dereference: 'L' }, usage: '[-ltf] [-c FMT] FILE...' },
  async (call) => {
    if (call.operands.length === 0) return call.missingOperand();
    for (const operand of call.operands) {
      const path = call.path(operand);
      const found = await call.attempt(
        () => (call.has('L') ? call.files.stat(path) : call.files.lstat(path)),
        () => (call.isBusybox ? `can't stat '${operand}'` : `cannot statx '${operand}'`),
      );
      if (!found) continue;
      const format = call.value('c') ?? call.value('printf');
      const end = call.has('printf') ? '' : '\n';
      if (format !== undefined) await call.write(`${filled(call, format, operand)}${end}`);
      else await call.write(filled(call, defaultFormat(call, found.type), operand));
    }
  },
);

function defaultFormat(call: Call, type: string): string {
  const name = type === 'symlink' ? '%N' : '%n';
  const birth = call.isBusybox ? '' : ' Birth: %z\n';
  const device = call.isBusybox ? '%Dh/%dd' : '0,%d';
  return (
    `  File: ${name}\n  Size: %-10s\tBlocks: %-10b IO Block: 4096   %F\nDevice: ${device}\tInode: %-10i  Links: %h\n` +
    `Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n${birth}`
  );
}

const typeNames: Readonly<Record<string, string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  character: 'character special file',
  fifo: 'fifo',
};

function filled(call: Call, format: string, operand: string): string {
  const path = call.path(operand);
  const s = call.has('L') ? call.files.stat(path) : call.files.lstat(path);
  const time = (ms: number) =>
    `${formatDate('%F %T', ms)}.${String(Math.floor(((ms % 1000) + 1000) % 1000)).padStart(3, '0')}000000 +0000`;
  const values: Record<string, () => string> = {
    n: () => operand,
    N: () => (s.type === 'symlink' ? `'${operand}' -> '${call.files.readlink(path)}'` : `'${operand}'`),
    s: () => String(s.size),
    b: () => String(diskKiB(s) * 2),
    B: () => '512',
    o: () => '4096',
    a: () => s.mode.toString(8),
    A: () => modeString(s),
    f: () =>
      (
        s.mode | { file: 0o100000, directory: 0o40000, symlink: 0o120000, character: 0o20000, fifo: 0o10000 }[s.type]
      ).toString(16),
    F: () => (s.type === 'file' && s.size === 0 ? 'regular empty file' : (typeNames[s.type] ?? '')),
    u: () => String(s.uid),
    g: () => String(s.gid),
    U: () => userName(call.files, s.uid) ?? 'UNKNOWN',
    G: () => groupName(call.files, s.gid) ?? 'UNKNOWN',
    i: () => String(s.inode),
    h: () => String(s.links),
    d: () => String(s.device),
    D: () => s.device.toString(16),
    m: () => call.files.mountOf(path).path,
    x: () => time(s.atimeMs),
    y: () => time(s.mtimeMs),
    z: () => time(s.ctimeMs),
    w: () => '-',
    W: () => '0',
    X: () => String(Math.floor(s.atimeMs / 1000)),
    Y: () => String(Math.floor(s.mtimeMs / 1000)),
    Z: () => String(Math.floor(s.ctimeMs / 1000)),
    '%': () => '%',
  };
  return format.replace(
    /%(-?)(0?)(\d*)([a-zA-Z%])/g,
    (whole, minus: string, zero: string, width: string, letter: string) => {
      const value = values[letter]?.();
      if (value === undefined) return whole;
      const size = Number(width || 0);
      return minus ? value.padEnd(size) : value.padStart(size, zero ? '0' : ' ');
    },
  );
}
