import type { PersistentVolumeClaim } from '../../../../../lib/kubernetes/storage';
import { forbidden, required, type FieldError } from '../../fieldError';
import { copyJson, equalJson } from '../../json';
import { compareQuantities } from '../../quantity';
import { internalNames, specDifference } from './difference';
import { immutable, positiveQuantity, validateSelector } from './fields';
import { accessModeErrors, classNameErrors, volumeModeErrors } from './volumeRules';

/** ValidatePersistentVolumeClaim of pkg/apis/core/validation. */
export function validateClaim(claim: PersistentVolumeClaim): FieldError[] {
  return claimSpecErrors(claim.spec, 'spec');
}

export function claimSpecErrors(spec: PersistentVolumeClaim['spec'], at: string): FieldError[] {
  const storage = spec.resources?.requests?.storage;
  const size = `${at}.resources[storage]`;
  return [
    ...(spec.accessModes?.length ? [] : [required(`${at}.accessModes`, 'at least 1 access mode is required')]),
    ...validateSelector(`${at}.selector`, spec.selector),
    ...accessModeErrors(`${at}.accessModes`, spec.accessModes),
    ...(storage === undefined ? [required(size)] : positiveQuantity(size, storage)),
    ...classNameErrors(`${at}.storageClassName`, spec.storageClassName),
    ...volumeModeErrors(`${at}.volumeMode`, spec.volumeMode),
    ...classNameErrors(`${at}.volumeAttributesClassName`, spec.volumeAttributesClassName),
  ];
}

const isImmutable =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** A bound claim may ask for more space; a claim's volume and class may be set once where they were open. */
export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const [now, before] = [copyJson(claim.spec), copyJson(old.spec)];
  if (!before.volumeName) before.volumeName = now.volumeName;
  if (before.storageClassName === undefined) before.storageClassName = now.storageClassName;
  if (claim.status?.phase === 'Bound') {
    if (now.resources?.requests) now.resources.requests = withStorage(now.resources.requests, old);
    now.volumeAttributesClassName = before.volumeAttributesClassName;
  }
  const errors: FieldError[] = [];
  if (!equalJson(now, before))
    errors.push(forbidden('spec', `${isImmutable}\n${specDifference(shown(before), shown(now))}`));
  return [...errors, ...sizeErrors(claim, old), ...immutable('volumeMode', claim.spec.volumeMode, old.spec.volumeMode)];
}

/** The spec with every member, as upstream's type has them. */
function shown(spec: PersistentVolumeClaim['spec']): unknown {
  const { limits = null, requests = null } = spec.resources ?? {};
  return {
    AccessModes: spec.accessModes ?? null,
    Selector: spec.selector ?? null,
    Resources: { Limits: limits, Requests: requests },
    VolumeName: spec.volumeName ?? '',
    StorageClassName: spec.storageClassName ?? null,
    VolumeMode: spec.volumeMode ?? null,
    DataSource: internalNames(spec.dataSource ?? null),
    DataSourceRef: internalNames(spec.dataSourceRef ?? null),
    VolumeAttributesClassName: spec.volumeAttributesClassName ?? null,
  };
}

function withStorage(requests: Record<string, string>, old: PersistentVolumeClaim): Record<string, string> {
  const storage = old.spec.resources?.requests?.storage;
  return storage === undefined ? requests : { ...requests, storage };
}

function sizeErrors(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const size = claim.spec.resources?.requests?.storage;
  if (compareQuantities(size, old.spec.resources?.requests?.storage) >= 0) return [];
  if (compareQuantities(size, old.status?.capacity?.storage) > 0) return [];
  return [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')];
}
