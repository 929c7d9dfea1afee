import { equalJson } from '../../../../lib/kubernetes/equal';
import type { KubernetesObject, OwnerReference } from '../../../../lib/kubernetes/metadata';
import { apiVersionOf, resources, type ResourceName } from '../../../../lib/kubernetes/resources';
import type { ApiClient, DeleteOptions } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { isConflict, isNotFound } from '../../status';
import { Controller, type ReconcileFailure } from '../runtime/controller';
import { joinErrors } from '../runtime/errors';
import { createEventRecorder } from '../runtime/events';
import type { Informers } from '../runtime/informer';
import { foregroundFinalizer, Graph, itemOf, orphanFinalizer, type Consequences, type Item } from './graph';

export interface GarbageCollectorOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  /** The kinds looked at: all but events, when left out. */
  kinds?: readonly ResourceName[];
  onError?: (failure: ReconcileFailure) => void;
}

const workers = 20;
const conflictTries = 5;

/**
 * Deletes what nobody owns any more, by owner references (pkg/controller/garbagecollector): in the background, in the
 * foreground (dependents first), or not at all (orphaned). What it knows of the cluster only says where to look: before
 * anything is deleted, the object and each of its owners are read afresh.
 *
 * Owners of kinds that are not served here are never taken for absent, so what refers to them stays.
 */
export function startGarbageCollector(options: GarbageCollectorOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const kinds = options.kinds ?? resourceNames.filter((name) => name !== 'events');
  const graph = new Graph();
  // Until every kind is known, "no dependents" may only mean that they have not been seen.
  for (const kind of kinds) informers.for(kind);
  const ready = informers.synced();
  const collector = new Collector(client, graph, kinds, clock);
  const recorder = createEventRecorder({ ...options, component: 'garbage-collector-controller' });

  const deleting = new Controller({
    ...options,
    name: 'garbage-collector-delete',
    workers,
    reconcile: async (uid) => {
      const item = graph.get(uid);
      if (item) for (const next of await collector.attemptToDelete(item)) deleting.enqueue(next.uid);
    },
    ready,
  });
  const orphaning = new Controller({
    ...options,
    name: 'garbage-collector-orphan',
    workers,
    reconcile: async (uid) => {
      const item = graph.get(uid);
      if (item?.isOrphaning) await collector.orphanDependents(item);
    },
    ready,
  });
  const apply = ({ attemptToDelete, attemptToOrphan, misplaced }: Consequences) => {
    for (const item of attemptToDelete) deleting.enqueue(item.uid);
    for (const item of attemptToOrphan) orphaning.enqueue(item.uid);
    for (const { item, ref } of misplaced) {
      const { namespace, name, uid } = item;
      const object = { ...typeOf(item.resource), metadata: { namespace, name, uid } };
      const owner = `[${ref.apiVersion}/${ref.kind}, namespace: ${namespace}, name: ${ref.name}, uid: ${ref.uid}]`;
      const message = `ownerRef ${owner} does not exist in namespace "${namespace}"`;
      recorder.event(object, 'Warning', 'OwnerRefInvalidNamespace', message);
    }
  };
  for (const kind of kinds)
    informers.for(kind).on({
      added: (object) => apply(graph.put(itemOf(kind, object))),
      modified: (object) => apply(graph.put(itemOf(kind, object))),
      deleted: (object) => apply(graph.remove(itemOf(kind, object))),
    });
  return { stop: async () => void (await Promise.all([deleting.stop(), orphaning.stop()])) };
}

const resourceNames = Object.keys(resources).filter((name): name is ResourceName => name in resources);

function typeOf(resource: ResourceName): { apiVersion: string; kind: string } {
  return { apiVersion: apiVersionOf(resources[resource]), kind: resources[resource].kind };
}

interface References {
  solid: OwnerReference[];
  dangling: OwnerReference[];
  /** Owners that wait for this very object to go. */
  waiting: OwnerReference[];
}

/** A namespaced owner of a cluster-scoped object can never be looked up, so the object is left alone for good. */
const impossible = Symbol('a cluster-scoped object refers to a namespaced owner');

class Collector {
  constructor(
    private readonly client: ApiClient,
    private readonly graph: Graph,
    private readonly kinds: readonly ResourceName[],
    private readonly clock: Clock,
  ) {}

  /** Returns further items to look at. */
  async attemptToDelete(item: Item): Promise<Item[]> {
    if (item.isBeingDeleted && !item.isDeletingDependents) return [];
    const latest = await this.read(item.resource, item.name, item.namespace);
    // Gone, or another of its name: the watch is about to say so, and looks at the dependents then.
    if (latest?.metadata.uid !== item.uid) return [];
    if (item.isDeletingDependents) return this.finishForeground(item);
    const owners = latest.metadata.ownerReferences ?? [];
    if (owners.length === 0) return [];
    const references = await this.classify(item, owners);
    if (references === impossible) return [];
    const { solid, dangling, waiting } = references;
    if (solid.length > 0) {
      if (dangling.length + waiting.length > 0) await this.dropReferences(item, [...dangling, ...waiting]);
    } else if (waiting.length > 0 && this.graph.dependentsOf(item.uid).length > 0) {
      // Two objects that own each other would wait for each other for ever.
      if (this.graph.dependentsOf(item.uid).some((dependent) => dependent.isDeletingDependents))
        await this.unblockOwners(item);
      await this.delete(latest, item, 'Foreground');
    } else await this.delete(latest, item, policyOf(latest));
    return [];
  }

