import type { PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { bindCompleted, boundByController } from './annotations';
import { isVolumeFor } from './matching';
import { setClaimPhase, setVolumePhase } from './phases';
import type { VolumeDeps } from './volumeDeps';

/**
 * Binds a volume and a claim to each other, in four writes whose order matters (pv_controller bind): the volume promises
 * itself, says Bound, the claim names it, says Bound. A stop between any two is made good by the next sync.
 */
export async function bind(deps: VolumeDeps, volume: PersistentVolume, claim: PersistentVolumeClaim): Promise<void> {
  const promised = await promise(deps, volume, claim);
  const bound = await setVolumePhase(deps, promised, 'Bound');
  const named = await nameVolume(deps, claim, bound);
  await setClaimPhase(deps, named, 'Bound', bound);
}

async function promise(
  deps: VolumeDeps,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): Promise<PersistentVolume> {
  const { claimRef } = volume.spec;
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  if (claimRef?.uid === uid && isVolumeFor(volume, claim)) return volume;
  const isOurChoice = !claimRef || volume.metadata.annotations?.[boundByController] !== undefined;
  const annotations = isOurChoice
    ? { ...volume.metadata.annotations, [boundByController]: 'yes' }
    : volume.metadata.annotations;
  const reference = { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
  const changed: PersistentVolume = {
    ...volume,
    metadata: { ...volume.metadata, ...(annotations ? { annotations } : {}) },
    spec: { ...volume.spec, claimRef: reference },
  };
  return deps.cache.note(await deps.client.update('persistentvolumes', changed));
}

async function nameVolume(
  deps: VolumeDeps,
  claim: PersistentVolumeClaim,
  volume: PersistentVolume,
): Promise<PersistentVolumeClaim> {
  const { annotations = {} } = claim.metadata;
  const isNamed = claim.spec.volumeName === volume.metadata.name;
  if (isNamed && annotations[bindCompleted] !== undefined) return claim;
  const ours: Record<string, string> = isNamed ? {} : { [boundByController]: 'yes' };
  const changed: PersistentVolumeClaim = {
    ...claim,
    metadata: { ...claim.metadata, annotations: { ...annotations, ...ours, [bindCompleted]: 'yes' } },
    spec: { ...claim.spec, volumeName: volume.metadata.name },
  };
  return deps.cache.note(await deps.client.update('persistentvolumeclaims', changed));
}

/** Frees a volume: of our own choice it forgets the claim, one made for a claim keeps its name for the next. */
export async function unbindVolume(deps: VolumeDeps, volume: PersistentVolume): Promise<void> {
  const { [boundByController]: ours, ...annotations } = volume.metadata.annotations ?? {};
  const { claimRef, ...spec } = volume.spec;
  const { uid: _uid, resourceVersion: _version, ...kept } = claimRef ?? {};
  const changed: PersistentVolume = {
    ...volume,
    metadata: { ...volume.metadata, annotations },
    spec: ours === undefined && claimRef ? { ...spec, claimRef: kept } : spec,
  };
  const written = deps.cache.note(await deps.client.update('persistentvolumes', changed));
  await setVolumePhase(deps, written, 'Available');
}
