import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ProbeAction } from '../../../../lib/kubernetes/pod';
import { NetworkError } from '../../network/network';

export interface ProbeResult {
  succeeded: boolean;
  /** What the event says after `… probe failed: `. */
  output: string;
}

export type Connect = (port: number, host?: string) => Promise<Duplex>;

type HttpGet = NonNullable<ProbeAction['httpGet']>;

/** The response's head, or what went wrong; the time-out is the caller's: it aborts `signal`. */
const maxHeadBytes = 64 * 1024;

/**
 * GET as kube-probe does it (pkg/probe/http): a status from 200 to 399 is a success. A redirect to the same host is not
 * followed: it counts as a success by its own status, as upstream counts one to another host.
 */
export async function probeHttp(
  get: HttpGet,
  port: number,
  ip: string,
  connect: Connect,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const host = get.host || ip;
  const scheme = (get.scheme ?? 'HTTP').toLowerCase();
  const path = get.path?.startsWith('/') ? get.path : `/${get.path ?? ''}`;
  const url = `${scheme}://${host}:${port}${path}`;
  const failed = (why: string) => ({ succeeded: false, output: `Get "${url}": ${why}` });
  const timedOut = () => failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
  let socket: Duplex | undefined;
  try {
    socket = await abortable(connect(port, get.host), signal);
    if (!socket) return timedOut();
    if (scheme === 'https') socket = connectTls({ socket, rejectUnauthorized: false });
    socket.on('error', () => undefined);
    socket.write(requestText(get, path, `${host}:${port}`));
    const status = await abortable(readStatus(socket), signal);
    if (status === undefined) return timedOut();
    if (status === null) return failed('EOF');
    const succeeded = status >= 200 && status < 400;
    return { succeeded, output: succeeded ? '' : `HTTP probe failed with statuscode: ${status}` };
  } catch (error) {
    return failed(dialError(error, host, port));
  } finally {
    socket?.destroy();
  }
}

/** Opens a connection and closes it again (pkg/probe/tcp). */
export async function probeTcp(
  host: string | undefined,
  port: number,
  ip: string,
  connect: Connect,
  signal: AbortSignal,
): Promise<ProbeResult> {
  try {
    const socket = await abortable(connect(port, host), signal);
    socket?.on('error', () => undefined);
    socket?.destroy();
    if (socket) return { succeeded: true, output: '' };
    return { succeeded: false, output: `dial tcp ${host || ip}:${port}: i/o timeout` };
  } catch (error) {
    return { succeeded: false, output: dialError(error, host || ip, port) };
  }
}

function requestText(get: HttpGet, path: string, authority: string): string {
  const given = new Map((get.httpHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), { name, value }]));
  const defaults: [string, string][] = [
    ['Host', authority],
    ['User-Agent', 'kube-probe/1.36'],
    ['Accept', '*/*'],
    ['Connection', 'close'],
  ];
  const lines = defaults.filter(([name]) => !given.has(name.toLowerCase())).map(([name, value]) => `${name}: ${value}`);
  const own = [...given.values()].map(({ name, value }) => `${name}: ${value}`);
  return [`GET ${path} HTTP/1.1`, ...lines, ...own, '', ''].join('\r\n');
}

/** The status code of the response, null when the peer closed before one came. */
function readStatus(socket: Duplex): Promise<number | null> {
  return new Promise((resolve, reject) => {
    let head = '';
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const match = /^HTTP\/1\.[01] ([0-9]{3})[^\n]*\n/.exec(head);
      if (match) resolve(Number(match[1]));
      else if (head.includes('\n') || head.length > maxHeadBytes)
        reject(
          new Error(
            `net/http: HTTP/1.x transport connection broken: malformed HTTP response ${JSON.stringify(head.split(/\r?\n/)[0])}`,
          ),
        );
    });
    socket.on('end', () => resolve(null));
    socket.on('close', () => resolve(null));
    socket.on('error', reject);
  });
}

/** The value, or undefined when `signal` aborts first; a socket that comes too late is destroyed by its own time-out. */
async function abortable<T>(value: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function dialError(error: unknown, host: string, port: number): string {
  const dial = `dial tcp ${host}:${port}: `;
  const code = error instanceof NetworkError ? error.code : undefined;
  switch (code) {
    case 'ECONNREFUSED':
      return `${dial}connect: connection refused`;
    case 'EHOSTUNREACH':
      return `${dial}connect: no route to host`;
    case 'ETIMEDOUT':
      return `${dial}i/o timeout`;
    case 'ECONNRESET':
      return `read tcp ${host}:${port}: read: connection reset by peer`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
