import type { OutgoingHttpHeaders } from 'node:http';
import { request } from '../network/http';
import type { HttpAnswer } from '../network/http';
import { NetworkError } from '../network/network';
import type { TlsOptions } from '../network/tls';
import { isIPv4, lookUp } from '../network/resolver';
import type { Call } from './command';

/** What wget and curl share: a URL as people type it, its host's address, one request. */
export interface Target {
  url: URL;
  host: string;
  port: number;
}

/** `http://` may be missing. Undefined when it is no URL at all. */
export function parseTarget(text: string): Target | undefined {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { url, host: url.hostname, port };
}

export async function addressOf(call: Call, host: string): Promise<string> {
  if (isIPv4(host)) return host;
  const [first] = (await lookUp(call.process.network, host)).addresses;
  if (first === undefined) throw new NetworkError('ENOTFOUND', host);
  return first;
}

export interface RequestOptions {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: Uint8Array;
  timeoutMs?: number;
  /** Whose certificates are believed, where the URL is one of https. */
  trust?: Omit<TlsOptions, 'host'>;
}

export function ask(call: Call, target: Target, ip: string, options: RequestOptions): Promise<HttpAnswer> {
  const url = new URL(`http://${ip}:${target.port}${target.url.pathname}${target.url.search}`);
  const { clock, killed, network } = call.process;
  const headers = { Host: target.url.host, ...authorization(target.url), ...options.headers };
  const tls = target.url.protocol === 'https:' ? { ...options.trust, host: target.host } : undefined;
  return request(network, url, { ...options, headers, clock, signal: killed, tls });
}

function authorization(url: URL): OutgoingHttpHeaders {
  if (url.username === '') return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** `HTTP/1.1 200 OK` */
export function statusLine(answer: HttpAnswer): string {
  return `HTTP/${answer.httpVersion} ${answer.status} ${answer.statusText}`.trimEnd();
}

export function headerLines(answer: HttpAnswer): string[] {
  const lines: string[] = [];
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2)
    lines.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
  return lines;
}

export function isRedirect(answer: HttpAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(answer.status) && answer.headers.location !== undefined;
}

/** `index.html` for a folder; else what stands after the last slash. */
export function fileNameOf(url: URL): string {
  const last = decodeURIComponent(url.pathname.split('/').pop() ?? '');
  return last === '' ? 'index.html' : last.replaceAll('/', '_');
}

export const networkWords: Record<string, string> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  ETIMEDOUT: 'Connection timed out',
};

/** `Name: value` lines, as `-H` and `--header` take them. */
export function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^([^:]+):\s*(.*)$/s.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers[name] = value;
  }
  return headers;
}
