import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import {
  healthPeriodMs,
  streamPath,
  type HealthFrame,
  type PatchFrame,
  type Position,
} from '../../lib/stream/protocol';
import type { Moment } from '../../lib/history/change';
import type { Clock } from '../clock';
import type { Health } from '../watch/health';
import { encodeFrame, type EncodedFrame } from './encodedFrame';
import { Viewers } from './viewers';
import { parseNamespace, parseWatchRequest } from './watchRequest';

export interface StreamOptions {
  http: HttpServer;
  basePath: string;
  clock: Clock;
  /** Why this handshake is refused; undefined lets it in. */
  refusal: (request: IncomingMessage) => string | undefined;
  boards: Boards;
  health: (namespace: string) => Health;
}

/** What the stream needs of `server/watch`. */
export interface Boards {
  hold(namespace: string): () => void;
  now(namespace: string): Moment;
  since(namespace: string, have: Position): PatchFrame | undefined;
}

/** A page looks at one board, or at a few side by side; more is somebody trying things. */
const mostNamespaces = 8;

interface Room {
  viewers: Viewers;
  release: () => void;
  snapshot?: { version: number; frame: EncodedFrame };
  healthText?: string;
}

/** The only place that knows socket.io on the server: who looks at which namespace, and every frame on its way to them. */
export class Stream {
  private readonly io: Server;
  private readonly rooms = new Map<string, Room>();
  private cancelHealth: (() => void) | undefined;
  framesSent = 0;
  private pastSent = 0;
  private pastSkipped = 0;

  constructor(private readonly options: StreamOptions) {
    this.io = new Server(options.http, {
      path: `${options.basePath}${streamPath}`,
      serveClient: false,
      destroyUpgrade: false,
      transports: ['websocket', 'polling'],
      // One frame for all is only possible where no viewer's frames are compressed by themselves.
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: 16 * 1024,
      pingInterval: 15_000,
      pingTimeout: 10_000,
      allowRequest: (request, callback) => {
        const refusal = options.refusal(request);
        callback(refusal, refusal === undefined);
      },
    });
    this.io.on('connection', (socket) => this.connected(socket));
    this.tick();
  }

  /** All viewers, of whatever namespace. */
  get viewers(): number {
    return this.io.engine.clientsCount;
  }

  counters(): { sent: number; skipped: number; frames: number; rooms: number } {
    let [sent, skipped] = [this.pastSent, this.pastSkipped];
    for (const { viewers } of this.rooms.values()) [sent, skipped] = [sent + viewers.sent, skipped + viewers.skipped];
    return { sent, skipped, frames: this.framesSent, rooms: this.rooms.size };
  }

  publish(frame: PatchFrame): void {
    const room = this.rooms.get(frame.namespace);
    if (!room) return;
    this.framesSent += 1;
    room.viewers.broadcast(encodeFrame('patch', frame));
  }

  /** How we stand with the cluster has changed: say so now, to everybody. */
  healthChanged(): void {
    for (const [namespace, room] of this.rooms) this.sendHealth(namespace, room, false);
  }

  async stop(): Promise<void> {
    this.cancelHealth?.();
    for (const room of this.rooms.values()) room.release();
    this.rooms.clear();
    this.io.disconnectSockets(true);
    this.io.engine.close();
    await Promise.resolve();
  }

  private connected(socket: Socket): void {
    socket.on('watch', (value: unknown) => {
      const request = parseWatchRequest(value);
      if (!request) return;
      const joined = [...this.rooms.values()].filter((room) => room.viewers.has(socket)).length;
      if (joined >= mostNamespaces && !this.rooms.get(request.namespace)?.viewers.has(socket)) return;
      this.join(socket, request.namespace, request.have);
    });
    socket.on('unwatch', (value: unknown) => {
      const namespace = parseNamespace(value);
      if (namespace !== undefined) this.leave(socket, namespace);
    });
    socket.on('time', (answer: unknown) => {
      if (typeof answer === 'function') answer(this.options.clock.now());
    });
    socket.on('disconnect', () => {
      for (const namespace of [...this.rooms.keys()]) this.leave(socket, namespace);
    });
  }

  private join(socket: Socket, namespace: string, have: Position | undefined): void {
    const room = this.room(namespace);
    room.viewers.add(socket);
    const missed = have && this.options.boards.since(namespace, have);
    room.viewers.send(socket, missed ? encodeFrame('patch', missed) : this.snapshot(namespace, room));
    room.viewers.send(socket, this.healthFrame(namespace, room));
  }

  private leave(socket: Socket, namespace: string): void {
    const room = this.rooms.get(namespace);
    if (!room?.viewers.has(socket)) return;
    room.viewers.remove(socket);
    if (room.viewers.size > 0) return;
    room.release();
    this.rooms.delete(namespace);
    this.pastSent += room.viewers.sent;
    this.pastSkipped += room.viewers.skipped;
  }

  private room(namespace: string): Room {
    const known = this.rooms.get(namespace);
    if (known) return known;
    const room: Room = {
      viewers: new Viewers(() => this.snapshot(namespace, room)),
      release: this.options.boards.hold(namespace),
    };
    this.rooms.set(namespace, room);
    return room;
  }

  /** Encoded once for each version: a class that opens the page together costs one encoding. */
  private snapshot(namespace: string, room: Room): EncodedFrame {
    const { position, at, board } = this.options.boards.now(namespace);
    if (room.snapshot?.version === position.version) return room.snapshot.frame;
    const frame = encodeFrame('snapshot', { namespace, ...position, sentAt: this.options.clock.now(), at, board });
    room.snapshot = { version: position.version, frame };
    return frame;
  }

  private tick(): void {
    for (const [namespace, room] of this.rooms) this.sendHealth(namespace, room, true);
    this.cancelHealth = this.options.clock.after(healthPeriodMs, () => this.tick());
  }

  private sendHealth(namespace: string, room: Room, isDue: boolean): void {
    const { state, cause, of, message } = this.options.health(namespace);
    const text = JSON.stringify([state, cause, of, message]);
    if (!isDue && text === room.healthText) return;
    room.healthText = text;
    room.viewers.broadcast(this.healthFrame(namespace, room));
  }

  private healthFrame(namespace: string, room: Room): EncodedFrame {
    const { position } = this.options.boards.now(namespace);
    const frame: HealthFrame = {
      namespace,
      sentAt: this.options.clock.now(),
      ...position,
      ...this.options.health(namespace),
      viewers: room.viewers.size,
    };
    return encodeFrame('health', frame);
  }
}
