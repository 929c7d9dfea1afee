import { Exit } from '../../process/program';
import type { Process } from '../../process/program';

/** Go's flags as cobra reads them: `--port 80`, `--port=80`. */
export class Flags {
  private readonly values = new Map<string, string>();
  readonly operands: string[] = [];

  constructor(args: readonly string[], booleans: readonly string[] = []) {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? '';
      const [, name, value] = /^--?([a-zA-Z][\w-]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
      if (name === undefined) this.operands.push(arg);
      else if (value !== undefined) this.values.set(name, value);
      else if (booleans.includes(name)) this.values.set(name, 'true');
      else this.values.set(name, args[++i] ?? '');
    }
  }

  text(name: string, fallback = ''): string {
    return this.values.get(name) ?? fallback;
  }

  number(name: string, fallback: number): number {
    const value = Number(this.values.get(name) ?? fallback);
    return Number.isInteger(value) ? value : fallback;
  }

  is(name: string, fallback = false): boolean {
    const value = this.values.get(name);
    return value === undefined ? fallback : value === 'true' || value === '1';
  }
}

/** A Go duration (`1m30s`, `500ms`) in milliseconds; undefined when it is none. */
export function duration(text: string): number | undefined {
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  if (text === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, n, unit = 's']) => sum + Number(n) * (units[unit] ?? 0),
    0,
  );
}

/** A line of Go's log package on stderr. */
export async function log(process: Process, text: string): Promise<void> {
  const time = new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  await process.stderr.write(Buffer.from(`${time} ${text}\n`)).catch(() => {});
}

/** Waits for ever; SIGTERM and SIGINT end a Go program with 2, also as process 1. */
export async function forever(process: Process): Promise<never> {
  const code = await new Promise<number>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.onSignal(signal, () => resolve(2));
    process.killed.addEventListener('abort', () => resolve(137), { once: true });
  });
  throw new Exit(code);
}
