import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { NetworkError } from './network';

export interface TlsOptions {
  /** The name that the certificate must be for. */
  host: string;
  /** PEM of the authorities that are trusted; a pod's system has none that knows the cluster's. */
  authorities?: string;
  /** Whoever answers is believed. */
  trustsAll?: boolean;
}

/** Why no TLS came to be: nobody who is trusted signed it, it is for another name, or the other side speaks no TLS. */
export class TlsError extends Error {
  constructor(
    readonly reason: 'untrusted' | 'otherName' | 'noTls',
    message: string,
  ) {
    super(message);
    this.name = 'TlsError';
  }
}

/** TLS over a stream inside the cluster. Rejects with `TlsError`. */
export function overTls(socket: Duplex, { host, authorities, trustsAll = false }: TlsOptions): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      servername: /^[\d.]+$/.test(host) ? '' : host,
      host,
      // Never the authorities that Node knows: those are this machine's, not a container's.
      ca: authorities ?? '',
      rejectUnauthorized: !trustsAll,
    });
    secure.once('secureConnect', () => {
      secure.off('error', fail);
      secure.on('error', () => {});
      resolve(secure);
    });
    const fail = (error: NodeJS.ErrnoException) => {
      secure.on('error', () => {});
      socket.destroy();
      reject(tlsErrorOf(error));
    };
    secure.once('error', fail);
  });
}

function tlsErrorOf(error: NodeJS.ErrnoException): Error {
  if (error instanceof NetworkError) return error;
  if (error.code === 'ERR_TLS_CERT_ALTNAME_INVALID') return new TlsError('otherName', error.message);
  if (/CERT|ISSUER|VERIFY|SELF_SIGNED/.test(error.code ?? '')) return new TlsError('untrusted', error.message);
  return new TlsError('noTls', error.message);
}
