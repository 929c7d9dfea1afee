import type { ByteWriter } from '../../process/program';
import type { Call } from '../command';
import { join } from '../copying';
import { modeString } from '../listing';
import { groupName, userName } from '../names';
import { formatDate } from '../dates';
import { matchesGlob } from '../patterns';
import type { TarWish } from './tar';
import { blockSize, header, memberOf, padding } from './tarFormat';
import type { Member } from './tarFormat';

/** Writes the archive of `wish.operands`, seen from `folder`, and two blocks of zeros. */
export async function createArchive(
  call: Call,
  wish: TarWish,
  folder: string,
  out: Pick<ByteWriter, 'write'>,
): Promise<void> {
  const writer = new Writer(call, wish, folder, out);
  for (const operand of wish.operands) await writer.add(operand);
  await out.write(Buffer.alloc(blockSize * 2));
}

class Writer {
  private warned = false;
  /** Further names of a file that is in the archive already are links to it. */
  private readonly seen = new Map<string, string>();

  constructor(
    private readonly call: Call,
    private readonly wish: TarWish,
    private readonly folder: string,
    private readonly out: Pick<ByteWriter, 'write'>,
  ) {}

  async add(operand: string): Promise<void> {
    const { call, wish } = this;
    const path = operand.startsWith('/') ? operand : join(this.folder, operand);
    if (wish.exclude.some((pattern) => isExcluded(operand, pattern))) return;
    const stat = await call.attempt(
      () => (wish.flags.has('h') ? call.files.stat(path) : call.files.lstat(path)),
      () => (call.isBusybox ? operand : `${operand}: Cannot stat`),
    );
    if (!stat) return;
    const name = await this.memberName(operand, stat.type === 'directory');
    const facts = {
      owner: userName(call.files, stat.uid),
      group: groupName(call.files, stat.gid),
      linkName: stat.type === 'symlink' ? latin1(call.files.readlink(path)) : '',
    };
    const member = memberOf(name, stat, facts);
    if (member.type === 'other') return;
    const id = `${stat.device}:${stat.inode}`;
    const first = member.type === 'file' && stat.links > 1 ? this.seen.get(id) : undefined;
    if (member.type === 'file' && stat.links > 1) this.seen.set(id, first ?? name);
    if (first !== undefined) await this.put({ ...member, type: 'hardlink', size: 0, linkName: first });
    else await this.put(member, path);
    if (stat.type !== 'directory') return;
    const names = await call.attempt(
      () => call.files.readdir(path),
      () => (call.isBusybox ? `can't open '${operand}'` : `${operand}: Cannot open`),
    );
    for (const entry of names ?? []) await this.add(join(operand, entry));
  }

  private async put(member: Member, path?: string): Promise<void> {
    const bytes =
      member.type === 'file' && path !== undefined
        ? await this.call.attempt(
            () => this.call.files.readFile(path),
            () => (this.call.isBusybox ? `can't open '${member.name}'` : `${member.name}: Cannot open`),
          )
        : new Uint8Array();
    if (!bytes) return;
    if (this.wish.flags.has('v')) await this.tell(member);
    await this.out.write(header({ ...member, size: bytes.length }));
    for (let at = 0; at < bytes.length; at += 65_536) await this.out.write(bytes.subarray(at, at + 65_536));
    if (padding(bytes.length) > 0) await this.out.write(Buffer.alloc(padding(bytes.length)));
    await this.call.process.yield();
  }

  /** Without a leading slash, told once; folders end in one. */
  private async memberName(operand: string, isFolder: boolean): Promise<string> {
    let name = operand;
    if (name.startsWith('/')) {
      name = name.replace(/^\/+/, '') || './';
      if (!this.warned)
        await this.call.warn(
          this.call.isBusybox
            ? "tar: removing leading '/' from member names"
            : "tar: Removing leading `/' from member names",
        );
      this.warned = true;
    }
    return latin1(isFolder && !name.endsWith('/') ? `${name}/` : name);
  }

  private async tell(member: Member): Promise<void> {
    const line = `${text(member.name)}\n`;
    if (this.wish.archive === '-') await this.call.process.stderr.write(Buffer.from(line));
    else await this.call.write(line);
  }
}

/** A shell pattern on the whole name or on its last parts. */
function isExcluded(name: string, pattern: string): boolean {
  const parts = name.replace(/\/$/, '').split('/');
  return parts.some((_, i) => matchesGlob(parts.slice(i).join('/'), pattern));
}

/** A line of `tar tv`. */
export function longLine(call: Call, member: Member): string {
  const type = member.type === 'directory' ? 'directory' : member.type === 'symlink' ? 'symlink' : 'file';
  const mode = modeString({
    type,
    mode: member.mode,
    uid: 0,
    gid: 0,
    size: 0,
    links: 1,
    inode: 0,
    device: 0,
    atimeMs: 0,
    mtimeMs: 0,
    ctimeMs: 0,
  });
  const owner = `${member.owner || member.uid}/${member.group || member.gid}`;
  const target =
    member.type === 'symlink'
      ? ` -> ${text(member.linkName)}`
      : member.type === 'hardlink'
        ? ` link to ${text(member.linkName)}`
        : '';
  const time = call.isBusybox ? formatDate('%F %T', member.mtimeMs) : formatDate('%F %H:%M', member.mtimeMs);
  const size = call.isBusybox
    ? ` ${String(member.size).padStart(9)}`
    : String(member.size).padStart(Math.max(1, 19 - owner.length));
  return `${mode} ${owner}${size} ${time} ${text(member.name)}${target}\n`;
}

export function latin1(name: string): string {
  return Buffer.from(name).toString('latin1');
}

export function text(name: string): string {
  return Buffer.from(name, 'latin1').toString();
}
