import { parseArgs } from 'node:util';

/** What a practice cluster can be told at its start. */
export interface PracticeOptions {
  /** Everything it keeps lies below this folder. */
  directory: string;
  /** Forgets what an earlier run kept. */
  fresh: boolean;
  nodes: number;
  /** Divides the time that simulated work takes; probes, grace periods and time-outs stay real. */
  speed: number;
  /** Images that nobody knows run as a plain box instead of failing to pull. */
  anyImage: boolean;
  /** How long the cluster's DNS keeps answers; 0 never. */
  dnsCacheSeconds: number;
  /** The API server's port; 0 keeps the last one if it is free, else takes any. */
  apiPort: number;
}

export const defaultPracticeOptions: PracticeOptions = {
  directory: '.ordinal',
  fresh: false,
  nodes: 2,
  speed: 1,
  anyImage: false,
  dnsCacheSeconds: 30,
  apiPort: 0,
};

const flags = {
  data: { type: 'string' },
  fresh: { type: 'boolean' },
  nodes: { type: 'string' },
  speed: { type: 'string' },
  'any-image': { type: 'boolean' },
  'dns-cache': { type: 'string' },
  'api-port': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const practiceUsage = `usage: npm run practice -- [options]

  --data DIR            where everything is kept (.ordinal)
  --fresh               forget what an earlier run kept
  --nodes N             how many nodes (2)
  --speed N             simulated work takes 1/N of its time (1)
  --any-image           unknown images run as a plain box
  --dns-cache SECONDS   how long DNS answers are kept (30)
  --api-port PORT       the API server's port (any)

Each also as an environment variable: ORDINAL_DATA, ORDINAL_NODES, ORDINAL_SPEED, …`;

export class UsageError extends Error {
  override name = 'UsageError';
}

/** Throws `UsageError` in words; `undefined` means that help was asked for. */
export function parsePracticeOptions(
  args: string[],
  env: Record<string, string | undefined>,
): PracticeOptions | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const text = (flag: Exclude<keyof typeof flags, 'help'>) => {
    const given = values[flag] ?? env[`ORDINAL_${flag.toUpperCase().replaceAll('-', '_')}`];
    return given === undefined || given === '' ? undefined : String(given);
  };
  const number = (flag: 'nodes' | 'speed' | 'dns-cache' | 'api-port', fallback: number, from: number, to: number) => {
    const value = Number(text(flag) ?? fallback);
    const whole = flag === 'speed' || Number.isInteger(value);
    if (!whole || !(value >= from && value <= to)) {
      throw new UsageError(`--${flag} must be a number from ${from} to ${to}, not ${text(flag)}`);
    }
    return value;
  };
  const on = (flag: 'fresh' | 'any-image') => ['true', '1', 'yes'].includes(text(flag) ?? '');
  const fallback = defaultPracticeOptions;
  return {
    directory: text('data') ?? fallback.directory,
    fresh: on('fresh'),
    nodes: number('nodes', fallback.nodes, 1, 1000),
    speed: number('speed', fallback.speed, 0.1, 1000),
    anyImage: on('any-image'),
    dnsCacheSeconds: number('dns-cache', fallback.dnsCacheSeconds, 0, 3600),
    apiPort: number('api-port', fallback.apiPort, 0, 65535),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: flags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The flags that give a process these options. */
export function practiceFlags(options: PracticeOptions): string[] {
  return [
    `--data=${options.directory}`,
    ...(options.fresh ? ['--fresh'] : []),
    `--nodes=${options.nodes}`,
    `--speed=${options.speed}`,
    ...(options.anyImage ? ['--any-image'] : []),
    `--dns-cache=${options.dnsCacheSeconds}`,
    `--api-port=${options.apiPort}`,
  ];
}
