import { controllerOf, type KubernetesObject, type OwnerReference } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ControllerRevision } from '../../../../lib/kubernetes/statefulSet';
import type { ReplicaSet } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import { hasReason, isNotFound } from '../../status';
import { joinErrors, messageOf } from './errors';

/** The reference that makes `owner` the one controller of what carries it. */
export function controllerRef(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion ?? '',
    kind: owner.kind ?? '',
    name: owner.metadata.name ?? '',
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** A strategic patch; the uid in it makes the API refuse a namesake that took the object's place meanwhile. */
export function adoptionPatch(owner: KubernetesObject, dependent: KubernetesObject, finalizers?: string[]): unknown {
  const more = finalizers ? { finalizers } : {};
  return { metadata: { ownerReferences: [controllerRef(owner)], uid: dependent.metadata.uid, ...more } };
}

export function releasePatch(owner: KubernetesObject, dependent: KubernetesObject, finalizers?: string[]): unknown {
  const gone = { $patch: 'delete', uid: owner.metadata.uid };
  const more = finalizers ? { '$deleteFromPrimitiveList/finalizers': finalizers } : {};
  return { metadata: { ownerReferences: [gone], uid: dependent.metadata.uid, ...more } };
}

export interface ClaimOptions<D extends KubernetesObject> {
  client: ApiClient;
  owner: KubernetesObject;
  /** Selector and name say that this one is the owner's. */
  matches(dependent: D): boolean;
  /** Asked once, before the first adoption: throws when the owner is not there any more or is going. */
  ensureCanAdopt(): Promise<void>;
  /** Given to what is adopted, and taken from what is released. */
  finalizers?: string[];
}

/**
 * The pods that `owner` controls, adopting orphans that match and releasing own ones that do not
 * (pkg/controller/controller_ref_manager.go). Pods of other controllers are left alone, and an owner being deleted
 * changes nothing.
 */
export function claimPods({ pods, ...options }: ClaimOptions<Pod> & { pods: readonly Pod[] }): Promise<Pod[]> {
  return claim(pods, { resource: 'pods', kind: 'Pod' }, options);
}

/** The same for the ReplicaSets of a Deployment. */
export function claimReplicaSets({
  sets,
  ...options
}: ClaimOptions<ReplicaSet> & { sets: readonly ReplicaSet[] }): Promise<ReplicaSet[]> {
  return claim(sets, { resource: 'replicasets', kind: 'ReplicaSet' }, options);
}

/** The same for the revisions of a DaemonSet. */
export function claimRevisions({
  revisions,
  ...options
}: ClaimOptions<ControllerRevision> & { revisions: readonly ControllerRevision[] }): Promise<ControllerRevision[]> {
  return claim(revisions, { resource: 'controllerrevisions', kind: 'ControllerRevision' }, options);
}

interface Claimable {
  resource: 'pods' | 'replicasets' | 'controllerrevisions';
  kind: string;
}

async function claim<D extends KubernetesObject>(
  dependents: readonly D[],
  type: Claimable,
  options: ClaimOptions<D>,
): Promise<D[]> {
  const claimed: D[] = [];
  const errors: unknown[] = [];
  const canAdopt = once(options.ensureCanAdopt);
  for (const dependent of dependents)
    try {
      if (await isClaimed(dependent, type, options, canAdopt)) claimed.push(dependent);
    } catch (error) {
      errors.push(error);
    }
  if (errors.length > 0) throw joinErrors(errors);
  return claimed;
}

async function isClaimed<D extends KubernetesObject>(
  dependent: D,
  type: Claimable,
  { client, owner, matches, finalizers }: ClaimOptions<D>,
  canAdopt: () => Promise<void>,
): Promise<boolean> {
  const isOwnerGoing = owner.metadata.deletionTimestamp !== undefined;
  const controller = controllerOf(dependent.metadata);
  if (controller) {
    if (controller.uid !== owner.metadata.uid) return false;
    if (matches(dependent)) return true;
    if (!isOwnerGoing) await release(client, owner, type, dependent, finalizers);
    return false;
  }
  if (isOwnerGoing || !matches(dependent) || dependent.metadata.deletionTimestamp !== undefined) return false;
  return adopt(client, owner, type, dependent, { canAdopt, finalizers });
}

async function release(
  client: ApiClient,
  owner: KubernetesObject,
  { resource }: Claimable,
  dependent: KubernetesObject,
  finalizers: string[] | undefined,
): Promise<void> {
  const { name = '', namespace } = dependent.metadata;
  try {
    await client.patch(resource, name, namespace, releasePatch(owner, dependent, finalizers), { type: 'strategic' });
  } catch (error) {
    // Gone, or a namesake with other references: nothing of ours is left on it.
    if (!isNotFound(error) && !hasReason(error, 'Invalid')) throw error;
  }
}

async function adopt(
  client: ApiClient,
  owner: KubernetesObject,
  { resource, kind }: Claimable,
  dependent: KubernetesObject,
  { canAdopt, finalizers }: { canAdopt: () => Promise<void>; finalizers: string[] | undefined },
): Promise<boolean> {
  const { name = '', namespace, uid } = dependent.metadata;
  try {
    await canAdopt();
  } catch (error) {
    throw new Error(`can't adopt ${kind} ${namespace}/${name} (${uid}): ${messageOf(error)}`);
  }
  try {
    await client.patch(resource, name, namespace, adoptionPatch(owner, dependent, finalizers), { type: 'strategic' });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Reads the owner afresh, since the cache may not know yet that it is being deleted. */
export async function ensureNotDeleted(owner: KubernetesObject, read: () => Promise<KubernetesObject>): Promise<void> {
  const { namespace, name, uid } = owner.metadata;
  let fresh: KubernetesObject;
  try {
    fresh = await read();
  } catch (error) {
    throw new Error(`can't recheck DeletionTimestamp: ${messageOf(error)}`);
  }
  if (fresh.metadata.uid !== uid)
    throw new Error(
      `can't recheck DeletionTimestamp: original ${owner.kind} ${namespace}/${name} is gone: ` +
        `got uid ${fresh.metadata.uid}, wanted ${uid}`,
    );
  const { deletionTimestamp } = fresh.metadata;
  if (deletionTimestamp) throw new Error(`${namespace}/${name} has just been deleted at ${deletionTimestamp}`);
}

function once(ask: () => Promise<void>): () => Promise<void> {
  let asked: Promise<void> | undefined;
  return () => (asked ??= ask());
}
