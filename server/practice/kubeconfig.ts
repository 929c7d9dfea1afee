import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse, stringify } from 'yaml';

/** One way into the cluster, as kubectl keeps it. */
export interface KubeconfigEntry {
  /** The context's and the cluster's name. */
  name: string;
  user: string;
  token: string;
  server: string;
  /** PEM. */
  ca: string;
  namespace?: string;
}

interface Named {
  name: string;
  [part: string]: unknown;
}

interface Kubeconfig {
  apiVersion?: string;
  kind?: string;
  clusters?: Named[] | null;
  users?: Named[] | null;
  contexts?: Named[] | null;
  'current-context'?: string;
  [more: string]: unknown;
}

/**
 * Writes our own cluster, user and context entries into the file and keeps everything else in it, such as the namespace a
 * student has set as current and entries of other clusters. Readable by its owner only; replaced in one step.
 */
export function renewKubeconfig(file: string, entry: KubeconfigEntry): void {
  const found = read(file);
  const context = (found.contexts ?? []).find((c) => c.name === entry.name)?.context as object | undefined;
  const kept = context ?? (entry.namespace ? { namespace: entry.namespace } : {});
  const renewed: Kubeconfig = {
    ...found,
    apiVersion: 'v1',
    kind: 'Config',
    clusters: put(found.clusters, {
      name: entry.name,
      cluster: { server: entry.server, 'certificate-authority-data': Buffer.from(entry.ca).toString('base64') },
    }),
    users: put(found.users, { name: entry.user, user: { token: entry.token } }),
    contexts: put(found.contexts, { name: entry.name, context: { ...kept, cluster: entry.name, user: entry.user } }),
    'current-context': found['current-context'] || entry.name,
  };
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.new`;
  writeFileSync(beside, stringify(renewed), { mode: 0o600 });
  renameSync(beside, file);
}

/** What the file holds; nothing when it is not there or is no kubeconfig, which is then replaced. */
function read(file: string): Kubeconfig {
  try {
    const content: unknown = parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as Kubeconfig) : {};
  } catch {
    return {};
  }
}

function put(list: Named[] | null | undefined, entry: Named): Named[] {
  return [...(list ?? []).filter((other) => other.name !== entry.name), entry];
}
