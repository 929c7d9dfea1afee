import type { IncomingMessage } from 'node:http';
import { pause, type Clock } from '../clock';
import { BackOff } from './backOff';
import { Collection, type CollectionHandler, type Identified } from './collection';
import type { KubernetesClient } from './client';
import { ClusterError, errorFromNetwork, isExpired, isRefused } from './errors';
import { textAt } from './json';
import { LineSplitter } from './lines';
import { Silence } from './silence';
import { WatchCheck, checkPeriodMs, type CheckScope, type Identity } from './watchCheck';
import { parseWatchEvent } from './watchEvent';

/**
 * Follows one kind of object for as long as the process lives: a list, then a watch from where the list stood, resumed from
 * the last revision whenever it ends. It never ends by itself; every failure is a state and another try.
 *
 *   connecting → live ⇄ gone     the server does not answer, or fails; tried again within 2 s
 *                live → silent   nothing, not even a bookmark, for `silenceMs`, or a list shows what the watch did not tell: the
 *                                connection is replaced, and after the latter is believed only once it has proved itself
 *                     → refused  403 or 401; tried again slowly, in case somebody grants it
 */
export type WatchState = 'connecting' | 'live' | 'gone' | 'silent' | 'refused';

export interface WatchStatus {
  state: WatchState;
  since: number;
  error?: ClusterError;
  /** The last change, the last whole list, and the last sign of any kind. */
  lastEventAt?: number;
  lastSyncAt?: number;
  lastHeardAt?: number;
  /** The last time that a list showed nothing but what the watch had told. */
  checkedAt?: number;
}

export interface ListWatchOptions<P extends Identified> {
  client: Pick<KubernetesClient, 'list' | 'listMetadata' | 'watch' | 'access'>;
  path: string;
  /** What is kept of an object; the object itself is dropped at once. Undefined for one that is not understood. */
  project(object: unknown): P | undefined;
  handler: ListWatchHandler<P>;
  /** Where a watch that says nothing is compared with a list, given how many objects there are. */
  checkIn?: (objects: number) => readonly CheckScope[];
  clock: Clock;
  random: () => number;
}

export interface ListWatchHandler<P> extends CollectionHandler<P> {
  /** Runs `apply`, in which everything that a whole list changed is told, and after which what is known is complete. */
  synced(apply: () => void): void;
  stateChanged(status: WatchStatus): void;
}

/** Small enough that one page of pods is parsed within 50 ms. */
const pageSize = 500;
/** API servers send a bookmark about once a minute. */
export const silenceMs = 75_000;
/** For the head of a watch's answer, which a working server sends at once. */
const openMs = 5_000;
const refusedMs = 10_000;
/** A watch that is opened in the place of one that hung is compared this soon: until then nobody believes it. */
const proofMs = 1500;

export class ListWatch<P extends Identified> {
  readonly collection: Collection<P>;
  private readonly stopped = new AbortController();
  private readonly backOff: BackOff;
  private current: AbortController = new AbortController();
  private revision = '';
  private silences = 0;
  /** Connections in a row that hung, without a sign on any of them. */
  private hangs = 0;
  private signs = 0;
  /** Lists are refused though watches are not. */
  private cannotCheck = false;
  /** What `project` did not understand: known to be there, and nothing more. */
  private readonly unread = new Map<string, Identified>();
  private hurried = false;
  private known: WatchStatus;

  constructor(private readonly options: ListWatchOptions<P>) {
    this.collection = new Collection(options.handler);
    this.backOff = new BackOff(200, 1600, options.random);
    this.known = { state: 'connecting', since: options.clock.now() };
  }

