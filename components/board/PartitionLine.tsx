'use client';

import { useTranslations } from 'use-intl';

/** Between the slots that an update leaves alone and those that it reaches. */
export function PartitionLine({ first }: { first: number }) {
  const t = useTranslations('rack');
  return (
    <li className="partition-line" data-testid="partition" data-first={first} title={t('partitionNote', { first })}>
      <span className="sr-only">{t('partitionNote', { first })}</span>
      <span aria-hidden className="partition-words">
        {t('partition', { first })}
      </span>
    </li>
  );
}
