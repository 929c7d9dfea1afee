import { join } from 'node:path';
import type { Board } from '../../lib/board/model';
import type { Moment } from '../../lib/history/change';
import type { Stretch } from '../../lib/history/stretch';
import type { PatchFrame, Position } from '../../lib/stream/protocol';
import type { Clock } from '../clock';
import type { KubernetesClient } from '../kubernetes/client';
import { Cache } from './cache';
import { ClusterWatch } from './clusterWatch';
import { healthOf, type Health } from './health';
import type { Urgency } from './pace';
import { Publisher } from './publisher';
import { LivesStore } from './livesStore';
import { WrittenStore } from './writtenStore';

/** Where DNS comes in: told of boards that are looked at, tells answers. */
export interface DnsSource {
  boardChanged(board: Board): void;
  boardEnded(namespace: string): void;
}

export interface LiveOptions {
  client: KubernetesClient;
  clock: Clock;
  random: () => number;
  epoch: string;
  clusterDomain: string;
  dns: DnsSource;
  send: (frame: PatchFrame) => void;
  healthChanged: () => void;
  /** Where the past is kept across restarts; without it, in memory only. */
  historyDirectory?: string;
}

/** Beside the past of the namespaces, which is removed when it is old; this is not. */
const writtenFile = 'written.json';
const livesFile = 'lives.json';
/** How long somebody who reads a board once counts as looking at it: for its watches, and for DNS to be asked. */
const visitMs = 30_000;
const readyMs = 5000;

/** The live path put together: watches feed the cache, the cache's changes become versions, and health says how far to trust them. */
export class Live {
  readonly cache: Cache;
  readonly watch: ClusterWatch;
  readonly publisher: Publisher;
  private readonly written: WrittenStore | undefined;
  private readonly lives: LivesStore | undefined;
  private readonly holders = new Map<string, number>();
  private readonly visits = new Map<string, () => void>();

  constructor(private readonly options: LiveOptions) {
    const { client, clock, random, epoch, clusterDomain, send, healthChanged, historyDirectory } = options;
    if (historyDirectory !== undefined) {
      this.written = new WrittenStore(join(historyDirectory, writtenFile), clock);
      this.lives = new LivesStore(join(historyDirectory, livesFile), clock);
    }
    this.cache = new Cache({
      clusterDomain,
      now: () => clock.now(),
      changed: (namespace, urgency) => this.changed(namespace, urgency),
      written: (namespace, written) => this.written?.keep(namespace, () => written),
      lives: (namespace, read) => this.lives?.keep(namespace, read),
    });
    this.publisher = new Publisher({
      clock,
      epoch,
      send,
      snapshot: (namespace) => this.cache.snapshot(namespace),
      ...(historyDirectory === undefined ? {} : { directory: historyDirectory }),
    });
    this.watch = new ClusterWatch({ client, cache: this.cache, clock, random, healthChanged });
  }

  /** Resolves once what an earlier life of the server knew is known again; the watches begin after that. */
  async start(): Promise<void> {
    for (const [namespace, written] of Object.entries((await this.written?.read()) ?? {})) {
      this.cache.recallWrites(namespace, written);
    }
    for (const [namespace, lives] of Object.entries((await this.lives?.read()) ?? {})) {
      this.cache.recallLives(namespace, lives);
    }
    this.watch.start();
  }

  /** Resolves when all that is kept across restarts is on disk. */
  async saved(): Promise<void> {
    await Promise.all([this.publisher.saved(), this.written?.saved(), this.lives?.saved()]);
  }

  stop(): void {
    for (const end of this.visits.values()) end();
    this.watch.stop();
    this.publisher.stop();
  }

  /** Somebody looks at this board, until the returned function is called. */
  hold(namespace: string): () => void {
    const releaseWatch = this.watch.hold(namespace);
    const releaseBoard = this.publisher.hold(namespace);
    this.holders.set(namespace, (this.holders.get(namespace) ?? 0) + 1);
    this.options.dns.boardChanged(this.now(namespace).board);
    return () => {
      releaseWatch();
      releaseBoard();
      const left = (this.holders.get(namespace) ?? 1) - 1;
      if (left > 0) return void this.holders.set(namespace, left);
      this.holders.delete(namespace);
      this.options.dns.boardEnded(namespace);
    };
  }

  now(namespace: string): Moment {
    return this.publisher.now(namespace);
  }

  since(namespace: string, have: Position): PatchFrame | undefined {
    return this.publisher.since(namespace, have);
  }

  moment(namespace: string, position: Position): Promise<Moment | undefined> {
    return this.publisher.moment(namespace, position);
  }

  history(namespace: string): Promise<readonly Stretch[]> {
    return this.publisher.history(namespace);
  }

  health(namespace: string): Health {
    return healthOf(this.watch.viewsOf(namespace), this.watch.probe);
  }

  /** For a single read: resolves when every kind has been listed and DNS has been asked, or after five seconds. */
  async ready(namespace: string): Promise<void> {
    this.visit(namespace);
    const deadline = this.options.clock.now() + readyMs;
    while (!this.isReady(namespace) && this.options.clock.now() < deadline) {
      await new Promise<void>((resolve) => this.options.clock.after(20, resolve));
    }
  }

  private isReady(namespace: string): boolean {
    const isListed = this.watch
      .viewsOf(namespace)
      .every(({ status }) => status.lastSyncAt !== undefined || status.state === 'refused');
    if (!isListed) return false;
    return this.now(namespace).board.dns.names.every(({ answer }) => answer.status !== 'unknown');
  }

  private visit(namespace: string): void {
    const release = this.hold(namespace);
    this.visits.get(namespace)?.();
    const cancel = this.options.clock.after(visitMs, () => this.visits.get(namespace)?.());
    this.visits.set(namespace, () => {
      cancel();
      this.visits.delete(namespace);
      release();
    });
  }

  private changed(namespace: string, urgency: Urgency): void {
    this.publisher.changed(namespace, urgency);
    if (this.holders.has(namespace)) this.options.dns.boardChanged(this.now(namespace).board);
  }
}
