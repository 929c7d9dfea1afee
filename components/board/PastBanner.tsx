'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { PastMoment } from '../live/useBoard';
import { useAge } from '../ui/Age';
import { ErrorNote } from '../actions/ErrorNote';

/** Over a board that shows what was: nobody may take it for what is. */
export function PastBanner({ past }: { past: PastMoment }) {
  const t = useTranslations('past');
  const age = useAge(past.at, true);
  return (
    <div
      data-testid="past-banner"
      className="grid gap-2 border-b border-kept-line bg-kept-ground px-5 py-2 text-[0.8125rem] max-sm:px-3"
    >
      <p className="flex flex-wrap items-center gap-x-2.5">
        <History aria-hidden size={16} className="text-kept" />
        <b className="text-kept">{age ? t('age', { age }) : t('title')}</b>
        {/* A whole load, so that the live board starts from what is, not from what was. */}
        <a href="?" className="font-semibold text-accent underline underline-offset-2">
          {t('back')}
        </a>
      </p>
      {past.error && <ErrorNote error={past.error} />}
    </div>
  );
}
