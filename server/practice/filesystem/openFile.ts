import { FileSystemError } from './filesystem';
import type { OpenFile, OpenFlags } from './filesystem';
import type { DeviceInode, FifoInode, FileInode } from './inode';
import { statOf } from './mountedFiles';

/** An open file with a position of its own; `append` writes always at the end. */
export function openFile(inode: FileInode, flags: OpenFlags, path: string): OpenFile {
  const snapshot = inode.generated?.();
  let offset = 0;
  let isOpen = true;
  inode.tree.opened(inode);
  const require = (allowed: boolean | undefined) => {
    if (!isOpen || !allowed) throw new FileSystemError('EBADF', path);
  };
  return {
    read(length, position) {
      require(flags.read);
      const at = position ?? offset;
      const bytes = snapshot ? snapshot.slice(at, at + length) : inode.content.read(at, length);
      if (position === undefined) offset += bytes.length;
      return bytes;
    },
    write(bytes, position) {
      require(flags.write);
      if (snapshot) throw new FileSystemError('EACCES', path);
      const at = flags.append ? inode.content.size : (position ?? offset);
      write(inode, at, bytes, path);
      if (position === undefined) offset = at + bytes.length;
      return bytes.length;
    },
    stat: () => statOf(inode),
    close() {
      if (isOpen) inode.tree.closed(inode);
      isOpen = false;
    },
  };
}

function write(inode: FileInode, at: number, bytes: Uint8Array, path: string): void {
  try {
    inode.tree.write(inode, at, bytes);
  } catch (error) {
    throw error instanceof FileSystemError ? new FileSystemError(error.code, path) : error;
  }
}

/** One read of a device that never ends gives at most this much, so that `readFile` of it fails rather than fills memory. */
const mostDeviceBytes = 2 ** 20;

/** Character devices. A pipe or terminal can be written to (without waiting) but not read: that needs `process.open`. */
export function openDevice(
  inode: DeviceInode | FifoInode,
  path: string,
  randomBytes: (length: number) => Uint8Array,
): OpenFile {
  const device = inode.type === 'fifo' ? 'stream' : inode.device;
  return {
    read(length) {
      const size = Math.min(length, mostDeviceBytes);
      if (device === 'null') return new Uint8Array(0);
      // A reader that asks for everything would never come back.
      if (length > 2 ** 28) throw new FileSystemError('EFBIG', path);
      if (device === 'zero' || device === 'full') return new Uint8Array(size);
      if (device === 'random' || device === 'urandom') return randomBytes(size);
      throw new FileSystemError('ENXIO', path);
    },
    write(bytes) {
      if (device === 'full') throw new FileSystemError('ENOSPC', path);
      if (device === 'tty' || device === 'ptmx') throw new FileSystemError('ENXIO', path);
      if (device === 'stream') {
        if (!inode.stream?.push) throw new FileSystemError('ENXIO', path);
        inode.stream.push(bytes);
      }
      return bytes.length;
    },
    stat: () => statOf(inode),
    close: () => undefined,
  };
}
