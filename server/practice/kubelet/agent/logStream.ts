import type { LogEntry, RunningContainer } from '../../containers/runtime';
import type { LogOptions } from '../nodeAgent';
import { entryBytes, isWanted, selectEntries } from './logText';

/** Entries gathered into one chunk at most. */
const maxChunkBytes = 64 * 1024;

/**
 * A container's log in chunks. With `follow` it goes on until the container has ended; a reader that stops early ends
 * the following.
 */
export async function* logStream(run: RunningContainer, options: LogOptions, now: number): AsyncGenerator<Uint8Array> {
  const queue: LogEntry[] = selectEntries(run.log, options, now);
  let wake = () => {};
  let isOver = !options.follow;
  const unfollow = options.follow
    ? run.log.follow((entry) => {
        if (isWanted(entry, { ...options, sinceSeconds: undefined, sinceTime: undefined }, now)) queue.push(entry);
        wake();
      })
    : () => {};
  if (options.follow)
    void run.exited.then(() => {
      isOver = true;
      wake();
    });
  let left = options.limitBytes ?? Infinity;
  try {
    while (left > 0) {
      while (queue.length > 0 && left > 0) {
        const chunk = nextChunk(queue, options.timestamps ?? false).subarray(
          0,
          Math.min(left, Number.MAX_SAFE_INTEGER),
        );
        left -= chunk.length;
        yield chunk;
      }
      if (isOver && queue.length === 0) return;
      await new Promise<void>((resolve) => (queue.length > 0 || isOver ? resolve() : (wake = resolve)));
    }
  } finally {
    unfollow();
  }
}

function nextChunk(queue: LogEntry[], timestamps: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (queue.length > 0 && size < maxChunkBytes) {
    const entry = queue.shift();
    if (!entry) break;
    const bytes = entryBytes(entry, timestamps);
    parts.push(bytes);
    size += bytes.length;
  }
  return Buffer.concat(parts);
}
