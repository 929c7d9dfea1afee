'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { PastMoment } from '../live/useBoard';
import { useAge } from '../ui/Age';
import { ErrorNote } from '../actions/ErrorNote';

/** Over a board that shows what was: nobody may take it for what is. It lies over the edge of the board and moves nothing. */
export function PastBanner({ past, onBack }: { past: PastMoment; onBack: () => void }) {
  const t = useTranslations('past');
  const age = useAge(past.at, true);
  return (
    <div className="sticky top-14 z-30 sm:h-0">
      <div
        data-testid="past-banner"
        className="grid gap-2 border-b border-kept-line bg-kept-ground px-7 py-0.5 text-[0.8125rem] max-sm:px-3"
      >
        <p className="flex flex-wrap items-center gap-x-2.5">
          <History aria-hidden size={16} className="text-kept" />
          <b className="text-kept">{age ? t('age', { age }) : t('title')}</b>
          <button type="button" onClick={onBack} className="font-semibold text-accent underline underline-offset-2">
            {t('back')}
          </button>
        </p>
        {past.error && <ErrorNote error={past.error} />}
      </div>
    </div>
  );
}
