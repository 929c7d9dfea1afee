import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { ResourceName } from '../../../../lib/kubernetes/resources';
import type { Informers } from './informer';

/**
 * What a controller wrote for each of its objects, so that it never plans from a cache that does not show its own last
 * write yet (pkg/controller/util/consistency): it would create or delete the same pod twice.
 */
export class OwnWrites {
  private readonly written = new Map<string, Map<ResourceName, number>>();

  constructor(private readonly informers: Informers) {}

  note(owner: string, resource: ResourceName, object: KubernetesObject): void {
    const versions = this.written.get(owner) ?? new Map<ResourceName, number>();
    this.written.set(owner, versions);
    const version = Number(object.metadata.resourceVersion ?? 0);
    versions.set(resource, Math.max(versions.get(resource) ?? 0, version));
  }

  /** Throws while a cache is behind; the queue's back-off then brings the owner again. */
  ensureVisible(owner: string): void {
    for (const [resource, version] of this.written.get(owner) ?? []) {
      const read = this.informers.for(resource).revision();
      if (read < version)
        throw new Error(`read version: ${read} is not as new as written version: ${version} for ${resource}`);
    }
    this.written.delete(owner);
  }

  forget(owner: string): void {
    this.written.delete(owner);
  }
}
