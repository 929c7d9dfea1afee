import type { Duplex } from 'node:stream';

/**
 * A stream's chunks until its end. Unlike `for await` over the stream itself, reading to the end leaves the other
 * direction open; a reset counts as the end when `quiet`, and throws otherwise.
 */
export async function* chunksOf(socket: Duplex, options: { quiet?: boolean } = {}): AsyncGenerator<Buffer> {
  let wake = () => {};
  const onChange = () => wake();
  for (const event of ['readable', 'end', 'close', 'error']) socket.on(event, onChange);
  try {
    for (;;) {
      const chunk: Buffer | null = socket.read();
      if (chunk) yield chunk;
      else if (socket.readableEnded || socket.destroyed) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (socket.errored && !options.quiet) throw socket.errored;
  } finally {
    for (const event of ['readable', 'end', 'close', 'error']) socket.off(event, onChange);
  }
}

/** Writes and waits until there is room for more; false when the other end has gone. */
export function send(socket: Duplex, bytes: Uint8Array): Promise<boolean> {
  if (socket.destroyed || socket.writableEnded) return Promise.resolve(false);
  return new Promise((resolve) => socket.write(bytes, (error) => resolve(!error)));
}
