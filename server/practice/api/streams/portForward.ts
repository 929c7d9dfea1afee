import type { Duplex } from 'node:stream';
import { SpdyConnection, type SpdyStream } from './spdyConnection';

export const portForwardProtocol = 'portforward.k8s.io';

/**
 * port-forward: for each connection the client opens two streams with the same `requestid`, one for bytes and one for an error
 * message (k8s.io/kubelet/pkg/cri/streaming/portforward/httpstream.go). It goes on until the client closes.
 */
export function servePortForward(socket: Duplex, pod: string, connect: (port: number) => Promise<Duplex>): void {
  const connection = new SpdyConnection(socket);
  const halves = new Map<string, { error?: SpdyStream; data?: SpdyStream }>();
  connection.onStream = (stream) => {
    const id = stream.headers.get('requestid') ?? '';
    const type = stream.headers.get('streamtype');
    if (type !== 'error' && type !== 'data') return void stream.destroy();
    const both = { ...halves.get(id), [type]: stream };
    halves.set(id, both);
    if (!both.error || !both.data) return;
    halves.delete(id);
    void forward(both.data, both.error, pod, connect);
  };
}

async function forward(
  data: SpdyStream,
  error: SpdyStream,
  pod: string,
  connect: (port: number) => Promise<Duplex>,
): Promise<void> {
  const port = Number(data.headers.get('port'));
  error.resume();
  try {
    await joined(data, await connect(port));
    error.end();
    data.end();
  } catch (failure) {
    error.end(`error forwarding port ${port} to pod ${pod}, uid : ${messageOf(failure)}`);
    data.destroy();
  }
}

/** Copies both ways, each half closing by itself, until both are done. */
export function joined(one: Duplex, other: Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 2;
    const half = (from: Duplex, to: Duplex) => {
      from.pipe(to);
      from.once('end', () => (--open === 0 ? resolve() : undefined));
      from.once('close', () => {
        if (!to.destroyed && !to.writableEnded) to.end();
        resolve();
      });
      from.once('error', (error) => {
        to.destroy();
        reject(error);
      });
    };
    half(one, other);
    half(other, one);
  });
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
