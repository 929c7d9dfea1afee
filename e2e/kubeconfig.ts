import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** How a kubeconfig's current context reaches its cluster, as Node's TLS and HTTP take it. */
export interface Access {
  server: string;
  tls: { ca?: Buffer; cert?: Buffer; key?: Buffer };
  headers: Record<string, string>;
}

interface Kubeconfig {
  'current-context'?: string;
  contexts: { name: string; context: { cluster: string; user: string } }[];
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data'?: string } }[];
  users: {
    name: string;
    user: { token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string };
  }[];
}

/** Tokens and client certificates that stand in the file itself; no exec plugins, no files it points to. */
export function readKubeconfig(file: string): Access {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const current = config.contexts.find(({ name }) => name === config['current-context']) ?? config.contexts[0];
  const cluster = config.clusters.find(({ name }) => name === current?.context.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === current?.context.user)?.user;
  if (!cluster || !user) throw new Error(`${file}: its current context names no cluster or no user`);
  return {
    server: cluster.server,
    tls: {
      ca: decoded(cluster['certificate-authority-data']),
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
    },
    headers: user.token ? { Authorization: `Bearer ${user.token}` } : {},
  };
}

function decoded(data: string | undefined): Buffer | undefined {
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}
