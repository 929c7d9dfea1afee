import type { WebSocket } from 'ws';

/** k8s.io/apimachinery/pkg/util/httpstream/wsstream, Reader: a stream in one direction, as bytes or as text in base64. */
export const logProtocols = ['', 'binary.k8s.io', 'base64.binary.k8s.io'] as const;

/** Sends a log to its end, and closes; a client that goes away is told nothing more. */
export async function serveLogSocket(chunks: AsyncIterator<Uint8Array | string>, webSocket: WebSocket): Promise<void> {
  webSocket.on('close', () => void chunks.return?.());
  const isText = webSocket.protocol === 'base64.binary.k8s.io';
  for (
    let next = await chunks.next();
    !next.done && webSocket.readyState === webSocket.OPEN;
    next = await chunks.next()
  ) {
    const bytes = Buffer.from(next.value);
    await new Promise<void>((sent) => webSocket.send(isText ? bytes.toString('base64') : bytes, () => sent()));
  }
  webSocket.close(1000);
}
