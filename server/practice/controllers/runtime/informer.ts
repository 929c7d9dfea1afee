import type { ObjectOf, ResourceName } from '../../../../lib/kubernetes/resources';
import type { ApiClient } from '../../client';

/**
 * One cache per kind, shared by every controller, the scheduler, the kubelets, DNS and the network: each object is held
 * once. The cache is filled before a handler runs, so a reconcile always reads at least what woke it.
 */
export interface Informers {
  for<R extends ResourceName>(resource: R): Informer<ObjectOf[R]>;
  /** Resolves when every informer asked for so far holds the state of the API. */
  synced(): Promise<void>;
  stop(): void;
}

export interface Informer<T> {
  get(name: string, namespace?: string): T | undefined;
  /** All objects, or those of one namespace; in no order to rely on. */
  list(namespace?: string): T[];
  /** Objects whose `index` function (see `addIndex`) gives this value. */
  by(index: string, value: string): T[];
  addIndex(index: string, values: (object: T) => string[]): void;
  /** Existing objects arrive as added, at once. Handlers must not throw; they usually only enqueue a key. */
  on(handlers: InformerHandlers<T>): void;
  /**
   * The newest resourceVersion that reached this cache, 0 before the first. One who has written at a later one knows
   * that the cache does not show it yet.
   */
  revision(): number;
}

export interface InformerHandlers<T> {
  added?(object: T): void;
  modified?(object: T, previous: T): void;
  deleted?(object: T): void;
}

class ResourceInformer<R extends ResourceName> implements Informer<ObjectOf[R]> {
  private readonly objects = new Map<string, ObjectOf[R]>();
  private readonly namespaces = new Map<string, Map<string, ObjectOf[R]>>();
  private readonly indexes = new Map<
    string,
    { values: (o: ObjectOf[R]) => string[]; held: Map<string, Map<string, ObjectOf[R]>> }
  >();
  private readonly handlers: InformerHandlers<ObjectOf[R]>[] = [];
  private readonly stream: { stop(): void };
  private newest = 0;
  readonly synced: Promise<void>;

  constructor(client: ApiClient, resource: R) {
    let markSynced = () => {};
    this.synced = new Promise((resolve) => (markSynced = resolve));
    this.stream = client.watch(resource, {
      added: (object) => {
        this.put(object);
        for (const h of this.handlers) h.added?.(object);
      },
      modified: (object, previous) => {
        this.remove(previous);
        this.put(object);
        for (const h of this.handlers) h.modified?.(object, previous);
      },
      deleted: (object) => {
        this.remove(object);
        this.note(object);
        for (const h of this.handlers) h.deleted?.(object);
      },
      synced: () => markSynced(),
    });
  }

  get(name: string, namespace = ''): ObjectOf[R] | undefined {
    return this.objects.get(`${namespace}/${name}`);
  }

  list(namespace?: string): ObjectOf[R][] {
    if (namespace === undefined) return [...this.objects.values()];
    return [...(this.namespaces.get(namespace)?.values() ?? [])];
  }

  by(index: string, value: string): ObjectOf[R][] {
    const found = this.indexes.get(index);
    if (!found) throw new Error(`no index named ${index}: call addIndex first`);
    return [...(found.held.get(value)?.values() ?? [])];
  }

  addIndex(index: string, values: (object: ObjectOf[R]) => string[]): void {
    if (this.indexes.has(index)) return;
    const added = { values, held: new Map<string, Map<string, ObjectOf[R]>>() };
    this.indexes.set(index, added);
    for (const object of this.objects.values())
      for (const v of values(object)) nested(added.held, v).set(keyOf(object), object);
  }

  on(handlers: InformerHandlers<ObjectOf[R]>): void {
    for (const object of this.objects.values()) handlers.added?.(object);
    this.handlers.push(handlers);
  }

  revision(): number {
    return this.newest;
  }

  stop(): void {
    this.stream.stop();
  }

  private note(object: ObjectOf[R]): void {
    this.newest = Math.max(this.newest, Number(object.metadata.resourceVersion ?? 0));
  }

  private put(object: ObjectOf[R]): void {
    this.note(object);
    const key = keyOf(object);
    this.objects.set(key, object);
    nested(this.namespaces, object.metadata.namespace ?? '').set(key, object);
    for (const { values, held } of this.indexes.values())
      for (const v of values(object)) nested(held, v).set(key, object);
  }

  private remove(object: ObjectOf[R]): void {
    const key = keyOf(object);
    const known = this.objects.get(key);
    if (!known) return;
    this.objects.delete(key);
    drop(this.namespaces, object.metadata.namespace ?? '', key);
    for (const { values, held } of this.indexes.values()) for (const v of values(known)) drop(held, v, key);
  }
}

export function createInformers(client: ApiClient): Informers {
  const held = new Map<ResourceName, ResourceInformer<ResourceName>>();
  return {
    for<R extends ResourceName>(resource: R): Informer<ObjectOf[R]> {
      let informer = held.get(resource);
      if (!informer)
        held.set(
          resource,
          (informer = new ResourceInformer(client, resource) as unknown as ResourceInformer<ResourceName>),
        );
      return informer as unknown as Informer<ObjectOf[R]>;
    },
    synced: async () => void (await Promise.all([...held.values()].map((informer) => informer.synced))),
    stop: () => held.forEach((informer) => informer.stop()),
  };
}

/** `namespace/name`; a cluster-scoped object has an empty namespace. */
export function keyOf(object: { metadata: { name?: string; namespace?: string } }): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function nested<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map()));
  return inner;
}

function drop<T>(map: Map<string, Map<string, T>>, key: string, innerKey: string): void {
  const inner = map.get(key);
  inner?.delete(innerKey);
  if (inner?.size === 0) map.delete(key);
}
