import type { KubernetesObject } from '../../../lib/kubernetes/metadata';

/** The objects of one resource by key, in the order of their keys, as etcd lists them. */
export class Collection {
  private readonly objects = new Map<string, KubernetesObject>();
  private readonly keys: string[] = [];

  get(key: string): KubernetesObject | undefined {
    return this.objects.get(key);
  }

  put(key: string, object: KubernetesObject): void {
    if (!this.objects.has(key)) this.keys.splice(lowerBound(this.keys, key), 0, key);
    this.objects.set(key, object);
  }

  remove(key: string): void {
    if (this.objects.delete(key)) this.keys.splice(lowerBound(this.keys, key), 1);
  }

  get size(): number {
    return this.keys.length;
  }

  /** Pairs whose key starts with `prefix` and comes after `after`, in order. */
  *entries(prefix = '', after = ''): Generator<[string, KubernetesObject]> {
    for (let i = lowerBound(this.keys, prefix > after ? prefix : after); i < this.keys.length; i++) {
      const key = this.keys[i] ?? '';
      if (!key.startsWith(prefix)) return;
      const object = key === after ? undefined : this.objects.get(key);
      if (object) yield [key, object];
    }
  }
}

/** The first place in the sorted list where `key` could stand. */
function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
