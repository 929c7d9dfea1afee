import { BrokenPipe } from './program';
import type { ByteStream } from './program';
import type { Handle } from './stream';
import type { Task } from './task';

/** A descriptor as one process uses it: its turns are counted, and it rests while the process is stopped. */
export class TaskStream implements ByteStream {
  constructor(
    readonly handle: Handle,
    private readonly task: Task,
  ) {}

  get isTerminal(): boolean {
    return this.handle.isTerminal;
  }

  async read(max?: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    await this.task.yield();
    if (this.handle.isTerminal) await this.task.foreground(signal);
    const ended = signal ? AbortSignal.any([signal, this.task.killed]) : this.task.killed;
    return this.task.blocked(this.handle.read(max, ended));
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.task.yield();
    try {
      await this.task.blocked(this.handle.write(bytes, this.task.killed));
    } catch (error) {
      // The signal comes first, as in the kernel; only who ignores or handles it sees the error.
      if (error instanceof BrokenPipe) this.task.deliver('SIGPIPE');
      return this.task.blocked(Promise.reject(error));
    }
  }

  close(): void {
    this.handle.close();
  }
}
