import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { readKubeconfig } from '../kubeconfig';
import type { JsonObject } from './json';

/** The API of a cluster, by hand: what it answers is kept as it is, a refusal too. */
export interface Api {
  /** Rejects only when the connection breaks. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The body, parsed. Rejects when it is refused, with the cluster's message. */
  must(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<JsonObject>;
  /** A GET whose answer goes on: each line of it, parsed. `ended` resolves when the server closes it or it is stopped. */
  stream(path: string, line: (value: JsonObject) => void): Stream;
  close(): void;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: JsonObject;
}

export interface Stream {
  ended: Promise<number>;
  stop(): void;
}

/** The types a PATCH can have. */
export const patchTypes = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** The name that managedFields know the tests by, on either cluster. */
const userAgent = 'parity';

export function connect(kubeconfig: string): Api {
  const access = readKubeconfig(kubeconfig);
  // A connection each: one kept alive may be closed by the server at the moment it is used again.
  const agent = new Agent({ keepAlive: false, ...access.tls });
  const common = { ...access.headers, 'User-Agent': userAgent, Accept: 'application/json' };
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    // Node gives the body of a DELETE no length by itself.
    const type = { 'Content-Type': method === 'PATCH' ? patchTypes.merge : 'application/json' };
    const about = text === undefined ? {} : { ...type, 'Content-Length': Buffer.byteLength(text) };
    const asked = request(new URL(path, access.server), {
      method,
      agent,
      headers: { ...common, ...about, ...headers },
    });
    asked.end(text);
    return asked;
  };
  const ask: Api['ask'] = (method, path, body, headers) =>
    new Promise((done, failed) => {
      const asked = send(method, path, body, headers);
      asked.on('error', failed);
      asked.on('response', (response) => {
        text(response).then((body) => done(answerOf(response, body)), failed);
      });
    });
  return {
    ask,
    async must(method, path, body, headers) {
      const answer = await ask(method, path, body, headers);
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.message}`);
      return answer.body;
    },
    stream: (path, line) => follow(send('GET', path, undefined), line),
    close: () => agent.destroy(),
  };
}

function answerOf(response: IncomingMessage, body: string): Answer {
  const isJson = (response.headers['content-type'] ?? '').includes('json');
  const parsed = isJson ? (JSON.parse(body) as JsonObject) : { text: body };
  return { status: response.statusCode ?? 0, headers: response.headers, body: parsed };
}

async function text(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function follow(asked: ReturnType<typeof request>, line: (value: JsonObject) => void): Stream {
  let isStopped = false;
  const ended = new Promise<number>((done, failed) => {
    const broken = (error: Error) => (isStopped ? done(0) : failed(error));
    asked.on('error', broken);
    asked.on('response', (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        const lines = (rest + part).split('\n');
        rest = lines.pop() ?? '';
        for (const whole of lines) if (whole !== '') line(JSON.parse(whole) as JsonObject);
      });
      response.on('error', broken);
      response.on('end', () => done(response.statusCode ?? 0));
    });
  });
  return {
    ended,
    stop() {
      isStopped = true;
      asked.destroy();
    },
  };
}
