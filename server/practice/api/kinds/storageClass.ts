import type { StorageClass } from '../../../../lib/kubernetes/storage';
import { isDefaultClass } from './admission/defaultClass';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateDnsSubdomain } from './validation/names';
import { validateStorageClass, validateStorageClassUpdate } from './validation/storageClass';

const message = 'k8s.io.api.storage.v1.StorageClass';

export const storageClassKind: Kind<StorageClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  namespaced: false,
  message,
  columns: [
    nameColumn,
    fieldColumn('Provisioner', message, 'provisioner'),
    fieldColumn('ReclaimPolicy', message, 'reclaimPolicy'),
    fieldColumn('VolumeBindingMode', message, 'volumeBindingMode'),
    fieldColumn('AllowVolumeExpansion', message, 'allowVolumeExpansion'),
    ageColumn,
  ],
  row: (storageClass, at) => [
    nameOf(storageClass) + (isDefaultClass(storageClass) ? ' (default)' : ''),
    storageClass.provisioner,
    storageClass.reclaimPolicy ?? 'Delete',
    storageClass.volumeBindingMode ?? 'Immediate',
    storageClass.allowVolumeExpansion ?? false,
    ageOf(storageClass, at),
  ],
  defaults(draft) {
    draft.reclaimPolicy ??= 'Delete';
    draft.volumeBindingMode ??= 'Immediate';
  },
  validateName: validateDnsSubdomain,
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
  createOnUpdate: true,
};
