import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** What a start was told, checked. */
export interface Config {
  port: number;
  host: string;
  /** Empty, or `/lab`: without a slash at its end. */
  basePath: string;
  /** More names that this server answers to, behind an ingress. */
  allowedHosts: string[];
  cluster:
    { kind: 'practice' } | { kind: 'context'; context: string; kubeconfig: string | undefined } | { kind: 'pod' };
  /** Where `/` leads; undefined: the context's own. */
  namespace: string | undefined;
  clusterDomain: string;
  practice: {
    directory: string;
    fresh: boolean;
    nodes: number;
    speed: number;
    anyImage: boolean;
    dnsCacheSeconds: number;
    apiPort: number;
  };
  dev: boolean;
}

/** A start that cannot go ahead as asked. The message is all that is shown. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  'base-path': { type: 'string' },
  'allowed-host': { type: 'string', multiple: true },
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
  namespace: { type: 'string' },
  'cluster-domain': { type: 'string' },
  data: { type: 'string' },
  fresh: { type: 'boolean' },
  nodes: { type: 'string' },
  speed: { type: 'string' },
  'any-image': { type: 'boolean' },
  'dns-cache': { type: 'string' },
  'api-port': { type: 'string' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const usage = `usage: npm start -- [options]

  --port N, --host H        where the dashboard listens (3000, 127.0.0.1)
  --base-path /PATH         mounted there instead of at the root
  --allowed-host NAME       also answers to this name (behind an ingress); may be given more than once
  --context NAME            a real cluster, from your kubeconfig; without it, a practice cluster
  --kubeconfig FILE         that file instead of kubectl's own
  --namespace NS            the board that is shown first
  --cluster-domain NAME     of the cluster's DNS (cluster.local)

of the practice cluster:
  --data DIR                where everything is kept (.ordinal)
  --fresh                   forget what an earlier run kept
  --nodes N                 how many nodes (2)
  --speed N                 simulated work takes 1/N of its time (1)
  --any-image               unknown images run as a plain box
  --dns-cache SECONDS       how long its DNS keeps answers (30)
  --api-port PORT           its API server's port (any)

Each also as an environment variable: ORDINAL_CONTEXT, ORDINAL_DATA, …, and PORT, HOST.`;

type Flag = Exclude<keyof typeof flags, 'help' | 'allowed-host'>;
type Environment = Record<string, string | undefined>;

/** Throws a UsageError in words; undefined means that help was asked for. */
export function parseConfig(args: string[], env: Environment): Config | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const text = (flag: Flag): string | undefined => {
    const given =
      values[flag] ?? env[variable(flag)] ?? (flag === 'port' || flag === 'host' ? env[flag.toUpperCase()] : undefined);
    return given === undefined || given === '' ? undefined : String(given);
  };
  const isOn = (flag: Flag): boolean => ['true', '1', 'yes'].includes(text(flag) ?? '');
  const number = (flag: Flag, fallback: number, from: number, to: number, whole = true): number => {
    const value = Number(text(flag) ?? fallback);
    if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
    throw new UsageError(`--${flag} must be a number from ${from} to ${to}, not ${text(flag) ?? ''}.`);
  };
  const config: Config = {
    port: number('port', 3000, 0, 65_535),
    host: text('host') ?? '127.0.0.1',
    basePath: basePathOf(text('base-path')),
    allowedHosts:
      values['allowed-host'] ?? (env['ORDINAL_ALLOWED_HOST'] ?? '').split(',').filter((name) => name !== ''),
    cluster: clusterOf(text('context'), text('kubeconfig'), env),
    namespace: text('namespace'),
    clusterDomain: text('cluster-domain') ?? 'cluster.local',
    practice: {
      directory: text('data') ?? '.ordinal',
      fresh: isOn('fresh'),
      nodes: number('nodes', 2, 1, 1000),
      speed: number('speed', 1, 0.1, 1000, false),
      anyImage: isOn('any-image'),
      dnsCacheSeconds: number('dns-cache', 30, 0, 3600),
      apiPort: number('api-port', 0, 0, 65_535),
    },
    dev: isOn('dev'),
  };
  if (!isLoopback(config.host)) throw new UsageError(beyondLoopback(config.host));
  return config;
}

function variable(flag: string): string {
  return `ORDINAL_${flag.toUpperCase().replaceAll('-', '_')}`;
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: flags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** A real cluster is never taken without being asked for; inside a pod, being there is the asking. */
function clusterOf(context: string | undefined, kubeconfig: string | undefined, env: Environment): Config['cluster'] {
  if (context !== undefined) return { kind: 'context', context, kubeconfig };
  if (kubeconfig !== undefined) {
    throw new UsageError('--kubeconfig needs --context NAME: a cluster is never chosen by its file alone.');
  }
  return env['KUBERNETES_SERVICE_HOST'] && existsSync(tokenFile) ? { kind: 'pod' } : { kind: 'practice' };
}

function basePathOf(text: string | undefined): string {
  if (text === undefined || text === '/') return '';
  if (/^(\/[A-Za-z0-9._~-]+)+\/?$/.test(text)) return text.replace(/\/$/, '');
  throw new UsageError(`--base-path must look like /lab, not ${text}.`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function beyondLoopback(host: string): string {
  return (
    `Listening on ${host} would let everybody on the network act with your rights on the cluster: that needs a login, and none is set up.\n` +
    'Leave --host out to listen on this machine alone (127.0.0.1), and reach it from elsewhere through an SSH tunnel.'
  );
}
