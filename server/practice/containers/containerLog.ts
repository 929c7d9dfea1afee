import type { Clock } from '../clock';
import type { ContainerLog, LogEntry } from './runtime';

/** As the kubelet keeps by default (containerLogMaxSize). */
const mostBytes = 10 * 2 ** 20;
/** containerd cuts longer lines into partial entries of this size. */
const longestLine = 16 * 1024;
/** What an entry takes beside its bytes, so that a million empty lines are bounded as well. */
const entryOverhead = 64;

/** What a container wrote, line by line; the oldest lines go when it grows too large. */
export class BoundedLog implements ContainerLog {
  private lines: LogEntry[] = [];
  private first = 0;
  private bytes = 0;
  private readonly rest: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  private readonly restBytes = { stdout: 0, stderr: 0 };
  private readonly listeners = new Set<(entry: LogEntry) => void>();

  constructor(private readonly clock: Clock) {}

  entries(): readonly LogEntry[] {
    return this.lines.slice(this.first);
  }

  follow(listener: (entry: LogEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(10, start);
      if (end < 0) break;
      this.line(stream, bytes.subarray(start, end));
      start = end + 1;
    }
    this.keep(stream, bytes.subarray(start));
  }

  /** The writer has gone: what came without a newline is a partial line. */
  finish(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.restBytes[stream] > 0) this.add(stream, this.takeRest(stream), true);
    }
  }

  private line(stream: 'stdout' | 'stderr', end: Uint8Array): void {
    this.keep(stream, end);
    this.add(stream, this.takeRest(stream), false);
  }

  private keep(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.slice(at, at + longestLine - this.restBytes[stream]);
      this.rest[stream].push(part);
      this.restBytes[stream] += part.length;
      at += part.length;
      if (this.restBytes[stream] >= longestLine && at < bytes.length) this.add(stream, this.takeRest(stream), true);
    }
  }

  private takeRest(stream: 'stdout' | 'stderr'): Uint8Array {
    const parts = this.rest[stream];
    this.rest[stream] = [];
    this.restBytes[stream] = 0;
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  private add(stream: 'stdout' | 'stderr', line: Uint8Array, partial: boolean): void {
    const entry: LogEntry = { at: this.clock.now(), stream, line, ...(partial ? { partial } : {}) };
    this.lines.push(entry);
    this.bytes += line.length + entryOverhead;
    while (this.bytes > mostBytes) this.dropOldest();
    for (const listener of this.listeners) listener(entry);
  }

  private dropOldest(): void {
    const oldest = this.lines[this.first++];
    this.bytes -= (oldest?.line.length ?? 0) + entryOverhead;
    if (this.first < 4096 || this.first < this.lines.length / 2) return;
    this.lines = this.lines.slice(this.first);
    this.first = 0;
  }
}
