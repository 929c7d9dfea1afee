import type { KubernetesObject } from '../../../../../lib/kubernetes/metadata';

/** Admission plugin StorageObjectInUseProtection: claims and volumes are held while something uses them. */
export function protect(object: KubernetesObject, finalizer: string): void {
  const finalizers = object.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) object.metadata.finalizers = [...finalizers, finalizer];
}
