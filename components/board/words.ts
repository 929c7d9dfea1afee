'use client';

import { useTranslations } from 'use-intl';
import type { Reason } from '../../lib/board/model';

type ReasonWords = ReturnType<typeof useTranslations<'reason'>>;

/** What something waits for, in the reader's language. Kubernetes' own sentence is shown apart, untouched. */
export function wordReason(t: ReasonWords, reason: Reason): string {
  const { code, subject } = reason;
  if (code === 'crashLoop') return t('crashLoop', { subject: subject ?? t('container') });
  if (code === 'pulling' || code === 'imagePull') return t(code, { subject: shortImage(subject ?? t('something')) });
  if (code === 'revision' && subject !== undefined) return t('revisionAfter', { subject });
  if (code === 'other' && subject !== undefined) return t('cannotStart', { subject });
  return t(code, { subject: subject ?? '…' });
}

/** `k8s.gcr.io/nginx-slim:0.8` → `nginx-slim:0.8`: in a narrow card the registry says least. */
export function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

/** `web-6c5c7fd59b` → `6c5c7fd59b`: the hash alone, as the set's name stands above it. */
export function shortRevision(revision: string): string {
  return revision.slice(revision.lastIndexOf('-') + 1);
}

/** Enough of a uid to tell two apart. */
export function shortUid(uid: string): string {
  return uid.slice(0, 8);
}

/** `pvc-1568146b-82ee-…-660701` → `pvc-15681…701`: enough to tell two apart; the whole name is in the title. */
export function shortVolume(name: string): string {
  return name.length > 18 ? `${name.slice(0, 10)}…${name.slice(-3)}` : name;
}

const shortModes: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** As kubectl prints them. */
export function shortAccessModes(modes: readonly string[]): string {
  return modes.map((mode) => shortModes[mode] ?? mode).join(', ');
}

/** `web-0.nginx.default.svc…` → `web-0.nginx` and the rest, which is the same for all. */
export function splitDnsName(name: string): { own: string; zone: string } {
  const [host = '', service = '', ...zone] = name.split('.');
  return zone.length === 0 ? { own: name, zone: '' } : { own: `${host}.${service}`, zone: `.${zone.join('.')}` };
}

export function splitServiceName(name: string): { own: string; zone: string } {
  const dot = name.indexOf('.');
  return dot < 0 ? { own: name, zone: '' } : { own: name.slice(0, dot), zone: name.slice(dot) };
}
