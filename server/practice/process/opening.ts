import { FileSystemError } from '../filesystem/filesystem';
import type { OpenFlags } from '../filesystem/filesystem';
import type { FifoInode, OpenStream } from '../filesystem/inode';
import type { MountedFiles } from '../filesystem/mountedFiles';
import type { Place } from '../filesystem/walk';
import { Pipe } from './pipe';
import type { Pty } from './pty';
import { Handle } from './stream';

/** Opens a path as a stream: what a redirection opens. Throws `FileSystemError`. */
export function openStream(files: MountedFiles, path: string, flags: OpenFlags, terminal: Pty | undefined): Handle {
  const place = files.openPlace(path, flags);
  const inode = place.inode;
  if (inode?.type === 'fifo') return openFifo(inode, flags, path);
  if (inode?.type === 'character') {
    if (inode.stream instanceof StreamLink) return inode.stream.handle.duplicate();
    if (inode.device === 'tty') {
      if (!terminal) throw new FileSystemError('ENXIO', path);
      return terminal.open();
    }
  }
  // The kernel lets a folder be opened for reading; only reading it fails.
  if (inode?.type === 'directory') return folderHandle(path);
  return fileHandle(files, place, flags);
}

/** Leads from an inode of /proc/PID/fd to the open descriptor itself. */
export class StreamLink implements OpenStream {
  constructor(readonly handle: Handle) {}

  push(bytes: Uint8Array): void {
    const { operations } = this.handle;
    if (operations.push) operations.push(bytes);
    else void operations.write?.(bytes).catch(() => undefined);
  }
}

function fileHandle(files: MountedFiles, place: Place, flags: OpenFlags): Handle {
  const file = files.openInode(place, flags);
  return Handle.of({
    label: place.path,
    inode: place.inode,
    read: flags.read
      ? async (max) => {
          const bytes = file.read(Math.min(max, 2 ** 20));
          return bytes.length === 0 ? null : bytes;
        }
      : undefined,
    write: flags.write ? async (bytes) => void file.write(bytes) : undefined,
    push: flags.write ? (bytes) => void file.write(bytes) : undefined,
    close: () => file.close(),
  });
}

function folderHandle(path: string): Handle {
  const read = async () => {
    throw new FileSystemError('EISDIR', path);
  };
  return Handle.of({ label: path, read, close: () => undefined });
}

class FifoPipe extends Pipe implements OpenStream {
  readers = 0;
  writers = 0;
}

/**
 * Opening a FIFO does not wait for the other side as Linux' open(2) does: a reader waits in its first read, a writer when
 * the pipe is full. What a writer left is there for the next reader.
 */
function openFifo(inode: FifoInode, flags: OpenFlags, path: string): Handle {
  const pipe = inode.stream instanceof FifoPipe ? inode.stream : new FifoPipe();
  inode.stream = pipe;
  if (flags.read) open(pipe, 'reader');
  if (flags.write) open(pipe, 'writer');
  return Handle.of({
    label: path,
    read: flags.read ? (max, signal) => pipe.read(max, signal) : undefined,
    write: flags.write ? (bytes, signal) => pipe.write(bytes, signal) : undefined,
    push: (bytes) => pipe.push(bytes),
    close() {
      if (flags.write && --pipe.writers === 0) pipe.closeWriter();
      if (flags.read && --pipe.readers === 0) pipe.closeReader();
    },
  });
}

function open(pipe: FifoPipe, end: 'reader' | 'writer'): void {
  if (end === 'reader' ? pipe.readers++ === 0 : pipe.writers++ === 0) pipe.reopen(end);
}
