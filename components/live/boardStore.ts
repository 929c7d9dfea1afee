import type { Change } from '../../lib/history/change';
import type { Freshness } from '../../lib/stream/freshness';
import { freshUntil, pageFreshness, type FreshnessFacts } from '../../lib/stream/pageFreshness';
import type { HealthFrame, PatchFrame, SnapshotFrame } from '../../lib/stream/protocol';
import { receivePatch, receiveSnapshot, type Held, type Received } from '../../lib/stream/receive';
import type { LiveSocket } from './connection';
import type { Network } from './network';
import type { ServerClock } from './serverClock';

/** Told where the page stands, and what led there; no changes: it came there not by steps but by a snapshot. */
export type Follower = (held: Held, changes: readonly Change[]) => void;

/**
 * What the page knows of one namespace, for `useSyncExternalStore`: the board and its freshness, each replaced only when it
 * differs, so that a page that shows one is not drawn for the other.
 */
export class BoardStore {
  held: Held | undefined;
  freshness: Freshness = { state: 'offline', cause: 'connecting', viewers: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Set<Follower>();
  private everConnected = false;
  private lost: FreshnessFacts['lost'] = 'closed';
  private heardAt: number | undefined;
  private health: HealthFrame | undefined;
  private latencyMs: number | undefined;
  private asked = false;
  private leaveNetwork: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly namespace: string,
    private readonly socket: LiveSocket,
    private readonly clock: ServerClock,
    private readonly network: Network,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  };

  /** Tells each change by itself, as long as the store is open. */
  follow(follower: Follower): () => void {
    this.followers.add(follower);
    return () => void this.followers.delete(follower);
  }

  private open(): void {
    const { socket } = this;
    socket.on('connect', this.connected);
    socket.on('disconnect', this.disconnected);
    socket.on('connect_error', this.notConnected);
    socket.on('snapshot', this.snapshot);
    socket.on('patch', this.patch);
    socket.on('health', this.healthTold);
    this.leaveNetwork = this.network.subscribe(() => this.judge());
    socket.connect();
    if (socket.connected) this.connected();
    else this.judge();
  }

  private close(): void {
    const { socket } = this;
    socket.off('connect', this.connected);
    socket.off('disconnect', this.disconnected);
    socket.off('connect_error', this.notConnected);
    this.leaveNetwork();
    socket.off('snapshot', this.snapshot);
    socket.off('patch', this.patch);
    socket.off('health', this.healthTold);
    if (socket.connected) socket.emit('unwatch', this.namespace);
    clearTimeout(this.timer);
    this.health = undefined;
  }

  private readonly connected = (): void => {
    this.everConnected = true;
    this.heardAt = Date.now();
    // What was said before the break says nothing about now.
    this.health = undefined;
    this.ask();
    this.judge();
  };

  private readonly disconnected = (reason?: string): void => {
    this.lost = reason === 'ping timeout' ? 'unanswered' : 'closed';
    this.judge();
  };

  private readonly notConnected = (error: Error): void => {
    this.lost = error.message === 'timeout' ? 'unanswered' : 'closed';
    this.judge();
  };

  private readonly snapshot = (frame: SnapshotFrame): void => {
    if (frame.namespace === this.namespace) this.take(receiveSnapshot(this.held, frame));
  };

  private readonly patch = (frame: PatchFrame): void => {
    if (frame.namespace !== this.namespace) return;
    if (frame.patches.length > 0) this.latencyMs = Math.max(0, Date.now() - this.clock.toPage(frame.sentAt));
    this.take(receivePatch(this.held, frame));
  };

  private readonly healthTold = (frame: HealthFrame): void => {
    if (frame.namespace !== this.namespace) return;
    const before = this.health;
    this.health = frame;
    this.heardAt = Date.now();
    // Twice behind the same version: its frame is not late but lost.
    const isBehind =
      this.held && (this.held.position.epoch !== frame.epoch || this.held.position.version < frame.version);
    if (isBehind && before?.version === frame.version) this.ask();
    this.judge();
  };

  private take(received: Received): void {
    this.heardAt = Date.now();
    if (!received.askAgain) this.asked = false;
    // Keep showing the last board, marked stale by its freshness, until the snapshot is there.
    const { held } = received;
    if (held && held !== this.held) {
      this.held = held;
      for (const follower of [...this.followers]) follower(held, received.changes);
      this.tell();
    }
    if (received.askAgain && !this.asked) this.ask(held !== undefined);
    this.judge();
  }

  private ask(canResume = true): void {
    this.asked = true;
    const have = canResume ? this.held?.position : undefined;
    this.socket.emit('watch', have ? { namespace: this.namespace, have } : { namespace: this.namespace });
  }

  private facts(): FreshnessFacts {
    return {
      connected: this.socket.connected,
      lost: this.lost,
      onLine: this.network.isOnLine(),
      everConnected: this.everConnected,
      heardAt: this.heardAt,
      health: this.health,
      hasBoard: this.held !== undefined,
      latencyMs: this.latencyMs,
      offset: this.clock.offsetMs,
    };
  }

  private judge(): void {
    const facts = this.facts();
    const now = Date.now();
    const next = pageFreshness(facts, now);
    clearTimeout(this.timer);
    const until = freshUntil(facts);
    if (until !== undefined && until > now) this.timer = setTimeout(() => this.judge(), until - now);
    if (isSameFreshness(this.freshness, next)) return;
    this.freshness = next;
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function isSameFreshness(a: Freshness, b: Freshness): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isSameValue(Reflect.get(a, name), Reflect.get(b, name)));
}

/** Lists are worked out anew each time, from what came as JSON. */
function isSameValue(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (Array.isArray(a) && JSON.stringify(a) === JSON.stringify(b));
}
