import type { Inode, OpenStream } from '../filesystem/inode';
import type { ByteReader, ByteStream, ByteWriter } from './program';

/** What an open file description can do: a pipe's end, a file with its position, a device, a terminal. */
export interface StreamOperations extends OpenStream {
  /** Resolves with null at the end, and when `signal` aborts, having taken nothing. */
  read?(max: number, signal?: AbortSignal): Promise<Uint8Array | null>;
  write?(bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** The last holder has let go. */
  close(): void;
  readonly isTerminal?: boolean;
  /** What /proc/PID/fd shows: a path, or `pipe:[123]`. */
  readonly label: string;
  /** For a plain file, so that /proc/PID/fd/N leads to it. */
  readonly inode?: Inode;
}

const defaultReadBytes = 65536;

/**
 * One holder's handle on an open file description. The description closes when its last handle does, as a file does when
 * the last process that inherited it has gone: only then does the other end of a pipe see the end.
 */
export class Handle implements ByteStream {
  private isOpen = true;
  private constructor(private readonly description: { operations: StreamOperations; holders: number }) {
    description.holders++;
  }

  static of(operations: StreamOperations): Handle {
    return new Handle({ operations, holders: 0 });
  }

  get operations(): StreamOperations {
    return this.description.operations;
  }

  get isTerminal(): boolean {
    return this.operations.isTerminal ?? false;
  }

  duplicate(): Handle {
    return new Handle(this.description);
  }

  async read(max = defaultReadBytes, signal?: AbortSignal): Promise<Uint8Array | null> {
    if (!this.isOpen || !this.operations.read) return null;
    return this.operations.read(max, signal);
  }

  async write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (!this.isOpen || !this.operations.write) throw new BadDescriptor();
    if (bytes.length > 0) await this.operations.write(bytes, signal);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (--this.description.holders === 0) this.operations.close();
  }
}

/** EBADF: the descriptor is closed or not open this way. */
export class BadDescriptor extends Error {
  override name = 'BadDescriptor';
  override message = 'Bad file descriptor';
}

/** A holder of its own of what was passed in: ours are duplicated, a stranger's stream is wrapped and never closed. */
export function handleOf(stream: ByteReader | ByteWriter): Handle {
  if (stream instanceof Handle) return stream.duplicate();
  if (hasHandle(stream)) return stream.handle.duplicate();
  return Handle.of({
    label: 'anon_inode:[stream]',
    isTerminal: stream.isTerminal,
    read: 'read' in stream ? (max, signal) => stream.read(max, signal) : undefined,
    write: 'write' in stream ? (bytes) => stream.write(bytes) : undefined,
    close: () => undefined,
  });
}

function hasHandle(stream: object): stream is { handle: Handle } {
  return 'handle' in stream && stream.handle instanceof Handle;
}
