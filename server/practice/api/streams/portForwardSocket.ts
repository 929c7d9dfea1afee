import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/**
 * port-forward over a WebSocket's channels (`?ports=53`), the simplest of its forms: for port number i, channel 2i carries bytes
 * and 2i+1 an error; the first message on each is the port itself, two bytes, little end first.
 */
export function servePortForwardChannels(
  socket: WebSocket,
  ports: number[],
  connect: (port: number) => Promise<Duplex>,
): void {
  const streams: (Duplex | undefined)[] = [];
  const send = (channel: number, bytes: Uint8Array) => {
    if (socket.readyState === socket.OPEN) socket.send(Buffer.concat([Buffer.from([channel]), bytes]));
  };
  const early = ports.map((): Buffer[] => []);
  ports.forEach((port, index) => {
    const name = Buffer.alloc(2);
    name.writeUInt16LE(port);
    send(2 * index, name);
    send(2 * index + 1, name);
    connect(port).then(
      (stream) => {
        streams[index] = stream;
        for (const bytes of early[index] ?? []) stream.write(bytes);
        stream.on('data', (bytes: Buffer) => send(2 * index, bytes));
        stream.on('error', (error) => send(2 * index + 1, Buffer.from(error.message)));
        for (const over of ['end', 'close']) stream.once(over, () => socket.close(1000));
      },
      (error: Error) => {
        send(2 * index + 1, Buffer.from(`error forwarding port ${port}: ${error.message}`));
        socket.close(1000);
      },
    );
  });
  socket.on('message', (data: Buffer) => {
    const channel = data[0] ?? 0;
    const index = channel >> 1;
    if (channel % 2 === 1 || index >= ports.length) return;
    const stream = streams[index];
    if (stream) stream.write(data.subarray(1));
    else early[index]?.push(Buffer.from(data.subarray(1)));
  });
  const end = () => streams.forEach((stream) => stream?.destroy());
  socket.on('close', end);
  socket.on('error', end);
}
