import type { PersistentVolumeClaim, StorageClass } from '../../../../../lib/kubernetes/storage';
import type { KindContext } from '../kind';

const annotations = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

export function isDefaultClass({ metadata }: StorageClass): boolean {
  return annotations.some((name) => metadata.annotations?.[name] === 'true');
}

/**
 * The class that a claim without one gets: of several defaults the newest, and of equally old ones the first by name
 * (pkg/volume/util/storageclass.go GetDefaultClass).
 */
export function defaultClass(classes: StorageClass[]): StorageClass | undefined {
  const created = ({ metadata }: StorageClass) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  const name = ({ metadata }: StorageClass) => metadata.name ?? '';
  return classes.filter(isDefaultClass).sort((a, b) => created(b) - created(a) || (name(a) < name(b) ? -1 : 1))[0];
}

export const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Admission plugin DefaultStorageClass. An empty class name is a choice: it stays. */
export function giveDefaultClass(claim: PersistentVolumeClaim, context: KindContext): void {
  if (claim.spec.storageClassName !== undefined || claim.metadata.annotations?.[classAnnotation] !== undefined) return;
  const found = defaultClass(context.findAll<StorageClass>('storageclasses'));
  if (found?.metadata.name) claim.spec.storageClassName = found.metadata.name;
}
