import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import { invalid, required, type FieldError } from '../fieldError';
import type { Kind } from '../kinds/kind';

/** k8s.io/apimachinery/pkg/api/validation/objectmeta.go. */
export function validateMetadata(kind: Kind, metadata: ObjectMeta): FieldError[] {
  if (!metadata.name) return [required('metadata.name', 'name or generateName is required')];
  return (kind.validateName?.(metadata.name) ?? []).map((why) => invalid('metadata.name', metadata.name, why));
}

export function validateMetadataUpdate(_kind: Kind, _metadata: ObjectMeta, _old: ObjectMeta): FieldError[] {
  return [];
}