  async orphanDependents(owner: Item): Promise<void> {
    const errors: unknown[] = [];
    for (const dependent of this.graph.dependentsOf(owner.uid))
      try {
        await this.dropReferences(
          dependent,
          dependent.owners.filter((ref) => ref.uid === owner.uid),
        );
      } catch (error) {
        if (!isNotFound(error)) errors.push(error);
      }
    if (errors.length > 0) throw joinErrors(errors);
    await this.removeFinalizer(owner, orphanFinalizer);
  }

  private async finishForeground(item: Item): Promise<Item[]> {
    const blocking = this.graph.blockingDependentsOf(item.uid);
    if (blocking.length > 0) return blocking.filter((dependent) => !dependent.isDeletingDependents);
    await this.removeFinalizer(item, foregroundFinalizer);
    return [];
  }

  private async classify(item: Item, owners: readonly OwnerReference[]): Promise<References | typeof impossible> {
    const found: References = { solid: [], dangling: [], waiting: [] };
    for (const ref of owners) {
      const resource = this.kinds.find((name) => {
        const { apiVersion, kind } = typeOf(name);
        return apiVersion === ref.apiVersion && kind === ref.kind;
      });
      if (!resource) throw new Error(`no matches for kind "${ref.kind}" in version "${ref.apiVersion}"`);
      if (item.namespace === '' && resources[resource].namespaced) return impossible;
      const owner = await this.read(resource, ref.name, item.namespace);
      if (owner?.metadata.uid !== ref.uid) found.dangling.push(ref);
      else if (itemOf(resource, owner).isDeletingDependents) found.waiting.push(ref);
      else found.solid.push(ref);
    }
    return found;
  }

  private async read(resource: ResourceName, name: string, namespace: string): Promise<KubernetesObject | undefined> {
    try {
      return await this.client.get(resource, name, namespaceFor(resource, namespace));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private async delete(
    latest: KubernetesObject,
    { resource, name, namespace, uid }: Item,
    propagationPolicy: DeleteOptions['propagationPolicy'],
  ): Promise<void> {
    const { resourceVersion, ownerReferences } = latest.metadata;
    const remove = (preconditions: DeleteOptions['preconditions']) =>
      this.client.delete(resource, name, namespaceFor(resource, namespace), { preconditions, propagationPolicy });
    try {
      await remove({ uid, resourceVersion });
    } catch (error) {
      if (isNotFound(error)) return;
      // Something else about it changed; when its owners are still the same, what was decided still holds.
      const live = isConflict(error) ? await this.read(resource, name, namespace) : undefined;
      if (live?.metadata.uid !== uid || !equalJson(live.metadata.ownerReferences, ownerReferences)) throw error;
      await remove({ uid });
    }
  }

  private async dropReferences(item: Item, refs: readonly OwnerReference[]): Promise<void> {
    const ownerReferences = refs.map(({ uid }) => ({ $patch: 'delete', uid }));
    await this.patch(item, { metadata: { ownerReferences, uid: item.uid } });
  }

  private async unblockOwners(item: Item): Promise<void> {
    const blocking = item.owners.filter((ref) => ref.blockOwnerDeletion === true);
    const ownerReferences = blocking.map((ref) => ({ ...ref, blockOwnerDeletion: false }));
    await this.patch(item, { metadata: { ownerReferences, uid: item.uid } });
  }

  private async patch({ resource, name, namespace }: Item, patch: unknown): Promise<void> {
    await this.client.patch(resource, name, namespaceFor(resource, namespace), patch, { type: 'strategic' });
  }

  private async removeFinalizer({ resource, name, namespace, uid }: Item, finalizer: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const live = await this.read(resource, name, namespace);
      const finalizers = live?.metadata.finalizers ?? [];
      if (live?.metadata.uid !== uid || !finalizers.includes(finalizer)) return;
      const { resourceVersion } = live.metadata;
      const left = finalizers.filter((f) => f !== finalizer);
      const metadata = { resourceVersion, finalizers: left.length > 0 ? left : null };
      try {
        await this.client.patch(resource, name, namespaceFor(resource, namespace), { metadata });
        return;
      } catch (error) {
        if (!isConflict(error) || attempt === conflictTries) throw error;
        await this.clock.sleep(10);
      }
    }
  }
}

function namespaceFor(resource: ResourceName, namespace: string): string | undefined {
  return resources[resource].namespaced ? namespace : undefined;
}

/** A finalizer that asks for a policy is honoured when the collector deletes the object, too. */
function policyOf({ metadata }: KubernetesObject): DeleteOptions['propagationPolicy'] {
  if (metadata.finalizers?.includes(orphanFinalizer)) return 'Orphan';
  return metadata.finalizers?.includes(foregroundFinalizer) ? 'Foreground' : 'Background';
}
