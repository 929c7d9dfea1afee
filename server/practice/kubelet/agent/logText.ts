import type { ContainerLog, LogEntry } from '../../containers/runtime';
import type { LogOptions } from '../nodeAgent';

/** `2026-11-22T00:18:43.123000000Z`: nanoseconds, as the container runtime stamps its lines. */
function lineStamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000000Z');
}

/** The entries of a log that the options ask for, before `limitBytes`. */
export function selectEntries(log: ContainerLog, options: LogOptions, now: number): LogEntry[] {
  const wanted = log.entries().filter((entry) => isWanted(entry, options, now));
  return options.tailLines === undefined ? wanted : wanted.slice(Math.max(0, wanted.length - options.tailLines));
}

export function isWanted(entry: LogEntry, options: LogOptions, now: number): boolean {
  const stream = options.stream ?? 'All';
  if (stream !== 'All' && stream.toLowerCase() !== entry.stream) return false;
  if (options.sinceTime !== undefined && entry.at < Date.parse(options.sinceTime)) return false;
  return options.sinceSeconds === undefined || entry.at >= now - options.sinceSeconds * 1000;
}

/** One entry as it goes over the wire; the last line of a log may lack its newline. */
export function entryBytes(entry: LogEntry, timestamps: boolean): Uint8Array {
  const stamp = timestamps ? Buffer.from(`${lineStamp(entry.at)} `) : Buffer.alloc(0);
  return Buffer.concat([stamp, entry.line, Buffer.from(entry.partial ? '' : '\n')]);
}