  get status(): Readonly<WatchStatus> {
    return this.known;
  }

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped.abort();
    this.current.abort();
  }

  /** Ends the present connection or pause and tries at once. For when the server is known to have come back. */
  retry(): void {
    this.backOff.reset();
    this.hurried = true;
    this.current.abort();
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.current = new AbortController();
      this.hurried = false;
      try {
        if (this.revision === '') await this.list(this.current.signal);
        await this.watch(this.current);
      } catch (error) {
        await this.failed(error);
      }
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { client, path, project, clock } = this.options;
    const items: P[] = [];
    this.unread.clear();
    let next: string | undefined;
    let resourceVersion: string;
    do {
      const page = await client.list(path, { limit: pageSize, ...(next === undefined ? {} : { next }) }, signal);
      for (const object of page.items) {
        const item = project(object);
        if (item) items.push(item);
        else this.leave(object);
      }
      next = page.next;
      resourceVersion = page.resourceVersion;
    } while (next !== undefined);
    this.revision = resourceVersion;
    this.cannotCheck = false;
    const now = clock.now();
    this.known = { ...this.known, lastSyncAt: now, lastHeardAt: now };
    this.options.handler.synced(() => this.collection.replace(items));
  }

  private async watch(connection: AbortController): Promise<void> {
    const { client, path, clock, random } = this.options;
    const silence = new Silence(clock, () => this.fellSilent(connection));
    const check = this.check(connection);
    silence.expect(openMs);
    try {
      const response = await client.watch(path, this.revision, 300 + Math.floor(random() * 300), connection.signal);
      silence.expect(silenceMs);
      this.enter(this.hangs > 0 ? 'silent' : 'live');
      check?.start(this.hangs > 0 ? proofMs : checkPeriodMs);
      const openedAt = clock.now();
      await this.read(response, connection, silence);
      // A server that closes every watch at once would otherwise be asked in a tight loop.
      if (clock.now() - openedAt < 1000) await pause(clock, this.backOff.next(), connection.signal);
      else this.backOff.reset();
    } finally {
      silence.end();
      check?.end();
      connection.abort();
    }
  }

  /** Resolves when the stream ends, rejects when it breaks or the server sends an ERROR. */
  private read(response: IncomingMessage, connection: AbortController, silence: Silence): Promise<void> {
    return new Promise((resolve, reject) => {
      // After the first failure nothing of this connection counts: what follows an ERROR or a broken line is not in order.
      let failed = false;
      const fail = (error: unknown): void => {
        failed = true;
        reject(error instanceof Error ? error : new Error(String(error)));
        connection.abort();
      };
      const lines = new LineSplitter((line) => {
        if (failed || connection.signal.aborted) return;
        const error = this.take(line);
        if (error) fail(error);
      });
      response.on('data', (chunk: Buffer) => {
        if (failed || connection.signal.aborted) return;
        silence.expect(silenceMs);
        this.heard();
        lines.push(chunk);
      });
      response.on('end', resolve);
      // Node's own word for it is "aborted". Whether the API still answers is another question, and the probe's.
      response.on('error', () => reject(new ClusterError('unreachable', 'The watch was cut off.')));
      response.on('close', () => reject(new ClusterError('unreachable', 'The watch was cut off.')));
    });
  }

  private take(line: string): ClusterError | undefined {
    const event = parseWatchEvent(line);
    if (event.type === 'error') return event.error;
    if (event.type === 'broken') return new ClusterError('unreachable', 'The watch sent a line that is no event.');
    this.silences = 0;
    this.backOff.reset();
    if (event.type !== 'bookmark') {
      this.known = { ...this.known, lastEventAt: this.options.clock.now() };
      const item = this.options.project(event.object);
      if (item && event.type === 'changed') this.collection.upsert(item);
      if (item && event.type === 'deleted') this.collection.remove(item);
      if (item) this.unread.delete(item.uid);
      else this.leave(event.object, event.type === 'deleted');
    }
    this.revision = event.resourceVersion;
    return undefined;
  }

  private heard(): void {
    this.signs += 1;
    this.known = { ...this.known, lastHeardAt: this.options.clock.now() };
    this.proved();
  }

  private proved(): void {
    if (this.hangs === 0) return;
    this.hangs = 0;
    this.enter('live');
  }

  private check(connection: AbortController): WatchCheck | undefined {
    const { client, clock, checkIn } = this.options;
    if (!checkIn || this.cannotCheck) return undefined;
    return new WatchCheck({
      client,
      clock,
      scopes: () => checkIn(this.collection.size),
      known: (namespace) => this.identities(namespace),
      heard: () => ({ at: this.known.lastHeardAt ?? 0, signs: this.signs }),
      agreed: (askedAt) => {
        this.known = { ...this.known, checkedAt: askedAt };
        // Once may have been the connection. After a second hang only a word on the watch itself proves that it speaks.
        if (this.hangs === 1) this.proved();
      },
      hangs: () => this.hung(connection),
      refused: () => {
        this.cannotCheck = true;
        this.retry();
      },
    });
  }

  private identities(namespace: string): Identity[] {
    const all = [...this.collection.values(), ...this.unread.values()];
    return namespace === '' ? all : all.filter((item) => item.namespace === namespace);
  }

  private leave(object: unknown, isGone = false): void {
    const uid = textAt(object, 'metadata', 'uid');
    const resourceVersion = textAt(object, 'metadata', 'resourceVersion');
    if (uid === undefined || resourceVersion === undefined) return;
    const [name = '', namespace = ''] = [textAt(object, 'metadata', 'name'), textAt(object, 'metadata', 'namespace')];
    if (isGone) this.unread.delete(uid);
    else this.unread.set(uid, { uid, resourceVersion, name, namespace });
  }

  /** A list has shown what this connection does not bring: that is listed in whole at once, and the connection replaced. */
  private hung(connection: AbortController): void {
    this.hangs += 1;
    this.revision = '';
    this.enter('silent');
    connection.abort();
  }

  private fellSilent(connection: AbortController): void {
    this.silences += 1;
    // A second silence from the same revision: the server may hold a revision we made up (its data was replaced). List anew.
    if (this.silences > 1) this.revision = '';
    this.enter('silent');
    connection.abort();
  }

  private async failed(error: unknown): Promise<void> {
    if (this.stopped.signal.aborted || this.hurried) return;
    const cause = errorFromNetwork(error, this.options.client.access.server);
    // We cut the connection ourselves and have said so already.
    if (this.known.state === 'silent' && cause.code === undefined) return this.wait(this.backOff.next());
    if (isExpired(cause)) this.revision = '';
    else if (cause.code !== undefined && cause.code >= 400 && cause.code < 500 && cause.code !== 429)
      this.revision = '';
    if (isRefused(cause)) {
      this.enter('refused', cause);
      return this.wait(refusedMs * (0.75 + this.options.random() * 0.5));
    }
    // Too old a revision is ordinary and not a loss of sight; the list that follows says how things stand.
    if (!isExpired(cause)) this.enter('gone', cause);
    const asked = Math.min(cause.retryAfterMs ?? 0, 2000);
    await this.wait(Math.max(asked, this.backOff.next()));
  }

  private async wait(delayMs: number): Promise<void> {
    this.current = new AbortController();
    if (this.stopped.signal.aborted) return;
    await pause(this.options.clock, delayMs, this.current.signal);
  }

  private enter(state: WatchState, error?: ClusterError): void {
    const { error: previous, ...before } = this.known;
    const now = this.options.clock.now();
    const since = before.state === state ? before.since : now;
    this.known = { ...before, state, since };
    if (state === 'live') this.known.lastHeardAt = now;
    if (error) this.known.error = error;
    if (before.state !== state || previous?.message !== error?.message) this.options.handler.stateChanged(this.known);
  }
}
