import type { Node } from '../../../../lib/kubernetes/cluster';
import { quantityValue } from '../../../../lib/kubernetes/quantity';
import type { AccessMode, PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { matchesNodeTerms } from '../../scheduler/filters/nodeAffinity';
import { matchesSelector } from '../../../../lib/kubernetes/selector';

/** The order in which modes are written; a claim's groups of volumes are tried from fewest modes up. */
const modeOrder: AccessMode[] = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

export interface MatchOptions {
  /** The node a delayed claim is to be used on. */
  node?: Node;
  /** Volumes already promised to other claims of the same pod. */
  taken?: ReadonlySet<string>;
  /** The claim waits for its first consumer: without a node only a volume made for it counts. */
  delayBinding: boolean;
}

/**
 * The volume for a claim (pv_controller's findBestMatchForClaim): groups of volumes with the same access modes, fewest
 * modes first; in a group one made for the claim, else the smallest that is large enough. Volumes of one size are taken
 * by name.
 */
export function findMatch(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  options: MatchOptions,
): PersistentVolume | undefined {
  const requested = claim.spec.accessModes ?? [];
  const groups = new Map<string, PersistentVolume[]>();
  for (const volume of volumes) {
    if (!includesModes(volume, requested)) continue;
    const key = modesKey(volume);
    groups.set(key, [...(groups.get(key) ?? []), volume]);
  }
  const ordered = [...groups].sort(([a], [b]) => a.split(',').length - b.split(',').length || (a < b ? -1 : 1));
  for (const [, group] of ordered) {
    const match = findInGroup(claim, group, options);
    if (match) return match;
  }
  return undefined;
}

/** The volume's claimRef names this claim, and no other claim that had its name. */
export function isVolumeFor(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const { claimRef } = volume.spec;
  if (!claimRef || claimRef.name !== claim.metadata.name || claimRef.namespace !== claim.metadata.namespace)
    return false;
  return !claimRef.uid || claimRef.uid === claim.metadata.uid;
}

export function includesModes(volume: PersistentVolume, requested: readonly AccessMode[]): boolean {
  return requested.every((mode) => volume.spec.accessModes?.includes(mode));
}

export function isLargeEnough(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return capacityOf(volume) >= quantityValue(claim.spec.resources?.requests?.storage);
}

/** The class by name; the annotation is the old way to give it. Undefined: none given, which is not `''`. */
export function claimClass(claim: PersistentVolumeClaim): string | undefined {
  return claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? claim.spec.storageClassName;
}

export function volumeClass(volume: PersistentVolume): string {
  return volume.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? volume.spec.storageClassName ?? '';
}

export function volumeModeOf(object: PersistentVolume | PersistentVolumeClaim): string {
  return object.spec.volumeMode ?? 'Filesystem';
}

export function fitsNode(volume: PersistentVolume, node: Node): boolean {
  const required = volume.spec.nodeAffinity?.required;
  return !required || matchesNodeTerms(required.nodeSelectorTerms, node);
}

function findInGroup(
  claim: PersistentVolumeClaim,
  group: PersistentVolume[],
  { node, taken, delayBinding }: MatchOptions,
): PersistentVolume | undefined {
  let smallest: PersistentVolume | undefined;
  for (const volume of [...group].sort(byName)) {
    if (taken?.has(volume.metadata.name ?? '')) continue;
    if (volume.spec.claimRef && !isVolumeFor(volume, claim)) continue;
    if (!isLargeEnough(volume, claim) || volumeModeOf(volume) !== volumeModeOf(claim)) continue;
    if (volume.metadata.deletionTimestamp) continue;
    if ((volume.spec.volumeAttributesClassName ?? '') !== (claim.spec.volumeAttributesClassName ?? '')) continue;
    if (node && !fitsNode(volume, node)) continue;
    if (isVolumeFor(volume, claim)) return volume;
    if (delayBinding && !node) continue;
    if (volume.status?.phase !== 'Available' || !isSelected(claim, volume)) continue;
    if (!smallest || capacityOf(volume) < capacityOf(smallest)) smallest = volume;
  }
  return smallest;
}

function isSelected(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  if (volumeClass(volume) !== (claimClass(claim) ?? '')) return false;
  return !claim.spec.selector || matchesSelector(claim.spec.selector, volume.metadata.labels ?? {});
}

function capacityOf(volume: PersistentVolume): number {
  return quantityValue(volume.spec.capacity?.storage);
}

function modesKey(volume: PersistentVolume): string {
  return modeOrder.filter((mode) => volume.spec.accessModes?.includes(mode)).join(',');
}

function byName(a: PersistentVolume, b: PersistentVolume): number {
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}
