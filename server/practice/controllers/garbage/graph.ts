import type { KubernetesObject, OwnerReference } from '../../../../lib/kubernetes/metadata';
import { apiVersionOf, resources, type ResourceName } from '../../../../lib/kubernetes/resources';

export const orphanFinalizer = 'orphan';
export const foregroundFinalizer = 'foregroundDeletion';

/** An object as the collector knows it: where it is, whose it is, and whether it is on its way out. */
export interface Item {
  resource: ResourceName;
  namespace: string;
  name: string;
  uid: string;
  owners: readonly OwnerReference[];
  isBeingDeleted: boolean;
  /** It goes only after its blocking dependents have gone. */
  isDeletingDependents: boolean;
  isOrphaning: boolean;
}

export function itemOf(resource: ResourceName, { metadata }: KubernetesObject): Item {
  const isBeingDeleted = metadata.deletionTimestamp !== undefined;
  const has = (finalizer: string) => isBeingDeleted && (metadata.finalizers ?? []).includes(finalizer);
  return {
    resource,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    owners: metadata.ownerReferences ?? [],
    isBeingDeleted,
    isDeletingDependents: has(foregroundFinalizer),
    isOrphaning: has(orphanFinalizer),
  };
}

/** What a change of the graph asks to be looked at: items to try to delete, owners to try to orphan. */
export interface Consequences {
  attemptToDelete: Item[];
  attemptToOrphan: Item[];
  /** A reference to an owner that lives in another namespace, which is the same as none. */
  misplaced: { item: Item; ref: OwnerReference }[];
}

/** Who owns what, by uid (pkg/controller/garbagecollector/graph_builder.go). */
export class Graph {
  private readonly items = new Map<string, Item>();
  private readonly dependents = new Map<string, Map<string, Item>>();

  get(uid: string): Item | undefined {
    return this.items.get(uid);
  }

  dependentsOf(uid: string): Item[] {
    return [...(this.dependents.get(uid)?.values() ?? [])];
  }

  blockingDependentsOf(uid: string): Item[] {
    return this.dependentsOf(uid).filter(({ owners }) =>
      owners.some((ref) => ref.uid === uid && ref.blockOwnerDeletion === true),
    );
  }

  put(item: Item): Consequences {
    const known = this.items.get(item.uid);
    const result: Consequences = { attemptToDelete: [], attemptToOrphan: [], misplaced: [] };
    this.link(item, known);
    for (const ref of known?.owners ?? []) {
      const now = item.owners.find((other) => other.uid === ref.uid);
      const owner = this.items.get(ref.uid);
      // The last thing that held an owner back may just have let go of it.
      if (owner && ref.blockOwnerDeletion && !now?.blockOwnerDeletion) result.attemptToDelete.push(owner);
    }
    const added = item.owners.filter((ref) => !known?.owners.some((other) => other.uid === ref.uid));
    for (const ref of added) this.checkOwner(item, ref, result);
    // An owner that is seen only now may show that references to it were wrong all along.
    if (!known)
      for (const dependent of this.dependentsOf(item.uid))
        for (const ref of dependent.owners) if (ref.uid === item.uid) this.checkOwner(dependent, ref, result);
    if (item.isOrphaning && !known?.isOrphaning) result.attemptToOrphan.push(item);
    else if (item.isDeletingDependents && !known?.isDeletingDependents)
      result.attemptToDelete.push(...this.dependentsOf(item.uid), item);
    return result;
  }

  remove(item: Item): Consequences {
    this.items.delete(item.uid);
    for (const ref of item.owners) this.unlink(ref.uid, item.uid);
    const waiting = item.owners.flatMap((ref) => {
      const owner = this.items.get(ref.uid);
      return owner?.isDeletingDependents ? [owner] : [];
    });
    return {
      attemptToDelete: [...this.dependentsOf(item.uid), ...waiting],
      attemptToOrphan: [],
      misplaced: [],
    };
  }

  private link(item: Item, known: Item | undefined): void {
    this.items.set(item.uid, item);
    for (const ref of known?.owners ?? []) this.unlink(ref.uid, item.uid);
    for (const { uid } of item.owners) {
      const dependents = this.dependents.get(uid) ?? new Map<string, Item>();
      this.dependents.set(uid, dependents);
      dependents.set(item.uid, item);
    }
  }

  private unlink(owner: string, dependent: string): void {
    const dependents = this.dependents.get(owner);
    dependents?.delete(dependent);
    if (dependents?.size === 0) this.dependents.delete(owner);
  }

  private checkOwner(item: Item, ref: OwnerReference, result: Consequences): void {
    const owner = this.items.get(ref.uid);
    if (!owner) result.attemptToDelete.push(item);
    else if (owner.namespace !== '' && owner.namespace !== item.namespace) {
      result.misplaced.push({ item, ref });
      result.attemptToDelete.push(item);
    } else if (!isSameObject(owner, ref)) result.attemptToDelete.push(item);
    else if (owner.isDeletingDependents) result.attemptToDelete.push(item);
  }
}

function isSameObject(owner: Item, ref: OwnerReference): boolean {
  const { kind } = resources[owner.resource];
  return owner.name === ref.name && kind === ref.kind && apiVersionOf(resources[owner.resource]) === ref.apiVersion;
}
