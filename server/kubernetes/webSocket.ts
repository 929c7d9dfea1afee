import WebSocket from 'ws';
import { ClusterError, errorFromBody, errorFromNetwork } from './errors';
import type { Access } from './kubeconfig';

/**
 * A WebSocket to a sub-resource. Kubernetes puts a channel number in front of every message. `attach` listens before the
 * connection is open: the first messages may come together with the handshake's answer, and would find nobody later.
 */
export async function openWebSocket<T>(
  access: Access,
  path: string,
  protocol: string,
  attach: (socket: WebSocket) => T,
): Promise<{ socket: WebSocket; attached: T }> {
  const credentials = await access.credentials();
  const url = `${access.server.replace(/^http/, 'ws')}${path}`;
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = credentials.tls;
  // `servername` is one of tls's options and passed on to it, though the declared type leaves it out.
  const options: WebSocket.ClientOptions & { servername?: string } = {
    ca,
    cert,
    key,
    pfx,
    passphrase,
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized,
    headers: { 'User-Agent': 'ordinal', ...credentials.headers },
    perMessageDeflate: false,
    handshakeTimeout: 10_000,
    ...(credentials.proxy ? { agent: credentials.proxy } : {}),
  };
  const socket = new WebSocket(url, [protocol], options);
  const attached = attach(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ socket, attached }));
    socket.once('error', (cause) => reject(errorFromNetwork(cause, access.server)));
    // A refusal is an ordinary answer with a Status in it, which says more than "unexpected response".
    socket.once('unexpected-response', (_request, response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        reject(errorFromBody(Buffer.concat(parts).toString('utf8'), response.statusCode ?? 500)),
      );
      response.on('error', (cause: Error) => reject(errorFromNetwork(cause, access.server)));
    });
  });
}

export function bytesOf(data: WebSocket.RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

export function cutOff(what: string): ClusterError {
  return new ClusterError('unreachable', `The connection to the pod was cut off while ${what}.`);
}
