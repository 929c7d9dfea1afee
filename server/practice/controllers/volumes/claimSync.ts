import { isPodTerminal } from '../../../../lib/kubernetes/pod';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../../lib/kubernetes/storage';
import { betaDefaultClass, bindCompleted, boundByController, defaultClass, selectedNode } from './annotations';
import { bind } from './binding';
import {
  claimClass,
  findMatch,
  includesModes,
  isLargeEnough,
  isVolumeFor,
  volumeClass,
  volumeModeOf,
} from './matching';
import { setClaimPhase } from './phases';
import type { Provisioner } from './provisioning';
import type { VolumeDeps } from './volumeDeps';

/** Brings one claim to its volume, or says why it has none (pv_controller syncClaim). */
export async function syncClaim(
  deps: VolumeDeps,
  provisioner: Provisioner,
  claim: PersistentVolumeClaim,
): Promise<void> {
  if (claim.metadata.annotations?.[bindCompleted] !== undefined) return syncBoundClaim(deps, claim);
  if (claim.spec.volumeName) return syncNamedClaim(deps, claim, claim.spec.volumeName);
  const className = claimClass(claim) ?? '';
  const storageClass = deps.informers.for('storageclasses').get(className);
  const delayBinding = isDelayed(deps, claim);
  const match = findMatch(claim, deps.cache.volumes(), { delayBinding });
  if (match) return bind(deps, match, claim);
  if (await assignDefaultClass(deps, claim)) return;
  const isSelected = claim.metadata.annotations?.[selectedNode] !== undefined;
  if (delayBinding && !isSelected) tellWaiting(deps, claim);
  else if (className !== '') return provisioner.provision(claim, storageClass);
  else
    deps.events.event(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    );
  await setClaimPhase(deps, claim, 'Pending');
}

/** The claim's class waits for the first pod that uses the claim. */
export function isDelayed({ informers }: VolumeDeps, claim: PersistentVolumeClaim): boolean {
  return informers.for('storageclasses').get(claimClass(claim) ?? '')?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** The default class among all: the newest of several, by name where equally old. */
export function defaultClassOf(classes: readonly StorageClass[]): StorageClass | undefined {
  const isDefault = ({ metadata }: StorageClass) =>
    metadata.annotations?.[defaultClass] === 'true' || metadata.annotations?.[betaDefaultClass] === 'true';
  return classes.filter(isDefault).sort((a, b) => {
    const [left = '', right = ''] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
    if (left !== right) return left < right ? 1 : -1;
    return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
  })[0];
}

/** A claim that was made when there was no default class gets the one that there is now. */
async function assignDefaultClass(deps: VolumeDeps, claim: PersistentVolumeClaim): Promise<boolean> {
  if (claimClass(claim) !== undefined) return false;
  const found = defaultClassOf(deps.informers.for('storageclasses').list());
  if (!found) return false;
  const changed = { ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name } };
  deps.cache.note(await deps.client.update('persistentvolumeclaims', changed));
  return true;
}

function tellWaiting(deps: VolumeDeps, claim: PersistentVolumeClaim): void {
  const { name, namespace } = claim.metadata;
  const waiting = deps.informers
    .for('pods')
    .list(namespace)
    .filter((pod) => !pod.spec.nodeName && !isPodTerminal(pod))
    .filter((pod) => pod.spec.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === name))
    .map((pod) => pod.metadata.name ?? '')
    .sort();
  const noun = waiting.length > 1 ? 'pods' : 'pod';
  if (waiting.length > 0)
    deps.events.event(
      claim,
      'Normal',
      'WaitForPodScheduled',
      `waiting for ${noun} ${waiting.join(',')} to be scheduled`,
    );
  else
    deps.events.event(
      claim,
      'Normal',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
    );
}

/** The user wants one volume and no other. */
async function syncNamedClaim(deps: VolumeDeps, claim: PersistentVolumeClaim, volumeName: string): Promise<void> {
  const volume = deps.cache.volume(volumeName);
  const refuse = async (reason: string, message: string) => {
    deps.events.event(claim, 'Warning', reason, message);
    await setClaimPhase(deps, claim, 'Pending');
  };
  if (!volume) return void (await setClaimPhase(deps, claim, 'Pending'));
  if (volume.spec.claimRef && isVolumeFor(volume, claim)) return bind(deps, volume, claim);
  if (volume.spec.claimRef)
    return refuse('FailedBinding', `volume "${volumeName}" already bound to a different claim.`);
  const why = mismatch(volume, claim);
  if (why) return refuse('VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${why}`);
  return bind(deps, volume, claim);
}

/** Why a volume does not satisfy a claim that asks for it by name. */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (volume.metadata.deletionTimestamp) return `the volume is marked for deletion "${volume.metadata.name}"`;
  if (!isLargeEnough(volume, claim)) return 'requested PV is too small';
  if (volumeClass(volume) !== (claimClass(claim) ?? '')) return 'storageClassName does not match';
  if ((volume.spec.volumeAttributesClassName ?? '') !== (claim.spec.volumeAttributesClassName ?? ''))
    return 'volumeAttributesClassName does not match';
  if (volumeModeOf(volume) !== volumeModeOf(claim)) return 'incompatible volumeMode';
  if (!includesModes(volume, claim.spec.accessModes ?? [])) return 'incompatible accessMode';
  return undefined;
}

async function syncBoundClaim(deps: VolumeDeps, claim: PersistentVolumeClaim): Promise<void> {
  const lost = (reason: string, message: string) =>
    setClaimPhase(deps, claim, 'Lost', undefined, { type: 'Warning', reason, message });
  const { volumeName } = claim.spec;
  if (!volumeName)
    return void (await lost(
      'ClaimLost',
      'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    ));
  const volume = deps.cache.volume(volumeName);
  if (!volume)
    return void (await lost('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!'));
  const { claimRef } = volume.spec;
  if (!claimRef || claimRef.uid === claim.metadata.uid || (!claimRef.uid && isVolumeFor(volume, claim)))
    return bind(deps, volume, claim);
  await lost('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

export function isBoundByController(volume: PersistentVolume): boolean {
  return volume.metadata.annotations?.[boundByController] !== undefined;
}
