'use client';

import { useTranslations } from 'use-intl';

function Label({ row, name, note }: { row: number; name: string; note: string }) {
  return (
    <div
      style={{ gridRow: row }}
      className="flex flex-col justify-center pr-3 text-xs leading-snug font-semibold text-muted"
    >
      {name}
      <span className="text-note font-normal text-faint">{note}</span>
    </div>
  );
}

/** For the eye only: each card says to a screen reader what it is. */
export function RackLabels({ claims }: { claims: number }) {
  const t = useTranslations('rack');
  return (
    <div aria-hidden className="rack-labels contents max-sm:hidden">
      <Label row={1} name={t('identity')} note={t('identityNote')} />
      <Label row={2} name={t('pod')} note={t('podNote')} />
      <Label row={4} name={t('dns')} note={t('dnsNote')} />
      <div style={{ gridRow: 5 }} className="flex items-center pr-2 text-note leading-tight font-semibold text-kept">
        {t('outlives')}
      </div>
      {Array.from({ length: claims }, (_, index) => [
        <Label key={`claim-${index}`} row={6 + index * 4} name={t('claim')} note="PVC" />,
        <Label key={`volume-${index}`} row={8 + index * 4} name={t('volume')} note="PV" />,
      ])}
    </div>
  );
}
