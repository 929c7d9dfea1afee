/** Lines for whoever runs the server. Plain text to standard error, a line for each event; nothing that a student typed goes in unescaped. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

export const log: Log = {
  info: (message) => write('', message),
  warn: (message) => write('warning: ', message),
};

function write(prefix: string, message: string): void {
  process.stderr.write(`${prefix}${JSON.stringify(message).slice(1, -1).replaceAll('\\"', '"')}\n`);
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
