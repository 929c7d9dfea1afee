import { quantityValue } from '../../../../lib/kubernetes/quantity';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { provisionedBy } from './annotations';
import { claimClass } from './matching';
import { isSimulated } from './provisioning';
import type { VolumeDeps } from './volumeDeps';
import { volumeIdOf } from './volumeId';

/**
 * Grows the volume of a bound claim that asks for more than it has (pkg/controller/volume/expand and a CSI driver's
 * resizer in one). The class must allow it, which the API has checked. A file system on a folder needs no resizing of its
 * own, so that the claim is done at once.
 */
export async function expandClaim(deps: VolumeDeps, claim: PersistentVolumeClaim): Promise<void> {
  const wanted = claim.spec.resources?.requests?.storage;
  if (claim.status?.phase !== 'Bound' || wanted === undefined) return;
  if (quantityValue(wanted) <= quantityValue(claim.status.capacity?.storage)) return;
  const storageClass = deps.informers.for('storageclasses').get(claimClass(claim) ?? '');
  const volume = deps.cache.volume(claim.spec.volumeName ?? '');
  if (!volume || !storageClass?.allowVolumeExpansion) return;
  if (!isSimulated(volume.metadata.annotations?.[provisionedBy])) return;
  const text = `External resizer is resizing volume ${volume.metadata.name}`;
  deps.events.event(claim, 'Normal', 'Resizing', text);
  const grown = { ...volume, spec: { ...volume.spec, capacity: { ...volume.spec.capacity, storage: wanted } } };
  deps.cache.note(await deps.client.update('persistentvolumes', grown));
  deps.volumes.persistent(volumeIdOf(grown), { capacityBytes: quantityValue(wanted) });
  const status = { ...claim.status, capacity: { ...claim.status.capacity, storage: wanted } };
  const done = deps.cache.note(await deps.client.update('persistentvolumeclaims', { ...claim, status }, 'status'));
  deps.events.event(done, 'Normal', 'VolumeResizeSuccessful', 'Resize volume succeeded');
}
