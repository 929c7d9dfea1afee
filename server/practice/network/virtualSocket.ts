import { Duplex } from 'node:stream';
import { NetworkError } from './network';

/** What one direction holds before a writer has to wait. */
const windowBytes = 64 * 1024;

/**
 * One end of a TCP connection inside the cluster. Both directions close apart from each other (FIN), and `destroy(error)`
 * is a reset: the other end sees ECONNRESET. No segments, no retransmission, no latency.
 */
export class VirtualSocket extends Duplex {
  private peer?: VirtualSocket;
  private onRoom?: () => void;

  constructor(
    readonly localAddress: string,
    readonly localPort: number,
    readonly remoteAddress: string,
    readonly remotePort: number,
  ) {
    super({ allowHalfOpen: true, readableHighWaterMark: windowBytes, writableHighWaterMark: windowBytes });
    // A reset may arrive when nobody looks: without a listener it would end the whole practice cluster.
    this.on('error', () => {});
  }

  static pair(from: { ip: string; port: number }, to: { ip: string; port: number }): [VirtualSocket, VirtualSocket] {
    const near = new VirtualSocket(from.ip, from.port, to.ip, to.port);
    const far = new VirtualSocket(to.ip, to.port, from.ip, from.port);
    near.peer = far;
    far.peer = near;
    return [near, far];
  }

  override _read(): void {
    const room = this.onRoom;
    this.onRoom = undefined;
    room?.();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const peer = this.peer;
    if (!peer || peer.destroyed || peer.readableEnded) {
      done(new NetworkError('ECONNRESET', 'write ECONNRESET'));
      return;
    }
    // The bytes are copied: a program may reuse its buffer as soon as the write returns.
    if (peer.push(Buffer.from(chunk))) done();
    else peer.onRoom = done;
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.peer && !this.peer.destroyed) this.peer.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const peer = this.peer;
    const finished = this.writableFinished;
    this.peer = undefined;
    const room = this.onRoom;
    this.onRoom = undefined;
    if (peer && !peer.destroyed) {
      if (error) setImmediate(() => peer.destroy(new NetworkError('ECONNRESET', 'read ECONNRESET')));
      else if (!finished) peer.push(null);
    }
    // A writer that waits for room would wait for ever.
    room?.();
    done(error);
  }

  // What node:http calls on a socket of the host; here there is nothing to set.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
