import type { FileSystem, Stat } from '../filesystem/filesystem';
import type { FileCall, PlainStat } from './messages';

/** Does a worker's call on the files of the process that runs there. Throws `FileSystemError`. */
export function doFileCall(files: FileSystem, call: FileCall): unknown {
  const path = decode(call.path);
  switch (call.method) {
    case 'stat':
      return plain(files.stat(path));
    case 'lstat':
      return plain(files.lstat(path));
    case 'exists':
      return files.exists(path);
    case 'readFile':
      // A device has no end: what /dev/null holds is what all of them hold here.
      return files.stat(path).type === 'character' ? new Uint8Array() : Uint8Array.from(files.readFile(path));
    case 'readdir':
      return files.readdir(path).map(encode);
    case 'readlink':
      return encode(files.readlink(path));
    case 'realpath':
      return encode(files.realpath(path));
    case 'writeFile':
      return files.writeFile(path, call.bytes);
    case 'appendFile':
      return files.writeFile(path, call.bytes, { append: true });
    case 'mkdir':
      return files.mkdir(path, { recursive: call.recursive });
    case 'rm':
      return files.lstat(path).type === 'directory' ? files.rmdir(path) : files.unlink(path);
    case 'rename':
      return files.rename(path, decode(call.to));
    case 'link':
      return files.link(path, decode(call.to));
    case 'symlink':
      return files.symlink(path, decode(call.to));
    case 'chmod':
      return files.chmod(path, call.mode);
    case 'utimes':
      return files.utimes(path, call.atimeMs, call.mtimeMs);
  }
}

function plain({ type, mode, size, mtimeMs, device, inode }: Stat): PlainStat {
  return { type, mode, size, mtimeMs, device, inode };
}

/** Text to one character a byte, and back. */
export function encode(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}
