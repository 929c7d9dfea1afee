import { FileSystemError } from '../filesystem/filesystem';
import type { Stat } from '../filesystem/filesystem';
import type { Call } from './command';
import { lexists } from './makeFolders';

/** Where a copy or a move goes, and the copying of trees. */
export function destinationOf(call: Call, source: string, last: string, isFolder: boolean): string {
  if (!isFolder) return last;
  const name = source.replace(/\/+$/, '').split('/').pop() ?? '';
  return `${last.replace(/\/+$/, '') || (last.startsWith('/') ? '' : '.')}/${name}`;
}

export function isFolder(call: Call, operand: string): boolean {
  const path = call.path(operand);
  return call.files.exists(path) && call.files.stat(path).type === 'directory';
}

export interface CopyOptions {
  recursive: boolean;
  /** Mode, owner and times as well. */
  preserve: boolean;
  /** Symbolic links as links rather than what they mean. */
  keepLinks: boolean;
  force: boolean;
  verbose?: (from: string, to: string) => Promise<void>;
}

/** Copies one file or tree. Errors are told; the rest goes on. */
export async function copyTree(call: Call, from: string, to: string, options: CopyOptions): Promise<boolean> {
  const { files } = call;
  const source = call.path(from);
  const stat = await call.attempt(
    () => (options.keepLinks ? files.lstat(source) : files.stat(source)),
    () => (call.isBusybox ? `can't stat '${from}'` : `cannot stat '${from}'`),
  );
  if (!stat) return false;
  if (stat.type === 'directory') return copyFolder(call, from, to, stat, options);
  const target = call.path(to);
  if (isSame(call, source, target)) {
    await call.complain(`'${from}' and '${to}' are the same file`);
    return false;
  }
  const done = await call.attempt(
    async () => {
      if (stat.type !== 'file' && stat.type !== 'symlink') await copyStream(call, source, target);
      else copyOne(call, source, target, stat, options);
      return true;
    },
    () => (call.isBusybox ? `can't create '${to}'` : `cannot create regular file '${to}'`),
  );
  if (!done) return false;
  await preserve(call, target, stat, options);
  await options.verbose?.(from, to);
  return true;
}

/** A device or a FIFO: piece by piece, until its end or until the disk is full. */
async function copyStream(call: Call, source: string, target: string): Promise<void> {
  const out = call.process.open(target, { write: true, create: true, truncate: true, mode: 0o666 });
  try {
    for await (const chunk of call.chunks(source)) await out.write(chunk);
  } finally {
    out.close();
  }
}

function copyOne(call: Call, source: string, target: string, stat: Stat, options: CopyOptions): void {
  const { files } = call;
  if (stat.type === 'symlink') {
    if (lexists(call, target)) files.unlink(target);
    files.symlink(files.readlink(source), target);
    return;
  }
  const bytes = files.readFile(source);
  try {
    files.writeFile(target, bytes, { mode: stat.mode & 0o777 });
  } catch (error) {
    if (!options.force || !(error instanceof FileSystemError) || !lexists(call, target)) throw error;
    files.unlink(target);
    files.writeFile(target, bytes, { mode: stat.mode & 0o777 });
  }
}

async function copyFolder(call: Call, from: string, to: string, stat: Stat, options: CopyOptions): Promise<boolean> {
  if (!options.recursive) {
    await call.complain(
      call.isBusybox ? `omitting directory '${from}'` : `-r not specified; omitting directory '${from}'`,
    );
    return false;
  }
  const target = call.path(to);
  if (`${real(call, target)}/`.startsWith(`${real(call, call.path(from))}/`)) {
    await call.complain(
      call.isBusybox
        ? `recursion detected, omitting directory '${from}'`
        : `cannot copy a directory, '${from}', into itself, '${to}'`,
    );
    return false;
  }
  if (!call.files.exists(target)) {
    const made = await call.attempt(
      () => {
        call.files.mkdir(target, { mode: stat.mode | 0o700 });
        return true;
      },
      () => (call.isBusybox ? `can't create directory '${to}'` : `cannot create directory '${to}'`),
    );
    if (!made) return false;
    await options.verbose?.(from, to);
  }
  const names = await call.attempt(
    () => call.files.readdir(call.path(from)),
    () => (call.isBusybox ? `can't open '${from}'` : `cannot access '${from}'`),
  );
  let complete = names !== undefined;
  for (const name of names ?? [])
    complete = (await copyTree(call, join(from, name), join(to, name), { ...options, keepLinks: true })) && complete;
  await preserve(call, target, stat, options);
  return complete;
}

async function preserve(call: Call, target: string, stat: Stat, options: CopyOptions): Promise<void> {
  if (!options.preserve || stat.type === 'symlink') return;
  try {
    call.files.utimes(target, stat.atimeMs, stat.mtimeMs);
    call.files.chown(target, stat.uid, stat.gid);
    call.files.chmod(target, stat.mode);
  } catch (error) {
    // Only root may give files away; cp says nothing about it.
    if (!(error instanceof FileSystemError) || error.code !== 'EPERM') throw error;
    call.files.chmod(target, stat.mode & 0o777);
  }
}

function isSame(call: Call, a: string, b: string): boolean {
  if (!call.files.exists(a) || !call.files.exists(b)) return false;
  const [x, y] = [call.files.stat(a), call.files.stat(b)];
  return x.inode === y.inode && x.device === y.device;
}

/** The real path of a name that may not exist yet. */
function real(call: Call, path: string): string {
  if (call.files.exists(path)) return call.files.realpath(path);
  const parent = path.replace(/\/[^/]*\/*$/, '') || '/';
  return parent === path ? path : join(real(call, parent), path.replace(/\/+$/, '').split('/').pop() ?? '');
}

export function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}
