import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { overTls } from './tls';
import type { TlsOptions } from './tls';
import type { Clock } from '../clock';
import { NetworkError } from './network';

/** HTTP inside the cluster: Node's own client over the network's streams. Used by wget, curl, probes and the API's proxy. */
export interface HttpOptions {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: Uint8Array;
  /** For the whole exchange up to the answer's headers. */
  timeoutMs?: number;
  signal?: AbortSignal;
  clock?: Clock;
  /** Given, the stream speaks TLS. */
  tls?: TlsOptions;
}

export interface HttpAnswer {
  status: number;
  statusText: string;
  httpVersion: string;
  headers: IncomingHttpHeaders;
  /** Names as they were written, name and value in turn. */
  rawHeaders: string[];
  body: IncomingMessage;
}

/** Anything that opens a stream to an address: a pod's network, or the cluster's. */
export interface Connector {
  connect(ip: string, port: number, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<Duplex>;
}

/** Asks `url`, whose host is an IP address (look names up first and pass `Host`). Rejects with `NetworkError`, with `TlsError` where TLS fails. */
export async function request(network: Connector, url: URL, options: HttpOptions = {}): Promise<HttpAnswer> {
  const port = url.port === '' ? 80 : Number(url.port);
  const socket = await network.connect(url.hostname, port, { timeoutMs: options.timeoutMs, signal: options.signal });
  const stream = options.tls ? await overTls(socket, options.tls) : socket;
  return requestOver(stream, `${url.pathname}${url.search}`, {
    ...options,
    headers: { Host: url.host, ...options.headers },
  });
}

/** The same over a stream that is open already. The stream ends with the answer. */
export function requestOver(socket: Duplex, path: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  const limit = new AbortController();
  const expired =
    options.timeoutMs !== undefined && options.clock
      ? options.clock.after(options.timeoutMs, () => limit.abort())
      : undefined;
  const stop = () => limit.abort();
  options.signal?.addEventListener('abort', stop, { once: true });
  return new Promise<HttpAnswer>((resolve, reject) => {
    const outgoing = httpRequest({
      path,
      method: options.method ?? 'GET',
      headers: { Connection: 'close', ...options.headers },
      // No agent, not even `false`: Node would make one of its own, which connects to the host's network.
      createConnection: () => socket,
      setHost: false,
    });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error instanceof NetworkError ? error : networkErrorOf(error));
    };
    limit.signal.addEventListener('abort', () => {
      fail(new NetworkError('ETIMEDOUT', 'timed out'));
      outgoing.destroy();
    });
    outgoing.on('error', fail);
    outgoing.on('response', (answer) => {
      expired?.cancel();
      answer.on('error', () => {});
      answer.on('close', () => {
        options.signal?.removeEventListener('abort', stop);
        socket.destroy();
      });
      resolve({
        status: answer.statusCode ?? 0,
        statusText: answer.statusMessage ?? '',
        httpVersion: answer.httpVersion,
        headers: answer.headers,
        rawHeaders: answer.rawHeaders,
        body: answer,
      });
    });
    if (limit.signal.aborted || options.signal?.aborted) fail(new NetworkError('ETIMEDOUT', 'timed out'));
    outgoing.end(options.body);
  }).finally(() => expired?.cancel());
}

/** All of an answer's body, at most `limit` bytes of it. */
export async function bodyOf(answer: HttpAnswer, limit = Infinity): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer.body) {
    parts.push(part);
    size += part.length;
    if (size >= limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit);
}

function networkErrorOf(error: Error): NetworkError {
  return new NetworkError('ECONNRESET', error.message);
}
