import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { parse } from 'yaml';

export interface Answer<T> {
  code: number;
  body: T;
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { user: { token: string } }[];
}

/** Asks the practice cluster as the user whom the file names, from outside the dashboard. A merge patch, where it is a patch. */
export async function callApi<T>(kubeconfig: string, method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const { code, text } = await callForText(kubeconfig, method, path, body);
  return { code, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

export function callForText(kubeconfig: string, method: string, path: string, body?: unknown) {
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const cluster = config.clusters[0]?.cluster;
  if (!cluster) throw new Error(`${kubeconfig} names no cluster`);
  const options = {
    method,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    headers: {
      Authorization: `Bearer ${config.users[0]?.user.token}`,
      'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    },
  };
  return new Promise<{ code: number; text: string }>((done, failed) => {
    const call = request(new URL(path, cluster.server), options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', failed);
      response.on('end', () => done({ code: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    call.on('error', failed);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
