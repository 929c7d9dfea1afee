import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ClusterError, errorFromBody, errorFromNetwork } from './errors';
import type { Access } from './kubeconfig';

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root of the API, escaped: `/api/v1/namespaces/default/pods`. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: string | Buffer;
  contentType?: string;
  /** What form of the objects is wanted; plain JSON when not said. */
  accept?: string;
  signal?: AbortSignal;
  /** Until the whole answer is there; for `open`, until its head is. */
  timeoutMs?: number;
}

export interface Answer {
  body: string;
  /** What the API server wants a person to know, unquoted. */
  warnings: string[];
}

const defaultTimeoutMs = 30_000;

/** One request, its whole answer. Throws a ClusterError for anything but success. */
export async function call(access: Access, wanted: Call): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), wanted.timeoutMs ?? defaultTimeoutMs);
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, controller.signal]) : controller.signal;
  try {
    const response = await open(access, { ...wanted, signal });
    const body = await readAll(response);
    return { body, warnings: warningsOf(response) };
  } catch (cause) {
    if (controller.signal.aborted) throw timedOut(access, wanted);
    throw errorFromNetwork(cause, access.server);
  } finally {
    clearTimeout(timer);
  }
}

/** One request, its answer's body still to be read. A refusal is read and thrown. A 401 is tried once more with fresh credentials. */
export async function open(access: Access, wanted: Call): Promise<IncomingMessage> {
  const first = await send(access, wanted, false);
  const response = first.statusCode === 401 ? (first.resume(), await send(access, wanted, true)) : first;
  const code = response.statusCode ?? 0;
  if (code >= 200 && code < 300) return response;
  const retryAfter = response.headers['retry-after'];
  throw errorFromBody(await readAll(response), code, retryAfter);
}

async function send(access: Access, wanted: Call, fresh: boolean): Promise<IncomingMessage> {
  const credentials = await access.credentials(fresh);
  const url = urlOf(access, wanted);
  const headers: Record<string, string | number> = {
    'User-Agent': 'ordinal',
    Accept: wanted.accept ?? 'application/json',
    ...credentials.headers,
  };
  if (wanted.body !== undefined) {
    headers['Content-Type'] = wanted.contentType ?? 'application/json';
    headers['Content-Length'] = Buffer.byteLength(wanted.body);
  }
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = request(
      url,
      { method: wanted.method ?? 'GET', headers, agent: credentials.agent, signal: wanted.signal },
      resolve,
    );
    outgoing.on('error', (cause) => reject(errorFromNetwork(cause, access.server)));
    outgoing.end(wanted.body);
  });
}

export function urlOf(access: Access, wanted: Pick<Call, 'path' | 'query'>): URL {
  const url = new URL(`${access.server}${wanted.path}`);
  for (const [name, value] of Object.entries(wanted.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

async function readAll(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)));
  return Buffer.concat(parts).toString('utf8');
}

/** `Warning: 299 - "text"`, one header each, which Node joins with commas. */
function warningsOf(response: IncomingMessage): string[] {
  const header = response.headers['warning'];
  if (header === undefined) return [];
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1'));
}

function timedOut(access: Access, wanted: Call): ClusterError {
  const seconds = Math.round((wanted.timeoutMs ?? defaultTimeoutMs) / 1000);
  return new ClusterError('timeout', `The cluster at ${access.server} gave no answer within ${seconds} s.`);
}
