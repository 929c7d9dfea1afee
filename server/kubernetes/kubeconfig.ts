import { KubeConfig } from '@kubernetes/client-node';
import { Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import type { ContextView } from '../../lib/actions/contracts';
import { ClusterError } from './errors';

/**
 * Which cluster, and as whom. The Kubernetes client library is used for this alone: files, contexts, certificates, tokens,
 * exec plug-ins. Everything after it speaks plain JSON, because the library's typed objects drop fields they do not know.
 */
export interface Access {
  /** Without a trailing slash; may have a path. */
  readonly server: string;
  readonly current: ContextView;
  readonly contexts: ContextView[];
  /** What a connection needs now. Tokens and certificates are read anew from time to time, at once when `fresh`. */
  credentials(fresh?: boolean): Promise<Credentials>;
}

export interface Credentials {
  /** Keeps connections open between requests. */
  agent: HttpAgent;
  /** For connections that are their own, such as a WebSocket. */
  tls: Pick<AgentOptions, 'ca' | 'cert' | 'key' | 'pfx' | 'passphrase' | 'servername' | 'rejectUnauthorized'>;
  /** Set when the cluster is reached through a proxy: then `tls` is in it. */
  proxy?: HttpAgent;
  headers: Record<string, string>;
}

export interface AccessOptions {
  /** By default kubectl's own: `$KUBECONFIG`, `~/.kube/config`. */
  kubeconfig?: string;
  /** By default the file's current context. */
  context?: string;
}

/** By kubectl's loading rules. Throws a ClusterError that says what is missing. */
export function accessFromKubeconfig(options: AccessOptions): Access {
  const config = new KubeConfig();
  try {
    if (options.kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(options.kubeconfig);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new ClusterError('invalid', `The kubeconfig cannot be read: ${words}`);
  }
  const names = config.getContexts().map((context) => context.name);
  const wanted = options.context ?? config.getCurrentContext();
  if (!names.includes(wanted)) {
    const known = names.length === 0 ? 'it has none' : `it has: ${names.join(', ')}`;
    throw new ClusterError('invalid', `The kubeconfig has no context named "${wanted}" (${known}).`);
  }
  config.setCurrentContext(wanted);
  return accessFrom(config);
}

/** The cluster this process runs in, as its pod's service account. */
export function accessFromPod(): Access {
  const config = new KubeConfig();
  config.loadFromCluster();
  return accessFrom(config);
}

/** Tokens in files and from plug-ins change; the library caches them by their own expiry, so asking often is cheap. */
const renewAfterMs = 60_000;

function accessFrom(config: KubeConfig): Access {
  const cluster = config.getCurrentCluster();
  if (!cluster)
    throw new ClusterError('invalid', `The context "${config.getCurrentContext()}" names no known cluster.`);
  const contexts = config.getContexts().map((context): ContextView => ({
    name: context.name,
    cluster: context.cluster,
    user: context.user,
    namespace: context.namespace ?? 'default',
  }));
  const current = contexts.find((context) => context.name === config.getCurrentContext());
  if (!current) throw new ClusterError('invalid', 'The kubeconfig has no current context.');
  let kept: { credentials: Promise<Credentials>; at: number } | undefined;
  let previous: Credentials | undefined;
  return {
    server: cluster.server.replace(/\/+$/, ''),
    current,
    contexts,
    credentials(fresh = false) {
      const now = Date.now();
      if (!kept || fresh || now - kept.at > renewAfterMs) {
        const credentials = readCredentials(config, cluster.server, cluster.proxyUrl, previous);
        kept = { credentials, at: now };
        credentials.then(
          (read) => void (previous = read),
          () => void (kept = undefined),
        );
      }
      return kept.credentials;
    },
  };
}

async function readCredentials(
  config: KubeConfig,
  server: string,
  proxyUrl: string | undefined,
  previous: Credentials | undefined,
): Promise<Credentials> {
  const options: RequestOptions & AgentOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options;
  const tls = { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized };
  const headers = headersOf(options);
  if (proxyUrl !== undefined && options.agent instanceof HttpAgent) {
    return { agent: options.agent, proxy: options.agent, tls: {}, headers };
  }
  // A new agent would throw its open connections away: keep the old one while the certificates are the same.
  if (previous && isSameTls(previous.tls, tls)) return { ...previous, headers };
  const agent = server.startsWith('https:')
    ? new HttpsAgent({ ...tls, keepAlive: true })
    : new HttpAgent({ keepAlive: true });
  return { agent, tls, headers };
}

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === 'string') headers[name] = value;
  }
  if (typeof options.auth === 'string') {
    headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return headers;
}

function isSameTls(a: Credentials['tls'], b: Credentials['tls']): boolean {
  const text = (value: unknown): string => (value instanceof Buffer ? value.toString('base64') : String(value));
  return text(a.ca) === text(b.ca) && text(a.cert) === text(b.cert) && text(a.key) === text(b.key);
}
