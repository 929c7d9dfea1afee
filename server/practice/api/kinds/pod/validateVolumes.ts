import type { KeyToPath, Volume, VolumeProjection } from '../../../../../lib/kubernetes/pod';
import { duplicate, forbidden, invalid, required, type FieldError } from '../../fieldError';
import { compareQuantities } from '../../quantity';
import { invalidEach, quantity } from '../validation/fields';
import { validateDnsLabel } from '../validation/names';
import { hostPathErrors, nfsErrors } from '../validation/volumeRules';

/** ValidateVolumes of pkg/apis/core/validation. */
export function volumeErrors(volumes: Volume[], at: string): FieldError[] {
  const seen = new Set<string>();
  return volumes.flatMap((volume, index) => {
    const field = `${at}[${index}]`;
    const name = volume.name ?? '';
    const isTaken = seen.has(name);
    seen.add(name);
    const nameErrors =
      name === '' ? [required(`${field}.name`)] : invalidEach(`${field}.name`, name, validateDnsLabel(name));
    return [
      ...sourceErrors(volume, field),
      ...nameErrors,
      ...(nameErrors.length === 0 && isTaken ? [duplicate(`${field}.name`, name)] : []),
    ];
  });
}

function sourceErrors(volume: Volume, at: string): FieldError[] {
  const [first, ...others] = Object.entries(volume).filter(([name, value]) => name !== 'name' && value !== undefined);
  if (!first) return [required(at, 'must specify a volume type')];
  const extra = others.map(([name]) => forbidden(`${at}.${name}`, 'may not specify more than 1 volume type'));
  return [...extra, ...detailErrors(volume, at)];
}

function detailErrors(volume: Volume, at: string): FieldError[] {
  const { persistentVolumeClaim, emptyDir, hostPath, nfs, configMap, secret, downwardAPI, projected } = volume;
  const errors: FieldError[] = [];
  if (persistentVolumeClaim && !persistentVolumeClaim.claimName) {
    errors.push(required(`${at}.persistentVolumeClaim.claimName`));
  }
  if (emptyDir?.sizeLimit !== undefined) errors.push(...sizeErrors(`${at}.emptyDir.sizeLimit`, emptyDir.sizeLimit));
  if (hostPath) errors.push(...hostPathErrors(`${at}.hostPath`, hostPath));
  if (nfs) errors.push(...nfsErrors(`${at}.nfs`, nfs));
  if (configMap) {
    if (!configMap.name) errors.push(required(`${at}.configMap.name`));
    errors.push(...modeErrors(`${at}.configMap.defaultMode`, configMap.defaultMode));
    errors.push(...itemErrors(`${at}.configMap.items`, configMap.items));
  }
  if (secret) {
    if (!secret.secretName) errors.push(required(`${at}.secret.secretName`));
    errors.push(...modeErrors(`${at}.secret.defaultMode`, secret.defaultMode));
    errors.push(...itemErrors(`${at}.secret.items`, secret.items));
  }
  if (downwardAPI) errors.push(...modeErrors(`${at}.downwardAPI.defaultMode`, downwardAPI.defaultMode));
  for (const [index, source] of (projected?.sources ?? []).entries()) {
    errors.push(...projectionErrors(source, `${at}.projected.sources[${index}]`));
  }
  return errors;
}

function sizeErrors(field: string, size: string): FieldError[] {
  const errors = quantity(field, size);
  if (errors.length > 0 || compareQuantities(size, '0') >= 0) return errors;
  return [forbidden(field, 'SizeLimit field must be a valid resource quantity')];
}

function projectionErrors(source: VolumeProjection, at: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const kind of ['configMap', 'secret'] as const) {
    const from = source[kind];
    if (!from) continue;
    if (!from.name) errors.push(required(`${at}.${kind}.name`));
    errors.push(...itemErrors(`${at}.${kind}.items`, from.items));
  }
  const token = source.serviceAccountToken;
  if (!token) return errors;
  if ((token.expirationSeconds ?? 3600) < 600) {
    const why = 'may not specify a duration less than 10 minutes';
    errors.push(invalid(`${at}.serviceAccountToken.expirationSeconds`, token.expirationSeconds, why));
  }
  if (!token.path) errors.push(required(`${at}.serviceAccountToken.path`));
  return errors;
}

function itemErrors(at: string, items: KeyToPath[] = []): FieldError[] {
  return items.flatMap((item, index) => {
    const field = `${at}[${index}]`;
    return [
      ...(item.key ? [] : [required(`${field}.key`)]),
      ...(item.path ? localPathErrors(`${field}.path`, item.path) : [required(`${field}.path`)]),
      ...modeErrors(`${field}.mode`, item.mode),
    ];
  });
}

/** A path that stays inside the volume. */
export function localPathErrors(field: string, path: string): FieldError[] {
  const errors = path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : [];
  if (path.split('/').includes('..')) errors.push(invalid(field, path, "must not contain '..'"));
  else if (path.startsWith('..')) errors.push(invalid(field, path, "must not start with '..'"));
  return errors;
}

function modeErrors(field: string, mode: number | undefined): FieldError[] {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
