import type { PersistentVolume } from '../../../../lib/kubernetes/storage';
import { provisionedBy } from './annotations';
import { unbindVolume } from './binding';
import { isBoundByController } from './claimSync';
import { volumeModeOf } from './matching';
import { setVolumePhase } from './phases';
import type { VolumeDeps } from './volumeDeps';

export interface VolumeActions {
  /** The claim's sync is to finish what this volume waits for. */
  enqueueClaim(namespace: string, name: string): void;
  reclaim(volume: PersistentVolume): Promise<void>;
}

/** Brings one volume to the phase its claim gives it (pv_controller syncVolume). */
export async function syncVolume(deps: VolumeDeps, volume: PersistentVolume, actions: VolumeActions): Promise<void> {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) return void (await setVolumePhase(deps, volume, 'Available'));
  const namespace = claimRef.namespace ?? '';
  const name = claimRef.name ?? '';
  const claim = deps.cache.claim(namespace, name);
  if (!claim || claim.metadata.uid !== claimRef.uid) return release(deps, volume, actions);
  if (!claim.spec.volumeName) {
    if (volumeModeOf(volume) !== volumeModeOf(claim)) {
      deps.events.event(
        volume,
        'Warning',
        'VolumeMismatch',
        `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${name}" due to incompatible volumeMode.`,
      );
      return;
    }
    return actions.enqueueClaim(namespace, name);
  }
  if (claim.spec.volumeName === volume.metadata.name) return void (await setVolumePhase(deps, volume, 'Bound'));
  // The claim went elsewhere: a volume made for it is in the way, one that was chosen is free again.
  const wasProvisioned = volume.metadata.annotations?.[provisionedBy] !== undefined;
  if (wasProvisioned && volume.spec.persistentVolumeReclaimPolicy === 'Delete') return release(deps, volume, actions);
  if (isBoundByController(volume)) await unbindVolume(deps, volume);
}

async function release(deps: VolumeDeps, volume: PersistentVolume, actions: VolumeActions): Promise<void> {
  const { phase } = volume.status ?? {};
  const released = phase === 'Released' || phase === 'Failed' ? volume : await setVolumePhase(deps, volume, 'Released');
  await actions.reclaim(released);
}
