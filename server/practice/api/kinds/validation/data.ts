import type { ConfigMap, Secret } from '../../../../../lib/kubernetes/cluster';
import { forbidden, invalid, required, tooLong, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { immutable, invalidEach } from './fields';
import { validateConfigKey } from './names';

/** pkg/apis/core/validation: ValidateConfigMap, ValidateSecret and their updates. */
const longest = 2 ** 20;

export function validateConfigMap({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors = Object.keys(data)
    .sort()
    .flatMap((key) => [
      ...invalidEach(`data[${key}]`, key, validateConfigKey(key)),
      ...(key in binaryData ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]);
  errors.push(...keyErrors('binaryData', binaryData));
  const size = textSize(Object.values(data)) + byteSize(Object.values(binaryData));
  return size > longest ? [...errors, tooLong('[]', longest)] : errors;
}

export function validateConfigMapUpdate(map: ConfigMap, old: ConfigMap): FieldError[] {
  if (old.immutable !== true) return [];
  return frozenErrors(map.immutable, [
    ['data', map.data, old.data],
    ['binaryData', map.binaryData, old.binaryData],
  ]);
}

export function validateSecret(secret: Secret): FieldError[] {
  const data = secret.data ?? {};
  const errors = [...keyErrors('data', data)];
  if (byteSize(Object.values(data)) > longest) errors.push(tooLong('data', longest));
  return [...errors, ...typeErrors(secret, data)];
}

export function validateSecretUpdate(secret: Secret, old: Secret): FieldError[] {
  const errors = immutable('type', secret.type, old.type);
  if (old.immutable !== true) return errors;
  return [...errors, ...frozenErrors(secret.immutable, [['data', secret.data, old.data]])];
}

/** What each type of Secret must hold. */
function typeErrors(secret: Secret, data: Record<string, string>): FieldError[] {
  const missing = (key: string) => (key in data ? [] : [required(`data[${key}]`)]);
  const accountName = 'kubernetes.io/service-account.name';
  switch (secret.type) {
    case 'kubernetes.io/service-account-token':
      return secret.metadata.annotations?.[accountName] ? [] : [required(`metadata.annotations[${accountName}]`)];
    case 'kubernetes.io/dockercfg':
      return jsonErrors(data, '.dockercfg');
    case 'kubernetes.io/dockerconfigjson':
      return jsonErrors(data, '.dockerconfigjson');
    case 'kubernetes.io/basic-auth':
      return 'username' in data || 'password' in data ? [] : [...missing('username'), ...missing('password')];
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')];
    case 'kubernetes.io/tls':
      return [...missing('tls.crt'), ...missing('tls.key')];
    default:
      return [];
  }
}

function jsonErrors(data: Record<string, string>, key: string): FieldError[] {
  const text = data[key];
  if (text === undefined) return [required(`data[${key}]`)];
  try {
    JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return [];
  } catch {
    const first = Buffer.from(text, 'base64').toString('utf8').trim()[0];
    const why =
      first === undefined
        ? 'unexpected end of JSON input'
        : `invalid character '${first}' looking for beginning of value`;
    return [invalid(`data[${key}]`, '<secret contents redacted>', why)];
  }
}

function keyErrors(field: string, data: Record<string, string>): FieldError[] {
  return Object.keys(data).flatMap((key) => invalidEach(`${field}[${key}]`, key, validateConfigKey(key)));
}

function frozenErrors(stillFrozen: boolean | undefined, fields: [string, unknown, unknown][]): FieldError[] {
  const why = 'field is immutable when `immutable` is set';
  const changed = fields.filter(([, now, before]) => !equalJson(now ?? {}, before ?? {}));
  return [
    ...(stillFrozen === true ? [] : [forbidden('immutable', why)]),
    ...changed.map(([field]) => forbidden(field, why)),
  ];
}

function textSize(texts: string[]): number {
  return texts.reduce((size, text) => size + Buffer.byteLength(text), 0);
}

function byteSize(base64: string[]): number {
  return base64.reduce((size, text) => size + Buffer.byteLength(text, 'base64'), 0);
}
