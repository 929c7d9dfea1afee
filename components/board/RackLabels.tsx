'use client';

import clsx from 'clsx';
import { useTranslations } from 'use-intl';

/** `isTight`: the row is low where the wall is, and has room for the name alone. */
function Label({ row, name, note, isTight }: { row: number; name: string; note: string; isTight?: boolean }) {
  return (
    <div
      style={{ gridRow: row }}
      className="flex flex-col justify-center pr-3 text-xs leading-snug font-semibold text-muted"
    >
      {name}
      <span className={clsx('text-note font-normal text-faint', isTight && 'low:hidden')}>{note}</span>
    </div>
  );
}

/** For the eye only: each card says to a screen reader what it is. */
export function RackLabels({ claims, hasOwnFiles }: { claims: number; hasOwnFiles: boolean }) {
  const t = useTranslations('rack');
  const rule = hasOwnFiles ? 7 : 5;
  return (
    <div aria-hidden className="rack-labels contents max-sm:hidden">
      <Label row={1} name={t('identity')} note={t('identityNote')} isTight />
      <Label row={2} name={t('pod')} note={t('podNote')} />
      <Label row={4} name={t('dns')} note={t('dnsNote')} />
      {hasOwnFiles && <Label row={6} name={t('ownFiles')} note={t('ownFilesNote')} isTight />}
      <div style={{ gridRow: rule }} className="flex items-center pr-2 text-note leading-tight font-semibold text-kept">
        {t('outlives')}
      </div>
      {claims === 0 && <Label row={rule + 1} name={t('claim')} note="PVC" />}
      {Array.from({ length: claims }, (_, index) => [
        <Label key={`claim-${index}`} row={rule + 1 + index * 4} name={t('claim')} note="PVC" />,
        <Label key={`volume-${index}`} row={rule + 3 + index * 4} name={t('volume')} note="PV" />,
      ])}
    </div>
  );
}
