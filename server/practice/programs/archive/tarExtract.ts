import { FileSystemError } from '../../filesystem/filesystem';
import type { Call } from '../command';
import { join } from '../copying';
import { lexists } from '../makeFolders';
import type { TarWish } from './tar';
import { longLine, text } from './tarCreate';
import { padding, readHeader, TarError } from './tarFormat';
import type { Member, Source } from './tarFormat';

/** Puts the members into `folder`, or lists them. A name that leads out of it by `..` is refused. */
export async function extractArchive(call: Call, wish: TarWish, folder: string, source: Source): Promise<void> {
  const late: (() => void)[] = [];
  const wanted = new Set(wish.operands.map((name) => name.replace(/\/+$/, '')));
  const found = new Set<string>();
  for (;;) {
    const member = await readHeader(source);
    if (!member) break;
    const content = await readContent(source, member);
    const name = text(member.name);
    const match = [...wanted].find((want) => name.replace(/\/+$/, '') === want || name.startsWith(`${want}/`));
    if (wanted.size > 0 && match === undefined) continue;
    if (match !== undefined) found.add(match);
    if (wish.action === 't') await call.write(wish.flags.has('v') ? longLine(call, member) : `${name}\n`);
    else if (wish.flags.has('O')) await call.write(content);
    else await place(call, wish, folder, member, content, late);
    await call.process.yield();
  }
  // Folders get their times and modes last: what is put into them would change the one and may need the other.
  for (const finish of late.reverse()) finish();
  for (const name of wanted)
    if (!found.has(name))
      await call.complain(call.isBusybox ? `${name}: not found in archive` : `${name}: Not found in archive`);
}

async function readContent(source: Source, member: Member): Promise<Buffer> {
  if (member.size === 0) return Buffer.alloc(0);
  const bytes = await source.take(member.size + padding(member.size));
  if (!bytes || bytes.length < member.size) throw new TarError('short read');
  return bytes.subarray(0, member.size);
}

async function place(
  call: Call,
  wish: TarWish,
  folder: string,
  member: Member,
  content: Buffer,
  late: (() => void)[],
): Promise<void> {
  const name = strip(text(member.name), wish.strip);
  if (name === '') return;
  if (name.split('/').includes('..')) throw new TarError(`name with '..' component: '${name}'`);
  if (wish.flags.has('v')) await call.write(`${name}\n`);
  const path = join(folder, name).replace(/\/+$/, '') || '/';
  await call.attempt(
    () => {
      makeParents(call, path);
      make(call, wish, folder, member, path, content);
      const finish = () => finishOff(call, wish, member, path);
      if (member.type === 'directory') late.push(finish);
      else finish();
    },
    () => (call.isBusybox ? `can't open '${name}'` : `${name}: Cannot open`),
  );
}

function strip(name: string, parts: number): string {
  const clean = name.replace(/^\/+/, '').replace(/^(?:\.\/)+(?=.)/, '');
  return parts === 0 ? clean : clean.split('/').slice(parts).join('/');
}

function makeParents(call: Call, path: string): void {
  const parent = path.replace(/\/[^/]*$/, '') || '/';
  if (!call.files.exists(parent)) call.files.mkdir(parent, { recursive: true });
}

function make(call: Call, wish: TarWish, folder: string, member: Member, path: string, content: Buffer): void {
  const { files } = call;
  if (member.type === 'directory') {
    if (!files.exists(path)) files.mkdir(path, { mode: 0o755 });
    return;
  }
  if (member.type === 'other') return;
  // The old file goes first, so that an archive never writes through a link that lies there.
  if (lexists(call, path)) {
    if (wish.flags.has('k')) throw new FileSystemError('EEXIST', path);
    if (files.lstat(path).type === 'directory') throw new FileSystemError('EISDIR', path);
    files.unlink(path);
  }
  if (member.type === 'symlink') files.symlink(text(member.linkName), path);
  else if (member.type === 'hardlink') files.link(join(folder, text(member.linkName).replace(/^\/+/, '')), path);
  else files.writeFile(path, content, { mode: 0o666 });
}

function finishOff(call: Call, wish: TarWish, member: Member, path: string): void {
  const { files, process } = call;
  if (member.type !== 'file' && member.type !== 'directory') return;
  if (process.user.uid === 0 && !wish.flags.has('o')) files.chown(path, member.uid, member.gid);
  const keepsMode = !wish.flags.has('nop') && (wish.flags.has('p') || process.user.uid === 0);
  quietly(() => files.chmod(path, keepsMode ? member.mode : member.mode & ~process.umask & 0o777));
  if (!wish.flags.has('m')) quietly(() => files.utimes(path, process.clock.now(), member.mtimeMs));
}

/** A folder that belongs to another user keeps its mode: the files in it are what was asked for. */
function quietly(task: () => void): void {
  try {
    task();
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
  }
}
