import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Change, ReadOptions, Storage } from '../../storage/storage';
import type { Core } from '../core';
import type { Kind, View } from '../kinds/kind';

/** The core as a kind sees it whose objects another kind stores: every read and write of them is in its own form. */
export function coreFor(core: Core, kind: Kind): Core {
  return kind.view ? { ...core, storage: new ViewedStorage(core.storage, kind.plural, kind.view) } : core;
}

/** Each stored object is shown as one and the same object, so that compare-and-swap and caches by identity work as ever. */
const shownOf = new WeakMap<KubernetesObject, KubernetesObject>();
const storedOf = new WeakMap<KubernetesObject, KubernetesObject>();

/** Shows one resource in another form; the others are as they are. */
class ViewedStorage implements Storage {
  constructor(
    private readonly storage: Storage,
    private readonly plural: string,
    private readonly view: View,
  ) {}

  get revision(): number {
    return this.storage.revision;
  }

  get(resource: string, key: string): KubernetesObject | undefined {
    const object = this.storage.get(resource, key);
    return object && this.shown(resource, object);
  }

  list(resource: string, { matches, ...options }: ReadOptions = {}) {
    const page = this.storage.list(resource, {
      ...options,
      ...(matches ? { matches: (object: KubernetesObject) => matches(this.shown(resource, object)) } : {}),
    });
    return { ...page, objects: page.objects.map((object) => this.shown(resource, object)) };
  }

  count(resource: string): number {
    return this.storage.count(resource);
  }

  create(resource: string, key: string, object: KubernetesObject): KubernetesObject {
    return this.shown(resource, this.storage.create(resource, key, this.stored(resource, object)));
  }

  replace(resource: string, key: string, expected: KubernetesObject, next: KubernetesObject): KubernetesObject {
    const stored = this.stored(resource, next);
    return this.shown(resource, this.storage.replace(resource, key, this.original(expected), stored));
  }

  remove(resource: string, key: string, expected: KubernetesObject, last = expected): KubernetesObject {
    const [was, is] = [this.original(expected), last === expected ? undefined : this.stored(resource, last)];
    return this.shown(resource, this.storage.remove(resource, key, was, is));
  }

  watch(resource: string, from: number, handler: (change: Change) => void): { stop(): void } {
    return this.storage.watch(resource, from, (change) =>
      handler({
        ...change,
        object: this.shown(resource, change.object),
        ...(change.previous ? { previous: this.shown(resource, change.previous) } : {}),
      }),
    );
  }

  state() {
    return this.storage.state();
  }

  private shown(resource: string, object: KubernetesObject): KubernetesObject {
    if (resource !== this.plural) return object;
    const known = shownOf.get(object) ?? this.view.shown(object);
    shownOf.set(object, known);
    storedOf.set(known, object);
    return known;
  }

  private stored(resource: string, object: KubernetesObject): KubernetesObject {
    return resource === this.plural ? this.view.stored(object) : object;
  }

  private original(shown: KubernetesObject): KubernetesObject {
    return storedOf.get(shown) ?? shown;
  }
}
