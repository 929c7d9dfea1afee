import type { IncomingMessage } from 'node:http';

/**
 * Two checks against other pages in the same browser. `Host` must be a name of ours: a foreign name that somebody made point
 * at this address (DNS rebinding) is not. `Origin`, where a browser sends one, must be the very address the request came to.
 */
export class Gate {
  private readonly names: ReadonlySet<string>;

  /** `hosts`: names beside those of loopback, without ports; `*` for any, behind an ingress that checks them itself. */
  constructor(hosts: readonly string[]) {
    this.names = new Set(['localhost', '127.0.0.1', '[::1]', ...hosts.map((host) => host.toLowerCase())]);
  }

  /** Why this request is refused; undefined lets it pass. */
  refusal(request: Pick<IncomingMessage, 'headers' | 'method'>): string | undefined {
    const host = request.headers.host?.toLowerCase();
    if (host === undefined || !this.isOurs(host)) {
      return `This server does not answer to the name "${host ?? ''}". Start it with --allowed-host to add a name.`;
    }
    const { origin } = request.headers;
    if (origin !== undefined && !isSameHost(origin, host)) return `Requests from pages of ${origin} are not accepted.`;
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS';
    const site = request.headers['sec-fetch-site'];
    if (isWrite && typeof site === 'string' && site !== 'same-origin' && site !== 'none') {
      return 'Requests from other pages are not accepted.';
    }
    return undefined;
  }

  private isOurs(host: string): boolean {
    return this.names.has('*') || this.names.has(host.replace(/:\d+$/, ''));
  }
}

/** The scheme is not compared: an ingress may speak https where we speak http. */
function isSameHost(origin: string, host: string): boolean {
  try {
    const url = new URL(origin);
    const port = url.port === '' ? '' : `:${url.port}`;
    return `${url.hostname}${port}` === host || url.host === host;
  } catch {
    return false;
  }
}
