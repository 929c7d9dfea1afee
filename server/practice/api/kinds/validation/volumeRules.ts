import type { AccessMode } from '../../../../../lib/kubernetes/storage';
import { forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { invalidEach } from './fields';
import { validateDnsSubdomain } from './names';

/** Rules that volumes and claims share (pkg/apis/core/validation). */

const modes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export function accessModeErrors(field: string, given: AccessMode[] = []): FieldError[] {
  const unknown = given.filter((mode) => !modes.includes(mode)).map((mode) => notSupported(field, mode, modes));
  const isMixed = given.includes('ReadWriteOncePod') && given.some((mode) => mode !== 'ReadWriteOncePod');
  return isMixed ? [...unknown, forbidden(field, 'may not use ReadWriteOncePod with other access modes')] : unknown;
}

export function classNameErrors(field: string, name: string | undefined): FieldError[] {
  return name ? invalidEach(field, name, validateDnsSubdomain(name)) : [];
}

export function volumeModeErrors(field: string, mode: string | undefined): FieldError[] {
  const supported = ['Block', 'Filesystem'];
  return mode === undefined || supported.includes(mode) ? [] : [notSupported(field, mode, supported)];
}

/** No part of the path may be `..`. */
export function upwardPathErrors(field: string, path: string): FieldError[] {
  return path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : [];
}

const hostPathTypes = ['BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

export function hostPathErrors(at: string, source: { path: string; type?: string }): FieldError[] {
  if (!source.path) return [required(`${at}.path`)];
  const { type } = source;
  const known = !type || hostPathTypes.includes(type);
  return [
    ...upwardPathErrors(`${at}.path`, source.path),
    ...(known ? [] : [notSupported(`${at}.type`, type, ['', ...hostPathTypes])]),
  ];
}

export function nfsErrors(at: string, source: { server: string; path: string }): FieldError[] {
  return [
    ...(source.server ? [] : [required(`${at}.server`)]),
    ...(source.path ? [] : [required(`${at}.path`)]),
    ...(source.path && !source.path.startsWith('/')
      ? [invalid(`${at}.path`, source.path, 'must be an absolute path')]
      : []),
  ];
}
