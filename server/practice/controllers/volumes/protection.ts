import type { PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { claimProtection, volumeProtection } from './annotations';
import type { VolumeDeps } from './volumeDeps';

/**
 * Keeps a claim that is being deleted for as long as a pod on a node uses it (pkg/controller/volume/pvcprotection).
 * A finished pod still counts until it is deleted; one without a node never does. A replaced claim gets its finalizer back.
 */
export async function protectClaim(deps: VolumeDeps, claim: PersistentVolumeClaim): Promise<void> {
  const { name, namespace, deletionTimestamp, finalizers = [] } = claim.metadata;
  if (!deletionTimestamp) {
    if (finalizers.includes(claimProtection)) return;
    const metadata = { ...claim.metadata, finalizers: [...finalizers, claimProtection] };
    return void (await deps.client.update('persistentvolumeclaims', { ...claim, metadata }));
  }
  if (!finalizers.includes(claimProtection)) return;
  const isUsed = deps.informers
    .for('pods')
    .list(namespace)
    .some((pod) => pod.spec.nodeName && pod.spec.volumes?.some((v) => v.persistentVolumeClaim?.claimName === name));
  if (isUsed) return;
  const metadata = { ...claim.metadata, finalizers: finalizers.filter((f) => f !== claimProtection) };
  await deps.client.update('persistentvolumeclaims', { ...claim, metadata });
}

/** Keeps a volume that is being deleted for as long as it is bound (pkg/controller/volume/pvprotection). So does a replaced one, again. */
export async function protectVolume(deps: VolumeDeps, volume: PersistentVolume): Promise<void> {
  const { deletionTimestamp, finalizers = [] } = volume.metadata;
  if (!deletionTimestamp) {
    if (finalizers.includes(volumeProtection)) return;
    const metadata = { ...volume.metadata, finalizers: [...finalizers, volumeProtection] };
    return void (await deps.client.update('persistentvolumes', { ...volume, metadata }));
  }
  if (!finalizers.includes(volumeProtection) || volume.status?.phase === 'Bound') return;
  const metadata = { ...volume.metadata, finalizers: finalizers.filter((f) => f !== volumeProtection) };
  await deps.client.update('persistentvolumes', { ...volume, metadata });
}
