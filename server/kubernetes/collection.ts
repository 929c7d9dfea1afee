/** What must be known of every object to follow it; the rest of a projection is the caller's. */
export interface Identified {
  uid: string;
  name: string;
  /** Empty for what belongs to no namespace. */
  namespace: string;
  resourceVersion: string;
}

export interface CollectionHandler<P> {
  /** `previous` is the same object's earlier state; a new object under an old name has none, and the old one is removed first. */
  upserted(item: P, previous: P | undefined): void;
  removed(item: P): void;
}

/**
 * The objects of one kind as last told, by namespace and name. An object is its uid: one that was deleted and made again
 * under the same name is first removed and then added, also when the deletion itself was never seen. What is already known
 * (same uid, same revision) is told to nobody, so resuming or listing anew doubles nothing.
 */
export class Collection<P extends Identified> {
  private readonly items = new Map<string, P>();

  constructor(private readonly handler: CollectionHandler<P>) {}

  get size(): number {
    return this.items.size;
  }

  values(): IterableIterator<P> {
    return this.items.values();
  }

  upsert(item: P): void {
    const key = keyOf(item);
    const previous = this.items.get(key);
    if (previous?.uid === item.uid && previous.resourceVersion === item.resourceVersion) return;
    this.items.set(key, item);
    if (previous && previous.uid !== item.uid) {
      this.handler.removed(previous);
      this.handler.upserted(item, undefined);
    } else {
      this.handler.upserted(item, previous);
    }
  }

  remove(item: P): void {
    const key = keyOf(item);
    const known = this.items.get(key);
    // The deletion of an earlier object must not take its successor with it.
    if (known?.uid !== item.uid) return;
    this.items.delete(key);
    this.handler.removed(known);
  }

  /** Makes the collection equal to a whole list: what is not in it is gone. */
  replace(items: readonly P[]): void {
    const listed = new Set(items.map(keyOf));
    for (const [key, item] of [...this.items]) {
      if (listed.has(key)) continue;
      this.items.delete(key);
      this.handler.removed(item);
    }
    for (const item of items) this.upsert(item);
  }
}

function keyOf(item: Identified): string {
  return `${item.namespace}/${item.name}`;
}
