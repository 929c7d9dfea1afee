import type { Board } from '../../lib/board/model';
import { BoardDeriver } from '../../lib/board/derive';
import type { NamespaceSnapshot } from '../../lib/board/snapshot';
import { diffBoard, type BoardPatch } from '../../lib/stream/diff';
import type { PatchFrame, Position } from '../../lib/stream/protocol';
import type { Clock } from '../clock';
import { Pace, type Urgency } from './pace';

export interface Moment {
  version: number;
  at: number;
  board: Board;
}

export interface PublisherOptions {
  clock: Clock;
  /** Names one life of this server: versions of another are not comparable. */
  epoch: string;
  snapshot: (namespace: string) => NamespaceSnapshot;
  send: (frame: PatchFrame) => void;
}

/** How far back a page may be and still be brought up to date, and how far a viewer can look back. */
const keptMoments = 1000;
/** After its last viewer has gone a board is still worked out for this long, so that a reload finds its past. */
const lingerMs = 10 * 60_000;

/**
 * The boards that somebody looks at, each as a series of versions. A version is made for every single change that shows, in
 * the order the cluster told them; versions travel together in frames when they come quickly.
 */
export class Publisher {
  private readonly channels = new Map<string, Channel>();

  constructor(private readonly options: PublisherOptions) {}

  /** Keeps the board of a namespace worked out until the returned function is called. */
  hold(namespace: string): () => void {
    const channel = this.channel(namespace);
    channel.holders += 1;
    channel.cancelEnd?.();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      channel.holders -= 1;
      if (channel.holders === 0) channel.cancelEnd = this.options.clock.after(lingerMs, () => this.end(namespace));
    };
  }

  /** From the cache: this namespace may be different now. */
  changed(namespace: string, urgency: Urgency): void {
    this.channels.get(namespace)?.update(urgency);
  }

  /** Namespaces whose boards are being worked out. */
  held(): string[] {
    return [...this.channels.keys()];
  }

  /** The board as it stands, worked out for the occasion when nobody else looks. */
  now(namespace: string): { position: Position; at: number; board: Board } {
    const release = this.hold(namespace);
    const channel = this.channel(namespace);
    release();
    const { version, at, board } = channel.latest;
    return { position: { epoch: this.options.epoch, version }, at, board };
  }

  /** What a page at `have` has not seen yet; undefined when only a snapshot can help. */
  since(namespace: string, have: Position): PatchFrame | undefined {
    if (have.epoch !== this.options.epoch) return undefined;
    return this.channels.get(namespace)?.since(have.version);
  }

  moment(namespace: string, position: Position): Moment | undefined {
    if (position.epoch !== this.options.epoch) return undefined;
    return this.channels.get(namespace)?.moments.find((moment) => moment.version === position.version);
  }

  moments(namespace: string): readonly Moment[] {
    return this.channels.get(namespace)?.moments ?? [];
  }

  stop(): void {
    for (const namespace of [...this.channels.keys()]) this.end(namespace);
  }

  private channel(namespace: string): Channel {
    const known = this.channels.get(namespace);
    if (known) return known;
    const channel = new Channel(namespace, this.options, this.nextVersion());
    this.channels.set(namespace, channel);
    return channel;
  }

  /** A board that is taken up again must not give its old versions a second meaning. */
  private nextVersion(): number {
    this.firstVersion += 1_000_000;
    return this.firstVersion;
  }

  private firstVersion = 0;

  private end(namespace: string): void {
    const channel = this.channels.get(namespace);
    channel?.cancelEnd?.();
    channel?.stop();
    this.channels.delete(namespace);
  }
}

class Channel {
  holders = 0;
  cancelEnd: (() => void) | undefined;
  readonly moments: Moment[] = [];
  private readonly patches: BoardPatch[] = [];
  private readonly deriver = new BoardDeriver();
  private readonly pace: Pace;
  private unsent: BoardPatch[] = [];
  latest: Moment;

  constructor(
    private readonly namespace: string,
    private readonly options: PublisherOptions,
    firstVersion: number,
  ) {
    this.pace = new Pace(options.clock, () => this.flush());
    this.latest = this.record(firstVersion, this.derive());
  }

  update(urgency: Urgency): void {
    const board = this.derive();
    const patch = diffBoard(this.latest.board, board);
    if (!patch) return;
    this.latest = this.record(this.latest.version + 1, board);
    this.patches.push(patch);
    if (this.patches.length > keptMoments) this.patches.shift();
    this.unsent.push(patch);
    this.pace.request(urgency);
  }

  since(version: number): PatchFrame | undefined {
    const missed = this.latest.version - version;
    if (missed < 0 || missed > this.patches.length) return undefined;
    return this.frame(version, missed === 0 ? [] : this.patches.slice(-missed));
  }

  stop(): void {
    this.pace.stop();
  }

  private flush(): void {
    const patches = this.unsent;
    this.unsent = [];
    if (patches.length > 0) this.options.send(this.frame(this.latest.version - patches.length, patches));
  }

  private frame(from: number, patches: BoardPatch[]): PatchFrame {
    const { epoch, clock } = this.options;
    return { namespace: this.namespace, epoch, from, sentAt: clock.now(), patches };
  }

  private derive(): Board {
    return this.deriver.derive(this.options.snapshot(this.namespace));
  }

  private record(version: number, board: Board): Moment {
    const moment = { version, at: this.options.clock.now(), board };
    this.moments.push(moment);
    if (this.moments.length > keptMoments) this.moments.shift();
    return moment;
  }
}
