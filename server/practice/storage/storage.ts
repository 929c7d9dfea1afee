import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import type { Clock } from '../clock';
import { Collection } from './collection';
import { Compaction } from './compaction';
import { deepFreeze } from './freeze';
import { defaultLimits, History, type HistoryLimits } from './history';
import { shareWith } from './sharing';

/**
 * What etcd and the watch cache are to a real API server: one counter of revisions, objects by key, compare-and-swap, and
 * watches that can start in the recent past. Everything is in memory on one thread; a journal, if given, has each write on
 * disk before it counts. Objects are frozen; a reader may keep them for as long as it likes.
 *
 * Not simulated: leases, transactions over several keys, serving an old watch from disk after a restart.
 */
export interface Storage {
  /** Of the newest write. */
  readonly revision: number;
  get(resource: string, key: string): KubernetesObject | undefined;
  /** In the order of keys. */
  list(resource: string, options?: ReadOptions): Page;
  /** The number of objects of a resource. */
  count(resource: string): number;
  /** Throws `KeyExistsError`. The result carries the new revision. */
  create(resource: string, key: string, object: KubernetesObject): KubernetesObject;
  /** Throws `ChangedError` unless `expected` is what the key holds now. */
  replace(resource: string, key: string, expected: KubernetesObject, next: KubernetesObject): KubernetesObject;
  /** Throws `ChangedError` unless `expected` is what the key holds now. The result is `last` (or that) with the new revision. */
  remove(resource: string, key: string, expected: KubernetesObject, last?: KubernetesObject): KubernetesObject;
  /**
   * Calls `handler` for each change after `from`, in order: those of the past at once, the others as they are written.
   * Throws `TooOldError` when `from` lies before what is remembered.
   */
  watch(resource: string, from: number, handler: (change: Change) => void): { stop(): void };
  /** Everything as it is now, for a snapshot: later writes do not show in it. */
  state(): StoredState;
}

export interface ReadOptions {
  /** Only keys that start with this: `default/`. */
  prefix?: string;
  /** Only keys after this one. */
  after?: string;
  /** Stops after so many objects that `matches`. */
  limit?: number;
  matches?(object: KubernetesObject): boolean;
  /** The state at this revision; throws `TooOldError` when that is forgotten. */
  revision?: number;
}

export interface Page {
  objects: KubernetesObject[];
  revision: number;
  /** The key of the last object, when `limit` cut the list and more may follow. */
  next?: string;
  /** How many keys follow `next`, matching or not. */
  remaining: number;
}

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: string;
  key: string;
  revision: number;
  /** The new state; for DELETED the last state, with the revision of the deletion. */
  object: KubernetesObject;
  previous?: KubernetesObject;
}

export class KeyExistsError extends Error {}
export class ChangedError extends Error {}
export class TooOldError extends Error {
  constructor(
    readonly asked: number,
    readonly oldest: number,
  ) {
    super(`too old resource version: ${asked} (${oldest})`);
  }
}

/** Where writes go before they count. `append` throws when the write cannot be kept, and the write then fails. */
export interface WriteLog {
  append(record: WriteRecord): void;
}

export interface WriteRecord {
  revision: number;
  resource: string;
  key: string;
  /** Null: removed. */
  object: KubernetesObject | null;
}

export interface StoredState {
  revision: number;
  records: Iterable<WriteRecord>;
}

export interface StorageOptions {
  clock: Clock;
  log?: WriteLog;
  /** What an earlier run left. */
  state?: StoredState;
  limits?: HistoryLimits;
}

interface Watcher {
  after: number;
  handler(change: Change): void;
}

interface Shelf {
  objects: Collection;
  history: History;
  watchers: Set<Watcher>;
  /** The object written last: pods of one set, and all Events, have much in common with their predecessor. */
  latest: KubernetesObject | undefined;
}

export function createStorage(options: StorageOptions): Storage {
  return new MemoryStorage(options);
}

const shedEveryMs = 1_000;

class MemoryStorage implements Storage {
  revision: number;
  private readonly shelves = new Map<string, Shelf>();
  /** Watches cannot look behind the start of this run: what happened before is not remembered. */
  private readonly firstRevision: number;
  private readonly pending: Change[] = [];
  private isDelivering = false;
  private shedAt = 0;
  private readonly compaction: Compaction;

  constructor(private readonly options: StorageOptions) {
    this.revision = this.firstRevision = options.state?.revision ?? 0;
    this.compaction = new Compaction((options.limits ?? defaultLimits).longestMs, this.firstRevision);
    for (const { resource, key, object } of options.state?.records ?? [])
      this.restore(this.shelf(resource), key, object);
  }

  get(resource: string, key: string): KubernetesObject | undefined {
    return this.shelves.get(resource)?.objects.get(key);
  }

  count(resource: string): number {
    return this.shelves.get(resource)?.objects.size ?? 0;
  }

  list(resource: string, options: ReadOptions = {}): Page {
    const { prefix = '', after = '', limit = Infinity, matches } = options;
    const shelf = this.shelf(resource);
    const revision = options.revision ?? this.revision;
    const entries =
      revision === this.revision ? shelf.objects.entries(prefix, after) : this.rewound(shelf, revision, prefix, after);
    const page: Page = { objects: [], revision, remaining: 0 };
    let last = '';
    for (const [key, object] of entries) {
      if (page.objects.length >= limit) {
        page.next = last;
        page.remaining++;
        continue;
      }
      last = key;
      if (!matches || matches(object)) page.objects.push(object);
    }
    return page;
  }

