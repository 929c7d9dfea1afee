import type { Board } from '../../lib/board/model';
import { BoardDeriver } from '../../lib/board/derive';
import type { NamespaceSnapshot } from '../../lib/board/snapshot';
import { diffBoard } from '../../lib/stream/diff';
import type { PatchFrame, Position } from '../../lib/stream/protocol';
import { limits } from '../../lib/history/kept';
import type { Moment } from '../../lib/history/change';
import type { Step, Stretch } from '../../lib/history/stretch';
import type { Clock } from '../clock';
import { Pace, type Urgency } from './pace';
import { Past } from './past';

export interface PublisherOptions {
  clock: Clock;
  /** Names one life of this server: versions of another are not comparable. */
  epoch: string;
  snapshot: (namespace: string) => NamespaceSnapshot;
  send: (frame: PatchFrame) => void;
  /** Where the past is kept across restarts; without it, in memory only. */
  directory?: string;
}

/** How many steps a page may be behind and still be brought up to date by them: a board is smaller than more. */
const mostMissed = 1000;
/** After its last viewer has gone a board is still worked out for this long, so that a reload finds its past. */
const lingerMs = 10 * 60_000;

/**
 * The boards that somebody looks at, each as a series of versions. A version is made for every single change that shows, in
 * the order the cluster told them; versions travel together in frames when they come quickly.
 */
export class Publisher {
  private readonly channels = new Map<string, Channel>();
  /** They outlive the channels: what was looked at, then left, then looked at again is one past with a gap. */
  private readonly pasts = new Map<string, Past>();

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
  now(namespace: string): Moment {
    const release = this.hold(namespace);
    const channel = this.channel(namespace);
    release();
    return channel.latest;
  }

  /** What a page at `have` has not seen yet; undefined when only a snapshot can help. */
  since(namespace: string, have: Position): PatchFrame | undefined {
    if (have.epoch !== this.options.epoch) return undefined;
    return this.channels.get(namespace)?.since(have.version);
  }

  /** A board that was, also in an earlier life of the server; undefined when it is not kept. */
  async moment(namespace: string, position: Position): Promise<Moment | undefined> {
    const past = this.past(namespace);
    await past.whole;
    return past.history.moment(position);
  }

  /** The past of a namespace as far as it was looked at, oldest first. */
  async history(namespace: string): Promise<readonly Stretch[]> {
    const past = this.past(namespace);
    await past.whole;
    return past.history.stretches;
  }

  /** Resolves when the past is on disk, as far as it is to be. */
  async saved(): Promise<void> {
    await Promise.all([...this.pasts.values()].map((past) => past.saved()));
  }

  stop(): void {
    for (const namespace of [...this.channels.keys()]) this.end(namespace);
  }

  private channel(namespace: string): Channel {
    const known = this.channels.get(namespace);
    if (known) return known;
    const channel = new Channel(namespace, this.options, this.past(namespace), this.nextVersion());
    this.channels.set(namespace, channel);
    return channel;
  }

  private past(namespace: string): Past {
    const known = this.pasts.get(namespace);
    if (known) return known;
    const past = new Past(this.options.clock, this.options.directory, namespace);
    this.pasts.set(namespace, past);
    this.forgetLater(namespace);
    return past;
  }

  /** From memory: on disk it stays for as long as it is young enough. */
  private forgetLater(namespace: string): void {
    this.options.clock.after(limits.ms, () => {
      if (!this.channels.has(namespace)) this.pasts.delete(namespace);
    });
  }

  /** A board that is taken up again must not give its old versions a second meaning. */
  private nextVersion(): number {
    this.firstVersion += 1_000_000;
    return this.firstVersion;
  }

  private firstVersion = 0;

  private end(namespace: string): void {
    const channel = this.channels.get(namespace);
    if (!channel) return;
    channel.cancelEnd?.();
    channel.stop();
    this.channels.delete(namespace);
    this.forgetLater(namespace);
  }
}

class Channel {
  holders = 0;
  cancelEnd: (() => void) | undefined;
  private readonly deriver = new BoardDeriver();
  private readonly pace: Pace;
  private unsent: Step[] = [];
  /** Steps of this channel, for pages that missed some. */
  private readonly recent: Step[] = [];
  latest: Moment;

  constructor(
    private readonly namespace: string,
    private readonly options: PublisherOptions,
    private readonly past: Past,
    version: number,
  ) {
    this.pace = new Pace(options.clock, () => this.flush());
    this.latest = { position: { epoch: options.epoch, version }, at: options.clock.now(), board: this.derive() };
    past.begin(this.latest);
  }

  update(urgency: Urgency): void {
    const { position, board: before } = this.latest;
    const board = this.derive();
    const patch = diffBoard(before, board);
    if (!patch) return;
    const at = this.options.clock.now();
    this.latest = { position: { epoch: position.epoch, version: position.version + 1 }, at, board };
    const step = { at, patch };
    this.past.append(step, board);
    this.recent.push(step);
    if (this.recent.length > mostMissed) this.recent.shift();
    this.unsent.push(step);
    this.pace.request(urgency);
  }

  since(version: number): PatchFrame | undefined {
    const missed = this.latest.position.version - version;
    if (missed < 0 || missed > this.recent.length) return undefined;
    return this.frame(version, missed === 0 ? [] : this.recent.slice(-missed));
  }

  stop(): void {
    this.pace.stop();
    this.past.end();
  }

  private flush(): void {
    const steps = this.unsent;
    this.unsent = [];
    if (steps.length > 0) this.options.send(this.frame(this.latest.position.version - steps.length, steps));
  }

  private frame(from: number, steps: readonly Step[]): PatchFrame {
    const { epoch, clock } = this.options;
    const [patches, times] = [steps.map((step) => step.patch), steps.map((step) => step.at)];
    return { namespace: this.namespace, epoch, from, sentAt: clock.now(), patches, times };
  }

  private derive(): Board {
    return this.deriver.derive(this.options.snapshot(this.namespace));
  }
}
