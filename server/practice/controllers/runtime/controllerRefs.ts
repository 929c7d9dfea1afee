import { controllerOf, type KubernetesObject, type OwnerReference } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
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
export function adoptionPatch(owner: KubernetesObject, dependent: KubernetesObject): unknown {
  return { metadata: { ownerReferences: [controllerRef(owner)], uid: dependent.metadata.uid } };
}

export function releasePatch(owner: KubernetesObject, dependent: KubernetesObject): unknown {
  const gone = { $patch: 'delete', uid: owner.metadata.uid };
  return { metadata: { ownerReferences: [gone], uid: dependent.metadata.uid } };
}

export interface PodClaimOptions {
  client: ApiClient;
  owner: KubernetesObject;
  pods: readonly Pod[];
  /** Selector and name say that this pod is the owner's. */
  matches(pod: Pod): boolean;
  /** Asked once, before the first adoption: throws when the owner is not there any more or is going. */
  ensureCanAdopt(): Promise<void>;
}

/**
 * The pods that `owner` controls, adopting orphans that match and releasing own ones that do not
 * (pkg/controller/controller_ref_manager.go). Pods of other controllers are left alone, and an owner being deleted
 * changes nothing.
 */
export async function claimPods(options: PodClaimOptions): Promise<Pod[]> {
  const claimed: Pod[] = [];
  const errors: unknown[] = [];
  const canAdopt = once(options.ensureCanAdopt);
  for (const pod of options.pods)
    try {
      if (await isClaimed(pod, options, canAdopt)) claimed.push(pod);
    } catch (error) {
      errors.push(error);
    }
  if (errors.length > 0) throw joinErrors(errors);
  return claimed;
}

async function isClaimed(pod: Pod, options: PodClaimOptions, canAdopt: () => Promise<void>): Promise<boolean> {
  const { client, owner, matches } = options;
  const isOwnerGoing = owner.metadata.deletionTimestamp !== undefined;
  const controller = controllerOf(pod.metadata);
  if (controller) {
    if (controller.uid !== owner.metadata.uid) return false;
    if (matches(pod)) return true;
    if (!isOwnerGoing) await release(client, owner, pod);
    return false;
  }
  if (isOwnerGoing || !matches(pod) || pod.metadata.deletionTimestamp !== undefined) return false;
  return adopt(client, owner, pod, canAdopt);
}

async function release(client: ApiClient, owner: KubernetesObject, pod: Pod): Promise<void> {
  const { name = '', namespace } = pod.metadata;
  try {
    await client.patch('pods', name, namespace, releasePatch(owner, pod), { type: 'strategic' });
  } catch (error) {
    // Gone, or a pod of the same name with other references: nothing of ours is left on it.
    if (!isNotFound(error) && !hasReason(error, 'Invalid')) throw error;
  }
}

async function adopt(
  client: ApiClient,
  owner: KubernetesObject,
  pod: Pod,
  canAdopt: () => Promise<void>,
): Promise<boolean> {
  const { name = '', namespace, uid } = pod.metadata;
  try {
    await canAdopt();
  } catch (error) {
    throw new Error(`can't adopt Pod ${namespace}/${name} (${uid}): ${messageOf(error)}`);
  }
  try {
    await client.patch('pods', name, namespace, adoptionPatch(owner, pod), { type: 'strategic' });
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
