import type { Node } from '../../../../lib/kubernetes/cluster';
import { quantityValue } from '../../../../lib/kubernetes/quantity';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { claimClass, findMatch, fitsNode } from '../../controllers/volumes/matching';
import type { Snapshot } from '../snapshot';

/** A pod's claims by what has to be done for them. */
export interface PodClaims {
  bound: PersistentVolumeClaim[];
  /** Waiting for their first consumer: this pod. */
  delayed: PersistentVolumeClaim[];
}

/** What a delayed claim gets on the chosen node: a volume that is there, or a new one. */
export interface ClaimDecision {
  claim: PersistentVolumeClaim;
  volume?: PersistentVolume;
}

export const selectedNodeAnnotation = 'volume.kubernetes.io/selected-node';

/** The claims of a pod, or the reason why no node at all will do (the VolumeBinding plugin's PreFilter). */
export function claimsOf(pod: Pod, snapshot: Snapshot): PodClaims | string {
  const claims: PodClaims = { bound: [], delayed: [] };
  let hasUnbound = false;
  for (const { persistentVolumeClaim: used } of pod.spec.volumes ?? []) {
    if (!used) continue;
    const claim = snapshot.claim(pod.metadata.namespace ?? '', used.claimName);
    if (!claim) return `persistentvolumeclaim "${used.claimName}" not found`;
    if (claim.status?.phase === 'Lost')
      return `persistentvolumeclaim "${used.claimName}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${used.claimName}" is being deleted`;
    if (isFullyBound(claim)) claims.bound.push(claim);
    else if (isDelayed(claim, snapshot)) claims.delayed.push(claim);
    else hasUnbound = true;
  }
  return hasUnbound ? 'pod has unbound immediate PersistentVolumeClaims' : claims;
}

export function isFullyBound(claim: PersistentVolumeClaim): boolean {
  return (
    Boolean(claim.spec.volumeName) && claim.metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined
  );
}

function isDelayed(claim: PersistentVolumeClaim, snapshot: Snapshot): boolean {
  if (claim.spec.volumeName) return false;
  const storageClass = snapshot.storageClass(claimClass(claim) ?? '');
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** What happens to the delayed claims on this node, or why the node will not do. */
export function claimsOnNode(claims: PodClaims, node: Node, snapshot: Snapshot): ClaimDecision[] | string[] {
  if (claims.bound.length + claims.delayed.length === 0) return [];
  const reasons: string[] = [];
  const volumes = claims.bound.map((claim) => snapshot.volume(claim.spec.volumeName ?? ''));
  if (volumes.some((volume) => volume && !fitsNode(volume, node)))
    reasons.push("node(s) didn't match PersistentVolume's node affinity");
  const decisions = delayedOnNode(claims.delayed, node, snapshot);
  if (!decisions) reasons.push("node(s) didn't find available persistent volumes to bind");
  if (volumes.includes(undefined))
    reasons.push('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
  return reasons.length > 0 || !decisions ? reasons : decisions;
}

/** Reasons are words, decisions are objects: this tells them apart. */
export function isRefusal(outcome: ClaimDecision[] | string[]): outcome is string[] {
  return typeof outcome[0] === 'string';
}

function delayedOnNode(delayed: PersistentVolumeClaim[], node: Node, snapshot: Snapshot): ClaimDecision[] | undefined {
  const taken = new Set<string>();
  const decisions: ClaimDecision[] = [];
  for (const claim of [...delayed].sort(bySize)) {
    const selected = claim.metadata.annotations?.[selectedNodeAnnotation];
    if (selected !== undefined && selected !== node.metadata.name) return undefined;
    const volume =
      selected === undefined ? findMatch(claim, snapshot.volumes(), { node, taken, delayBinding: true }) : undefined;
    if (!volume && !canProvision(claim, snapshot)) return undefined;
    if (volume) taken.add(volume.metadata.name ?? '');
    decisions.push({ claim, ...(volume ? { volume } : {}) });
  }
  return decisions;
}

function canProvision(claim: PersistentVolumeClaim, snapshot: Snapshot): boolean {
  const provisioner = snapshot.storageClass(claimClass(claim) ?? '')?.provisioner;
  return provisioner !== undefined && provisioner !== '' && provisioner !== 'kubernetes.io/no-provisioner';
}

function bySize(a: PersistentVolumeClaim, b: PersistentVolumeClaim): number {
  const size = (claim: PersistentVolumeClaim) => quantityValue(claim.spec.resources?.requests?.storage);
  return size(a) - size(b);
}

/** ReadWriteOncePod: no other pod of the cluster uses the claim (the VolumeRestrictions plugin). */
export function isClaimFree(pod: Pod, snapshot: Snapshot): boolean {
  const namespace = pod.metadata.namespace ?? '';
  const exclusive = (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim: used }) => {
    const claim = used && snapshot.claim(namespace, used.claimName);
    return claim?.spec.accessModes?.includes('ReadWriteOncePod') ? [used?.claimName] : [];
  });
  if (exclusive.length === 0) return true;
  return !snapshot.nodes.some(({ pods }) =>
    pods.some(
      (other) =>
        other.metadata.namespace === namespace &&
        other.metadata.uid !== pod.metadata.uid &&
        other.spec.volumes?.some((v) => exclusive.includes(v.persistentVolumeClaim?.claimName)),
    ),
  );
}
