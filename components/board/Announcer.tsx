'use client';

import { useTranslations } from 'use-intl';
import type { Freshness } from '../../lib/stream/freshness';
import { useCause } from './freshnessWords';

/** Says whether the board can be trusted; what happens on it is said by `components/story`. */
export function Announcer({ freshness }: { freshness: Freshness }) {
  const t = useTranslations();
  const cause = useCause(freshness);
  return (
    <p aria-live="polite" className="sr-only">
      {freshness.state === 'live' ? t('announce.live') : t('announce.stale', { cause })}
    </p>
  );
}
