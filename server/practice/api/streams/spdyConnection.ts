import { Duplex } from 'node:stream';
import { readFrame, writeFrame, type SpdyFrame } from './spdyFrames';
import { HeaderReader, HeaderWriter } from './spdyHeaders';

/** One stream of a connection: its headers, and its bytes both ways. Ending it sends FIN; destroying it sends RST. */
export class SpdyStream extends Duplex {
  constructor(
    readonly id: number,
    readonly headers: ReadonlyMap<string, string>,
    private readonly connection: SpdyConnection,
  ) {
    super({ allowHalfOpen: true });
  }

  override _read(): void {
    // Bytes are pushed as they come: without flow control there is nobody to ask for more.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.connection.send({ type: 'data', streamId: this.id, fin: false, data: chunk }, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.connection.send({ type: 'data', streamId: this.id, fin: true, data: Buffer.alloc(0) }, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.connection.forget(this);
    done(error);
  }
}

const cancelled = 5;
/** A frame's length has 24 bits, but small frames let streams share a connection fairly. */
const largestData = 32 * 1024;

/** SPDY/3.1 over any byte stream: a hijacked socket, or the messages of a WebSocket. */
export class SpdyConnection {
  private readonly streams = new Map<number, SpdyStream>();
  private readonly reader = new HeaderReader();
  private readonly writer = new HeaderWriter();
  private writing: Promise<void> = Promise.resolve();
  private nextId: number;
  /** Called for each stream the other side opens, after it has been accepted. */
  onStream: (stream: SpdyStream) => void = () => {};
  onClose: () => void = () => {};

  constructor(
    private readonly socket: Duplex,
    side: 'server' | 'client' = 'server',
  ) {
    this.nextId = side === 'server' ? 2 : 1;
    void this.run();
    socket.on('error', () => this.close());
  }

  /** Opens a stream towards the other side. */
  async open(headers: Map<string, string>): Promise<SpdyStream> {
    const id = this.nextId;
    this.nextId += 2;
    const stream = new SpdyStream(id, headers, this);
    this.streams.set(id, stream);
    await this.inOrder(async () => {
      this.put(writeFrame({ type: 'synStream', streamId: id, fin: false, headers: await this.writer.write(headers) }));
    });
    return stream;
  }

  send(frame: Extract<SpdyFrame, { type: 'data' }>, done: (error?: Error | null) => void): void {
    void this.inOrder(async () => {
      for (let at = 0; at === 0 || at < frame.data.length; at += largestData) {
        const data = frame.data.subarray(at, at + largestData);
        const last = at + largestData >= frame.data.length;
        if (!this.put(writeFrame({ ...frame, data, fin: frame.fin && last }))) await this.drained();
      }
    }).then(() => done(), done);
  }

  forget(stream: SpdyStream): void {
    if (!this.streams.delete(stream.id) || (stream.readableEnded && stream.writableFinished)) return;
    this.put(writeFrame({ type: 'reset', streamId: stream.id, status: cancelled }));
  }

  close(): void {
    for (const stream of [...this.streams.values()]) stream.destroy();
    this.streams.clear();
    this.socket.destroy();
    this.onClose();
    this.onClose = () => {};
  }

  private async run(): Promise<void> {
    let waiting = Buffer.alloc(0);
    try {
      for await (const chunk of this.socket as AsyncIterable<Buffer>) {
        waiting = Buffer.concat([waiting, chunk]);
        for (let next = readFrame(waiting); next; next = readFrame(waiting)) {
          waiting = Buffer.from(next.rest);
          await this.handle(next.frame);
        }
      }
    } catch {
      // The other side is gone, or sent what is no frame: either way the connection is over.
    }
    this.close();
  }

  private async handle(frame: SpdyFrame): Promise<void> {
    switch (frame.type) {
      case 'synStream':
        return this.accept(frame.streamId, await this.reader.read(frame.headers), frame.fin);
      case 'synReply':
      case 'headers':
        // Read all the same: the compression state runs on through every block.
        await this.reader.read(frame.headers);
        return;
      case 'data': {
        const stream = this.streams.get(frame.streamId);
        if (frame.data.length > 0) stream?.push(Buffer.from(frame.data));
        if (frame.fin) stream?.push(null);
        return;
      }
      case 'reset': {
        const stream = this.streams.get(frame.streamId);
        this.streams.delete(frame.streamId);
        stream?.push(null);
        stream?.destroy();
        return;
      }
      case 'ping':
        // Odd ids are the client's own and come back to it; even ones would be answers to ours.
        if (frame.id % 2 === 1) this.put(writeFrame(frame));
        return;
      case 'goAway':
      case 'ignored':
        return;
    }
  }

  private async accept(id: number, headers: Map<string, string>, fin: boolean): Promise<void> {
    const stream = new SpdyStream(id, headers, this);
    stream.on('error', () => stream.destroy());
    this.streams.set(id, stream);
    await this.inOrder(async () => {
      this.put(writeFrame({ type: 'synReply', streamId: id, fin: false, headers: await this.writer.write(new Map()) }));
    });
    if (fin) stream.push(null);
    this.onStream(stream);
  }

  /** Header compression and frames of one write must not interleave with another's. */
  private inOrder(task: () => Promise<void>): Promise<void> {
    const run = this.writing.then(task);
    this.writing = run.catch(() => {});
    return run;
  }

  private put(bytes: Buffer): boolean {
    return this.socket.writable ? this.socket.write(bytes) : true;
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.socket.off('drain', done);
        this.socket.off('close', done);
        resolve();
      };
      this.socket.once('drain', done);
      this.socket.once('close', done);
    });
  }
}
