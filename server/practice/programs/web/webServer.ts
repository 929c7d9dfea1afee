import type { IncomingMessage, ServerResponse } from 'node:http';
import { NetworkError } from '../../network/network';
import type { Listener } from '../../network/network';
import { serveRequests } from '../../network/httpServer';
import type { Process, SignalName } from '../../process/program';
import { months } from '../listing';
import type { WebAnswer } from './nginxAnswer';

/** What nginx and httpd have in common as processes: they listen, log each request, and end by signals. */
export interface WebServerOptions {
  port: number;
  respond: (request: IncomingMessage, peer: { ip: string; port: number }) => WebAnswer;
  /** `Server:` of each answer. */
  server: string;
  /** Header names that stand before or after the answer's own, as that server orders them. */
  order?: 'nginx' | 'httpd';
  accessLine: (facts: Access) => string;
  errorLine?: (error: string, request: IncomingMessage, peer: { ip: string; port: number }) => string;
  statusTexts: Readonly<Record<number, string>>;
  /** End at once, and end when the last answer has gone. */
  stop: readonly SignalName[];
  drain: readonly SignalName[];
  onStop?: (signal: SignalName | undefined) => Promise<void> | void;
}

export interface Access {
  request: IncomingMessage;
  peer: { ip: string };
  status: number;
  bytes: number;
  /** `22/Nov/2026:02:19:27 +0000` */
  time: string;
}

/** Runs until a signal ends it. Resolves with 0. Throws `NetworkError` EADDRINUSE. */
export async function runWebServer(process: Process, options: WebServerOptions): Promise<number> {
  let active = 0;
  let idle = () => {};
  const listener = serveRequests(process.network, options.port, async (request, response, peer) => {
    active++;
    response.once('close', () => {
      active--;
      if (active === 0) idle();
    });
    await answer(process, options, request, response, peer);
  });
  const signal = await stopSignal(process, options, listener, () =>
    active === 0 ? Promise.resolve() : new Promise<void>((resolve) => (idle = resolve)),
  );
  listener.close();
  await options.onStop?.(signal);
  return 0;
}

function stopSignal(
  process: Process,
  options: WebServerOptions,
  listener: Listener,
  drained: () => Promise<void>,
): Promise<SignalName | undefined> {
  return new Promise((resolve) => {
    process.killed.addEventListener('abort', () => resolve(undefined), { once: true });
    for (const signal of options.stop) process.onSignal(signal, () => resolve(signal));
    for (const signal of options.drain)
      process.onSignal(signal, () => {
        // New connections are refused at once; those that were accepted get their answers.
        if (!isDraining.has(listener)) void drained().then(() => resolve(signal));
        isDraining.add(listener);
      });
    process.onSignal('SIGHUP', () => {});
  });
}

const isDraining = new WeakSet<Listener>();

async function answer(
  process: Process,
  options: WebServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  peer: { ip: string; port: number },
): Promise<void> {
  const { status, headers, body, error } = options.respond(request, peer);
  request.resume();
  const now = process.clock.now();
  const persistent =
    request.httpVersion === '1.1'
      ? request.headers.connection !== 'close'
      : request.headers.connection?.toLowerCase() === 'keep-alive';
  response.sendDate = false;
  response.writeHead(status, options.statusTexts[status] ?? '', flat(ordered(options, headers, now, persistent)));
  const sent = request.method === 'HEAD' || status === 304 ? 0 : body.length;
  if (sent > 0) response.end(body);
  else response.end();
  if (error !== undefined && options.errorLine) await log(process.stderr, options.errorLine(error, request, peer));
  await log(process.stdout, options.accessLine({ request, peer, status, bytes: sent, time: logTime(now) }));
}

function ordered(
  options: WebServerOptions,
  headers: [string, string][],
  now: number,
  persistent: boolean,
): [string, string][] {
  const date: [string, string] = ['Date', new Date(now).toUTCString()];
  const server: [string, string] = ['Server', options.server];
  const connection: [string, string] = ['Connection', persistent ? 'keep-alive' : 'close'];
  if (options.order === 'httpd') return [date, server, ...headers, ...(persistent ? [] : [connection])];
  // nginx writes Connection after Last-Modified and Location, before ETag and the ranges.
  const late = new Set(['ETag', 'Accept-Ranges', 'Content-Range']);
  return [
    server,
    date,
    ...headers.filter(([name]) => !late.has(name)),
    connection,
    ...headers.filter(([name]) => late.has(name)),
  ];
}

/** Node takes names and values in turn, and so keeps order and spelling. */
function flat(headers: [string, string][]): string[] {
  return headers.flat();
}

async function log(to: Process['stdout'], line: string): Promise<void> {
  await to.write(Buffer.from(`${line}\n`)).catch(() => {});
}

export function logTime(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}

export function isAddressInUse(error: unknown): boolean {
  return error instanceof NetworkError && error.code === 'EADDRINUSE';
}
