import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** The binary messages of a WebSocket as one byte stream, for the protocols that are tunnelled through it. */
export function webSocketDuplex(socket: WebSocket): Duplex {
  const duplex = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => socket.send(chunk, { binary: true }, done),
    final: (done) => {
      socket.close(1000);
      done();
    },
    destroy: (error, done) => {
      socket.close();
      done(error);
    },
  });
  socket.on('message', (data: Buffer) => {
    if (!duplex.push(data)) socket.pause();
  });
  socket.on('close', () => duplex.push(null));
  socket.on('error', (error) => duplex.destroy(error));
  return duplex;
}
