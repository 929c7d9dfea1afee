import type { PersistentVolumeClaim, StorageClass } from '../../../../../lib/kubernetes/storage';
import { StatusError } from '../../../status';
import { compareQuantities } from '../../quantity';
import type { KindContext } from '../kind';

/** Admission plugin PersistentVolumeClaimResize: only a bound claim of a class that allows it may grow. */
export function admitExpansion(claim: PersistentVolumeClaim, old: PersistentVolumeClaim, context: KindContext): void {
  if (compareQuantities(claim.spec.resources?.requests?.storage, old.spec.resources?.requests?.storage) <= 0) return;
  // An unbound claim's spec cannot change at all: validation says so.
  if (old.status?.phase !== 'Bound') return;
  const name = claim.spec.storageClassName ?? '';
  const found = name === '' ? undefined : context.find<StorageClass>('storageclasses', name);
  if (found?.allowVolumeExpansion && name === old.spec.storageClassName) return;
  const why =
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
  throw refused(claim, why);
}

function refused({ metadata: { name = '' } }: PersistentVolumeClaim, why: string): StatusError {
  const message = `persistentvolumeclaims "${name}" is forbidden: ${why}`;
  return new StatusError(403, 'Forbidden', message, { name, kind: 'persistentvolumeclaims' });
}
