import { BrokenPipe } from './program';
import { Handle } from './stream';
import type { StreamOperations } from './stream';

/** As on Linux. */
const capacityBytes = 65536;

/** Bytes between two ends, with a writer that waits when the reader is slow. */
export class Pipe {
  private chunks: Uint8Array[] = [];
  private size = 0;
  private readerGone = false;
  private writerGone = false;
  /** Called, and forgotten, at the next change of any kind. */
  private waiting = new Set<() => void>();

  /** Gives at most `max` bytes; null when the writer has gone and nothing is left, or `signal` aborts. */
  async read(max: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    for (;;) {
      if (signal?.aborted || this.readerGone) return null;
      const chunk = this.take(max);
      if (chunk) return chunk;
      if (this.writerGone) return null;
      await this.change(signal);
    }
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** As `read`, but stops after the first `byte`: each chunk that was put in ends there or holds none. */
  async readUntil(byte: number, max: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    for (;;) {
      const first = this.chunks[0];
      if (first && first.length > 0) {
        const found = first.indexOf(byte);
        return this.read(Math.min(max, found < 0 ? first.length : found + 1), signal);
      }
      if (signal?.aborted || this.readerGone || this.writerGone) return null;
      await this.change(signal);
    }
  }

  /** Resolves when all bytes are in; rejects with `BrokenPipe` when the reader has gone. */
  async write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    let rest = bytes;
    for (;;) {
      if (signal?.aborted) return;
      if (this.readerGone) throw new BrokenPipe();
      const room = capacityBytes - this.size;
      // Up to 4096 bytes go in as a whole or wait (PIPE_BUF), so that lines of several writers do not mix.
      if (room > 0 && (room >= rest.length || rest.length > 4096)) {
        this.push(rest.slice(0, room));
        rest = rest.subarray(room);
        if (rest.length === 0) return;
      }
      await this.change(signal);
    }
  }

  /** Puts bytes in without waiting, beyond the capacity if it must be. */
  push(bytes: Uint8Array): void {
    if (this.readerGone || bytes.length === 0) return;
    this.chunks.push(bytes);
    this.size += bytes.length;
    this.wake();
  }

  closeReader(): void {
    this.readerGone = true;
    this.chunks = [];
    this.size = 0;
    this.wake();
  }

  closeWriter(): void {
    this.writerGone = true;
    this.wake();
  }

  /** A FIFO is opened again after its last writer went. What was written and not read is still there to be read. */
  reopen(end: 'reader' | 'writer'): void {
    if (end === 'reader') this.readerGone = false;
    if (end === 'writer' || this.isEmpty) this.writerGone = false;
  }

  /** Drops what nobody has read yet. */
  flush(): void {
    this.chunks = [];
    this.size = 0;
    this.wake();
  }

  private take(max: number): Uint8Array | undefined {
    const first = this.chunks[0];
    if (!first) return undefined;
    // Small writes are joined: a reader that asks for much gets what is there.
    const taken = first.length >= max ? [first.subarray(0, max)] : this.takeSeveral(max);
    if (first.length >= max) this.consume(max);
    this.wake();
    return taken.length === 1 && taken[0] ? taken[0] : Buffer.concat(taken);
  }

  private takeSeveral(max: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    let left = max;
    while (left > 0) {
      const chunk = this.chunks[0];
      if (!chunk) break;
      const part = chunk.subarray(0, left);
      taken.push(part);
      left -= part.length;
      this.consume(part.length);
    }
    return taken;
  }

  private consume(count: number): void {
    const first = this.chunks[0];
    if (!first) return;
    if (first.length > count) this.chunks[0] = first.subarray(count);
    else this.chunks.shift();
    this.size -= count;
  }

  private change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = new Set();
    for (const done of waiting) done();
  }
}

/** The two ends of a new pipe; close yours after giving duplicates to children. */
export function createPipe(label = 'pipe:[0]'): { reader: Handle; writer: Handle } {
  const pipe = new Pipe();
  const reader: StreamOperations = {
    label,
    read: (max, signal) => pipe.read(max, signal),
    close: () => pipe.closeReader(),
  };
  const writer: StreamOperations = {
    label,
    write: (bytes, signal) => pipe.write(bytes, signal),
    push: (bytes) => pipe.push(bytes),
    close: () => pipe.closeWriter(),
  };
  return { reader: Handle.of(reader), writer: Handle.of(writer) };
}
