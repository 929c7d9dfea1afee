import type { StorageClass } from '../../../../../lib/kubernetes/storage';
import { invalid, notSupported, required, type FieldError } from '../../fieldError';
import { immutable, invalidEach } from './fields';
import { validateQualifiedName } from './names';

/** pkg/apis/storage/validation: ValidateStorageClass and its update. */
export function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const { provisioner, parameters = {}, reclaimPolicy, volumeBindingMode } = storageClass;
  const named = provisioner
    ? invalidEach('provisioner', provisioner.toLowerCase(), validateQualifiedName(provisioner.toLowerCase()))
    : [];
  return [
    ...(provisioner ? named : [required('provisioner')]),
    ...('' in parameters ? [invalid('parameters', '', 'field can not be empty.')] : []),
    ...supported('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']),
    ...supported('volumeBindingMode', volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']),
  ];
}

export function validateStorageClassUpdate(storageClass: StorageClass, old: StorageClass): FieldError[] {
  return (['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const).flatMap((field) =>
    immutable(field, storageClass[field], old[field]),
  );
}

function supported(field: string, value: string | undefined, allowed: string[]): FieldError[] {
  return value && !allowed.includes(value) ? [notSupported(field, value, allowed)] : [];
}
