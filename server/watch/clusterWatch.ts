import { resourcePath } from '../../lib/kubernetes/resources';
import type { Clock } from '../clock';
import type { KubernetesClient } from '../kubernetes/client';
import type { Identified } from '../kubernetes/collection';
import { ListWatch, type WatchStatus } from '../kubernetes/listWatch';
import type { CheckScope } from '../kubernetes/watchCheck';
import type { Cache } from './cache';
import { checkScopes } from './checkScopes';
import { isClusterKind, kinds, namespacedKinds, projections, type FactsOf, type Kind } from './kinds';
import { Probe } from './probe';

export interface ClusterWatchOptions {
  client: KubernetesClient;
  cache: Cache;
  clock: Clock;
  random: () => number;
  /** How we stand with the cluster may be different now. */
  healthChanged: () => void;
}

export interface WatchView {
  kind: Kind;
  /** Empty for the whole cluster. */
  namespace: string;
  status: Readonly<WatchStatus>;
  objects: number;
}

interface Running {
  kind: Kind;
  namespace: string;
  watch: { start(): void; stop(): void; retry(): void; readonly status: Readonly<WatchStatus> };
  count: () => number;
}

/**
 * One list and watch for each kind, for all viewers together: over the whole cluster where that is allowed, else for each
 * namespace that somebody looks at. The number of viewers never shows in the number of watches.
 */
export class ClusterWatch {
  readonly probe: Probe;
  private readonly wide = new Map<Kind, Running>();
  private readonly narrow = new Map<string, Running>();
  /** How many hold a namespace. */
  private readonly wanted = new Map<string, number>();

  constructor(private readonly options: ClusterWatchOptions) {
    this.probe = new Probe({
      ping: (timeoutMs) => options.client.ping(timeoutMs),
      clock: options.clock,
      changed: (isBack) => {
        if (isBack) this.retryAll();
        options.healthChanged();
      },
    });
  }

  start(): void {
    for (const kind of kinds) this.wide.set(kind, this.run(kind, ''));
    this.probe.start();
  }

  stop(): void {
    this.probe.stop();
    for (const running of this.all()) running.watch.stop();
  }

  /** Makes sure that this namespace is followed, also where only single namespaces may be. Returns what ends it. */
  hold(namespace: string): () => void {
    this.wanted.set(namespace, (this.wanted.get(namespace) ?? 0) + 1);
    this.adjust();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const left = (this.wanted.get(namespace) ?? 1) - 1;
      if (left > 0) this.wanted.set(namespace, left);
      else this.wanted.delete(namespace);
      this.adjust();
    };
  }

  views(): WatchView[] {
    return this.all().map((running) => ({
      kind: running.kind,
      namespace: running.namespace,
      status: running.watch.status,
      objects: running.count(),
    }));
  }

  /** The watches that a namespace's board rests on. */
  viewsOf(namespace: string): WatchView[] {
    return kinds.flatMap((kind) => {
      const wide = this.wide.get(kind);
      const running = this.narrow.get(`${kind}/${namespace}`) ?? wide;
      if (!running) return [];
      const status =
        running === wide || !wide ? running.watch.status : heldOver(running.watch.status, wide.watch.status);
      return [{ kind, namespace: running.namespace, status, objects: running.count() }];
    });
  }

  private all(): Running[] {
    return [...this.wide.values(), ...this.narrow.values()];
  }

  private retryAll(): void {
    for (const running of this.all()) running.watch.retry();
  }

  /** Where the cluster-wide watch is refused, one for each namespace looked at; where it is not, none of those. */
  private adjust(): void {
    const due = new Set<string>();
    for (const kind of namespacedKinds) {
      if (this.wide.get(kind)?.watch.status.state !== 'refused') continue;
      for (const namespace of this.wanted.keys()) due.add(`${kind}/${namespace}`);
    }
    for (const [key, running] of this.narrow) {
      if (due.has(key) || this.isStillUndecided(running.kind)) continue;
      running.watch.stop();
      this.narrow.delete(key);
    }
    for (const key of due) {
      const [kind, namespace] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
      const known = namespacedKinds.find((candidate) => candidate === kind);
      if (known && !this.narrow.has(key)) this.narrow.set(key, this.run(known, namespace));
    }
  }

  /** Where one kind may be seen nowhere at once, it may still be seen in this namespace or that. */
  private tellRefused(kind: Kind, namespace: string, { state }: Readonly<WatchStatus>): void {
    const namespaced = namespacedKinds.find((candidate) => candidate === kind);
    if (!namespaced) return;
    if (state === 'live') this.options.cache.setRefused(namespaced, namespace, false);
    if (state === 'refused' && namespace !== '') this.options.cache.setRefused(namespaced, namespace, true);
  }

  /** A refused watch that tries again is for a moment neither refused nor live. */
  private isStillUndecided(kind: Kind): boolean {
    const state = this.wide.get(kind)?.watch.status.state;
    return state !== 'live' && state !== 'refused';
  }

  private checkIn(kind: Kind, namespace: string, objects: number, turn: number): CheckScope[] {
    if (namespace !== '') return [{ path: resourcePath(kind, namespace), namespace: '' }];
    const within = isClusterKind(kind) ? [] : [...this.wanted.keys()];
    return checkScopes(objects, within, turn).map((scope) => ({
      path: resourcePath(kind, scope === '' ? undefined : scope),
      namespace: scope,
    }));
  }

  private run<K extends Kind>(kind: K, namespace: string): Running {
    const { client, cache, clock, random, healthChanged } = this.options;
    let turn = 0;
    const watch = new ListWatch<FactsOf[K] & Identified>({
      client,
      path: resourcePath(kind, namespace === '' ? undefined : namespace),
      project: projections[kind],
      checkIn: (objects) => this.checkIn(kind, namespace, objects, turn++),
      clock,
      random,
      handler: {
        upserted: (item) => cache.upsert<Kind>(kind, item),
        removed: (item) => cache.remove<Kind>(kind, item),
        synced: (apply) => {
          cache.batch(apply);
          if (isClusterKind(kind)) cache.setHidden(kind, false);
        },
        stateChanged: (status) => {
          if (isClusterKind(kind) && status.state === 'refused') cache.setHidden(kind, true);
          this.tellRefused(kind, namespace, status);
          if (namespace === '') this.adjust();
          // The API's own answer tells a watch that was cut from a cluster that is gone, before anybody reads the wrong one.
          if (status.state === 'gone') this.probe.askNow();
          healthChanged();
        },
      },
    });
    watch.start();
    return { kind, namespace, watch, count: () => watch.collection.size };
  }
}

/** Until a watch of one namespace has listed, the board still shows what the one of the whole cluster told last. */
function heldOver(narrow: Readonly<WatchStatus>, wide: Readonly<WatchStatus>): WatchStatus {
  const { lastHeardAt, lastSyncAt, checkedAt, lastEventAt } = wide;
  return narrow.lastSyncAt === undefined ? { ...narrow, lastHeardAt, lastSyncAt, checkedAt, lastEventAt } : narrow;
}