  create(resource: string, key: string, object: KubernetesObject): KubernetesObject {
    if (this.get(resource, key)) throw new KeyExistsError(key);
    return this.commit('ADDED', resource, key, object);
  }

  replace(resource: string, key: string, expected: KubernetesObject, next: KubernetesObject): KubernetesObject {
    if (this.get(resource, key) !== expected) throw new ChangedError(key);
    return this.commit('MODIFIED', resource, key, next, expected);
  }

  remove(resource: string, key: string, expected: KubernetesObject, last = expected): KubernetesObject {
    if (this.get(resource, key) !== expected) throw new ChangedError(key);
    return this.commit('DELETED', resource, key, last, expected);
  }

  watch(resource: string, from: number, handler: (change: Change) => void): { stop(): void } {
    const shelf = this.shelf(resource);
    if (from < shelf.history.floor) throw new TooOldError(from, shelf.history.floor);
    const watcher: Watcher = { after: from, handler };
    // Joined before the past is replayed, so that a write made by the handler itself comes after it and is not lost.
    shelf.watchers.add(watcher);
    const wasDelivering = this.isDelivering;
    this.isDelivering = true;
    for (const change of shelf.history.after(from)) this.tell(watcher, change);
    this.isDelivering = wasDelivering;
    if (!wasDelivering) this.deliver();
    return {
      stop: () => {
        watcher.after = Infinity;
        shelf.watchers.delete(watcher);
      },
    };
  }

  state(): StoredState {
    const records: WriteRecord[] = [];
    for (const [resource, { objects }] of this.shelves)
      for (const [key, object] of objects.entries())
        records.push({ revision: Number(object.metadata.resourceVersion ?? 0), resource, key, object });
    return { revision: this.revision, records };
  }

  private restore(shelf: Shelf, key: string, object: KubernetesObject | null): void {
    if (!object) return shelf.objects.remove(key);
    if (shelf.latest) shareWith(object, shelf.latest);
    shelf.latest = deepFreeze(object);
    shelf.objects.put(key, object);
  }

  private commit(
    type: Change['type'],
    resource: string,
    key: string,
    object: KubernetesObject,
    previous?: KubernetesObject,
  ): KubernetesObject {
    const revision = this.revision + 1;
    const shelf = this.shelf(resource);
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    if (previous) shareWith(stamped, previous);
    if (shelf.latest && shelf.latest !== previous) shareWith(stamped, shelf.latest);
    deepFreeze(stamped);
    this.options.log?.append({ revision, resource, key, object: type === 'DELETED' ? null : stamped });
    this.revision = revision;
    shelf.latest = stamped;
    if (type === 'DELETED') shelf.objects.remove(key);
    else shelf.objects.put(key, stamped);
    const change: Change = { type, resource, key, revision, object: stamped, ...(previous ? { previous } : {}) };
    const now = this.options.clock.now();
    shelf.history.add(change, now);
    this.compaction.mark(revision, now);
    this.shed(now);
    this.pending.push(change);
    this.deliver();
    return stamped;
  }

  /** Any write, be it a node's lease, is the occasion to let go of what other kinds no longer need. */
  private shed(now: number): void {
    if (now - this.shedAt < shedEveryMs) return;
    this.shedAt = now;
    for (const { history } of this.shelves.values()) history.shed(now);
  }

  /**
   * A handler may write. Its change waits until every watcher has seen the one being delivered: otherwise a watcher later
   * in the row would see revisions out of order.
   */
  private deliver(): void {
    if (this.isDelivering) return;
    this.isDelivering = true;
    try {
      for (let change = this.pending.shift(); change; change = this.pending.shift())
        for (const watcher of this.shelf(change.resource).watchers) this.tell(watcher, change);
    } finally {
      this.isDelivering = false;
    }
  }

  /** `after` keeps a watcher that joined during a delivery from hearing twice of what it has already listed. */
  private tell(watcher: Watcher, change: Change): void {
    if (change.revision <= watcher.after) return;
    watcher.after = change.revision;
    watcher.handler(change);
  }

  /** The entries as they were: the present ones, with the changes since then taken back. */
  private rewound(shelf: Shelf, revision: number, prefix: string, after: string): Iterable<[string, KubernetesObject]> {
    const floor = Math.max(shelf.history.floor, this.compaction.floor(this.options.clock.now()));
    if (revision < floor) throw new TooOldError(revision, floor);
    const past = new Map<string, KubernetesObject | undefined>();
    for (const change of shelf.history.after(revision))
      if (!past.has(change.key)) past.set(change.key, change.previous);
    if (past.size === 0) return shelf.objects.entries(prefix, after);
    const entries: [string, KubernetesObject][] = [];
    for (const entry of shelf.objects.entries(prefix, after)) if (!past.has(entry[0])) entries.push(entry);
    for (const [key, object] of past) if (object && key.startsWith(prefix) && key > after) entries.push([key, object]);
    return entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private shelf(resource: string): Shelf {
    let shelf = this.shelves.get(resource);
    if (!shelf) {
      const history = new History(this.firstRevision, this.options.limits ?? defaultLimits);
      this.shelves.set(
        resource,
        (shelf = { objects: new Collection(), history, watchers: new Set(), latest: undefined }),
      );
    }
    return shelf;
  }
}
