import type { KubernetesObject, OwnerReference } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { controllerRef } from '../runtime/controllerRefs';
import { isInRange } from './identity';

/**
 * Who owns a claim under persistentVolumeClaimRetentionPolicy (stateful_set_utils.go). The controller never deletes a
 * claim: it gives it an owner, and the garbage collector deletes it when that owner goes.
 *
 * | whenScaled / whenDeleted | pod in range | pod condemned |
 * |--|--|--|
 * | Retain / Retain | none | none |
 * | Retain / Delete | the set | the set |
 * | Delete / Retain | none | the pod |
 * | Delete / Delete | the set | the pod |
 */
export function wantedOwner(set: StatefulSet, pod: Pod): 'set' | 'pod' | 'none' {
  const { whenScaled, whenDeleted } = retentionOf(set);
  if (whenScaled === 'Delete' && !isInRange(set, pod)) return 'pod';
  return whenDeleted === 'Delete' ? 'set' : 'none';
}

/** A missing part counts as Retain: a claim is never lost by what nobody said. */
export function retentionOf(set: StatefulSet) {
  const { whenScaled = 'Retain', whenDeleted = 'Retain' } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  return { whenScaled, whenDeleted };
}

const setKind = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
const podKind = { apiVersion: 'v1', kind: 'Pod' };

interface Owners {
  set: StatefulSet;
  pod: Pod;
}

function isRefTo(ref: OwnerReference, owner: KubernetesObject, kind: typeof setKind): boolean {
  return ref.apiVersion === kind.apiVersion && ref.kind === kind.kind && ref.name === owner.metadata.name;
}

const isRefToUs = (ref: OwnerReference, { set, pod }: Owners) =>
  isRefTo(ref, set, setKind) || isRefTo(ref, pod, podKind);

function hasOwner(claim: PersistentVolumeClaim, owner: KubernetesObject): boolean {
  return (claim.metadata.ownerReferences ?? []).some((ref) => ref.uid === (owner.metadata.uid ?? ''));
}

/** A reference to a former object of the same name: the claim belongs to a past life and is left to the collector. */
function hasStaleRef(claim: PersistentVolumeClaim, owner: KubernetesObject, kind: typeof setKind): boolean {
  const ref = (claim.metadata.ownerReferences ?? []).find((r) => isRefTo(r, owner, kind));
  return ref !== undefined && ref.uid !== (owner.metadata.uid ?? '');
}

/** A pod may not be created on a claim that goes with a former pod of its name. */
export function isClaimOfFormerPod(claim: PersistentVolumeClaim, pod: Pod): boolean {
  return hasStaleRef(claim, pod, podKind);
}

/** Someone else manages the claim, or it was ours in a past life. Under Retain/Retain that is nobody's business. */
export function hasUnexpectedController(claim: PersistentVolumeClaim, owners: Owners): boolean {
  const { whenScaled, whenDeleted } = retentionOf(owners.set);
  if (whenScaled === 'Retain' && whenDeleted === 'Retain') return false;
  return (claim.metadata.ownerReferences ?? []).some((ref) => {
    if (isRefTo(ref, owners.set, setKind)) return ref.uid !== owners.set.metadata.uid;
    if (isRefTo(ref, owners.pod, podKind)) return ref.uid !== (owners.pod.metadata.uid ?? '');
    return ref.controller === true;
  });
}

export function isClaimOwnerRight(claim: PersistentVolumeClaim, owners: Owners): boolean {
  const { set, pod } = owners;
  if (hasStaleRef(claim, set, setKind) || hasStaleRef(claim, pod, podKind)) return true;
  const isSetsOwn = hasOwner(claim, set);
  const isPodsOwn = hasOwner(claim, pod);
  if (hasUnexpectedController(claim, owners)) return !isSetsOwn && !isPodsOwn;
  const isOurs = (ref: OwnerReference) => [set.metadata.uid, pod.metadata.uid ?? ''].includes(ref.uid);
  if ((claim.metadata.ownerReferences ?? []).some((ref) => isOurs(ref) && ref.controller !== true)) return false;
  const wanted = wantedOwner(set, pod);
  return isSetsOwn === (wanted === 'set') && isPodsOwn === (wanted === 'pod');
}

/** The claim with the owners the policy asks for: others' references first, as they were, then ours. */
export function withRightOwner(claim: PersistentVolumeClaim, owners: Owners): PersistentVolumeClaim {
  const refs = (claim.metadata.ownerReferences ?? []).filter((ref) => !isRefToUs(ref, owners));
  const wanted = hasUnexpectedController(claim, owners) ? 'none' : wantedOwner(owners.set, owners.pod);
  const owner = {
    set: { ...setKind, metadata: owners.set.metadata },
    pod: { ...podKind, metadata: owners.pod.metadata },
  };
  if (wanted !== 'none' && !refs.some((ref) => ref.uid === owner[wanted].metadata.uid))
    refs.push(controllerRef(owner[wanted]));
  const { ownerReferences: _, ...metadata } = claim.metadata;
  return { ...claim, metadata: refs.length > 0 ? { ...metadata, ownerReferences: refs } : metadata };
}
