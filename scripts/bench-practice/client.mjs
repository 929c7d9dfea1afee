/** The API over HTTPS as any client has it, on connections that are kept. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { parse } from 'yaml';

export class Client {
  constructor(kubeconfig) {
    const config = parse(readFileSync(kubeconfig, 'utf8'));
    const { cluster } = config.clusters[0];
    const { user } = config.users[0];
    const bytes = (text) => text && Buffer.from(text, 'base64');
    this.server = cluster.server;
    this.headers = { ...(user.token ? { Authorization: `Bearer ${user.token}` } : {}) };
    this.agent = new Agent({
      keepAlive: true,
      ca: bytes(cluster['certificate-authority-data']),
      cert: bytes(user['client-certificate-data']),
      key: bytes(user['client-key-data']),
    });
  }

  /** The body as text; rejects for an answer that is not 2xx. */
  async text(method, path, body) {
    const response = await this.open(method, path, body);
    let text = '';
    response.setEncoding('utf8');
    for await (const part of response) text += part;
    if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 300)}`);
    return text;
  }

  async json(method, path, body) {
    return JSON.parse(await this.text(method, path, body));
  }

  /** Calls `seen` with each event of a watch; resolves with what ends it. */
  async watch(path, seen) {
    const response = await this.open('GET', `${path}${path.includes('?') ? '&' : '?'}watch=true`);
    let rest = '';
    response.setEncoding('utf8');
    response.on('error', () => {});
    response.on('data', (part) => {
      const lines = (rest + part).split('\n');
      rest = lines.pop();
      for (const line of lines) seen(JSON.parse(line));
    });
    return () => response.destroy();
  }

  close() {
    this.agent.destroy();
  }

  open(method, path, body) {
    return new Promise((resolve, reject) => {
      const headers = { ...this.headers, Accept: 'application/json', 'Content-Type': 'application/json' };
      const call = request(new URL(path, this.server), { method, headers, agent: this.agent }, resolve);
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
