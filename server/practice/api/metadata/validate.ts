import type { ManagedFields, ObjectMeta, OwnerReference } from '../../../../lib/kubernetes/metadata';
import { forbidden, invalid, required, tooLong, type FieldError } from '../fieldError';
import { equalJson } from '../json';
import type { Kind } from '../kinds/kind';
import {
  validateDnsSubdomain,
  validateLabelValue,
  validatePathSegment,
  validateQualifiedName,
} from '../kinds/validation/names';

/** What all annotations of an object may come to, keys included. */
const mostAnnotationBytes = 256 * 1024;

/** k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMeta. */
export function validateMetadata(kind: Kind, metadata: ObjectMeta): FieldError[] {
  return [...nameErrors(kind, metadata), ...validateShape(metadata)];
}

function nameErrors(kind: Kind, { name, generateName }: ObjectMeta): FieldError[] {
  const rule = kind.validateName?.bind(kind) ?? validateDnsSubdomain;
  const errors: FieldError[] = [];
  // A dash at the end of a prefix is fine: what is generated follows it.
  if (generateName)
    for (const why of rule(generateName.replace(/-$/, 'a')))
      errors.push(invalid('metadata.generateName', generateName, why));
  if (!name) return [...errors, required('metadata.name', 'name or generateName is required')];
  const whys = [...new Set([...rule(name), ...validatePathSegment(name)])];
  return [...errors, ...whys.map((why) => invalid('metadata.name', name, why))];
}

function validateShape(metadata: ObjectMeta): FieldError[] {
  return [
    ...labelErrors(metadata.labels ?? {}),
    ...annotationErrors(metadata.annotations ?? {}),
    ...ownerErrors(metadata.ownerReferences ?? []),
    ...finalizerErrors(metadata.finalizers ?? []),
    ...managedFieldsErrors(metadata.managedFields ?? []),
  ];
}

function labelErrors(labels: Record<string, string>): FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...validateQualifiedName(key).map((why) => invalid('metadata.labels', key, why)),
    ...validateLabelValue(value).map((why) => invalid('metadata.labels', value, why)),
  ]);
}

function annotationErrors(annotations: Record<string, string>): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    for (const why of validateQualifiedName(key.toLowerCase())) errors.push(invalid('metadata.annotations', key, why));
  }
  if (bytes > mostAnnotationBytes) errors.push(tooLong('metadata.annotations', mostAnnotationBytes));
  return errors;
}

function ownerErrors(owners: OwnerReference[]): FieldError[] {
  const field = 'metadata.ownerReferences';
  const errors = owners.flatMap((owner) => oneOwnerErrors(owner, field));
  const controllers = owners.filter((owner) => owner.controller === true).map((owner) => `${owner.kind}/${owner.name}`);
  for (const other of controllers.slice(1)) {
    const found = `Found "true" in references for ${controllers[0] ?? ''} and ${other}`;
    errors.push(invalid(field, owners, `Only one reference can have Controller set to true. ${found}`));
  }
  return errors;
}

function oneOwnerErrors({ apiVersion, kind, name, uid }: OwnerReference, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!apiVersion) errors.push(invalid(`${field}.apiVersion`, '', 'version must not be empty'));
  if (!kind) errors.push(invalid(`${field}.kind`, '', 'must not be empty'));
  if (!name) errors.push(invalid(`${field}.name`, '', 'must not be empty'));
  if (!uid) errors.push(invalid(`${field}.uid`, '', 'must not be empty'));
  if (apiVersion === 'v1' && kind === 'Event')
    errors.push(invalid(field, { apiVersion, kind, name, uid }, '/v1, Kind=Event is disallowed from being an owner'));
  return errors;
}

const standardFinalizers = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

function finalizerErrors(finalizers: string[]): FieldError[] {
  const field = 'metadata.finalizers';
  const errors = finalizers.flatMap((f) => validateQualifiedName(f).map((why) => invalid(field, f, why)));
  // Both rules apply: a name without a domain must be one of Kubernetes' own (pkg/apis/core/validation).
  finalizers.forEach((f, i) => {
    if (!f.includes('/') && !standardFinalizers.has(f))
      errors.push(invalid(`${field}[${i}]`, f, 'name is neither a standard finalizer name nor is it fully qualified'));
  });
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    errors.push(invalid(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  return errors;
}

function managedFieldsErrors(entries: ManagedFields[]): FieldError[] {
  return entries.flatMap((entry, i) => {
    const field = `metadata.managedFields[${i}]`;
    const errors: FieldError[] = [];
    if (entry.operation !== 'Apply' && entry.operation !== 'Update')
      errors.push(invalid(`${field}.operation`, entry.operation ?? '', 'must be `Apply` or `Update`'));
    if (entry.fieldsType && entry.fieldsType !== 'FieldsV1')
      errors.push(invalid(`${field}.fieldsType`, entry.fieldsType, 'must be `FieldsV1`'));
    return [...errors, ...managerErrors(entry.manager ?? '', `${field}.manager`)];
  });
}

const longestManager = 128;

/** Also used for the fieldManager parameter of a request. */
export function managerErrors(manager: string, field: string): FieldError[] {
  const errors = Buffer.byteLength(manager) > longestManager ? [tooLong(field, longestManager)] : [];
  const unprintable = /[^\P{C}]/u.exec(manager);
  if (unprintable) {
    const code = (unprintable[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    errors.push(invalid(field, manager, `invalid character U+${code} (at position ${unprintable.index})`));
  }
  return errors;
}

/** ValidateObjectMetaUpdate: what an update may not change. Timestamps have been kept by then. */
export function validateMetadataUpdate(metadata: ObjectMeta, old: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  if (old.deletionTimestamp !== undefined) {
    const extra = (metadata.finalizers ?? []).filter((f) => !(old.finalizers ?? []).includes(f)).sort();
    const shown = `[]string{${extra.map((f) => JSON.stringify(f)).join(', ')}}`;
    const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}`;
    if (extra.length > 0) errors.push(forbidden('metadata.finalizers', why));
  }
  for (const key of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const)
    if (!equalJson(metadata[key], old[key]))
      errors.push(invalid(`metadata.${key}`, metadata[key], 'field is immutable'));
  return errors;
}
