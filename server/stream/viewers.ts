import type { Socket } from 'socket.io';
import { deliver, onceCaughtUp } from './delivery';
import type { EncodedFrame } from './encodedFrame';

/** The viewers of one namespace. A slow one misses frames rather than fill our memory, and then takes a snapshot. */
export class Viewers {
  private readonly sockets = new Set<Socket>();
  private readonly behind = new Set<Socket>();
  sent = 0;
  skipped = 0;

  /** `snapshot` gives the cached frame of the board as it stands. */
  constructor(private readonly snapshot: () => EncodedFrame) {}

  get size(): number {
    return this.sockets.size;
  }

  has(socket: Socket): boolean {
    return this.sockets.has(socket);
  }

  add(socket: Socket): void {
    this.sockets.add(socket);
  }

  remove(socket: Socket): void {
    this.sockets.delete(socket);
    this.behind.delete(socket);
  }

  broadcast(frame: EncodedFrame): void {
    for (const socket of this.sockets) {
      if (this.behind.has(socket)) this.skipped += 1;
      else this.send(socket, frame);
    }
  }

  /** To one viewer. When it cannot take it now, it gets the board as it then stands, once it can. */
  send(socket: Socket, frame: EncodedFrame): void {
    if (deliver(socket, frame) === 'sent') {
      this.sent += 1;
      return;
    }
    this.skipped += 1;
    this.behind.add(socket);
    onceCaughtUp(socket, () => {
      if (!this.behind.delete(socket) || !this.sockets.has(socket)) return;
      this.send(socket, this.snapshot());
    });
  }
}
