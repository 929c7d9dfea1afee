import { Agent, request } from 'node:https';
import { WebSocket } from 'ws';
import { readKubeconfig } from '../kubeconfig';

/** Requests by hand, several in flight at once, where kubectl would be too slow. */
export interface RawApi {
  /** Rejects when the connection breaks before the answer is whole. */
  call(method: string, path: string, body?: object): Promise<{ status: number; body: RawObject }>;
  /** What a shell line in a container prints. Rejects when it fails or the connection breaks. */
  exec(namespace: string, pod: string, line: string): Promise<string>;
  close(): void;
}

export interface RawObject {
  metadata: { name: string; uid: string; resourceVersion: string };
  data?: Record<string, string>;
  items?: RawObject[];
}

export function rawApi(kubeconfig: string): RawApi {
  const { server, tls, headers } = readKubeconfig(kubeconfig);
  const agent = new Agent({ keepAlive: true, ...tls });
  return {
    call: (method, path, body) =>
      new Promise((done, failed) => {
        const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
        const options = { method, agent, headers: { ...headers, 'Content-Type': type } };
        const asked = request(new URL(path, server), options, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', failed);
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            done({ status: response.statusCode ?? 0, body: JSON.parse(text) as RawObject });
          });
        });
        asked.on('error', failed);
        asked.end(body ? JSON.stringify(body) : undefined);
      }),
    exec: (namespace, pod, line) =>
      new Promise((done, failed) => {
        const command = ['sh', '-c', line].map((word) => `command=${encodeURIComponent(word)}`).join('&');
        const path = `/api/v1/namespaces/${namespace}/pods/${pod}/exec?stdout=true&stderr=true&${command}`;
        const socket = new WebSocket(new URL(path, server), 'v4.channel.k8s.io', { ...tls, headers });
        let printed = '';
        let status = '';
        socket.on('message', (data: Buffer) => {
          if (data[0] === 3) status += data.toString('utf8', 1);
          else printed += data.toString('utf8', 1);
        });
        socket.on('error', failed);
        socket.on('close', () => {
          if (status.includes('"Success"')) done(printed);
          else failed(new Error(status || 'the connection broke'));
        });
      }),
    close: () => agent.destroy(),
  };
}
