'use client';

import { useTranslations } from 'use-intl';
import type { Freshness } from '../../lib/stream/freshness';
import { useAge } from '../ui/Age';
import { causeLooks } from './freshnessLooks';
import { useCause } from './freshnessWords';

/** Over the whole board while it is not live: nobody may take an old value for a new one. */
export function FreshnessBanner({ freshness }: { freshness: Freshness }) {
  const t = useTranslations('freshness');
  const age = useAge(freshness.trueAt, true);
  const cause = useCause(freshness);
  const { icon: Icon } = causeLooks[freshness.cause ?? 'connecting'];
  return (
    <div
      role="status"
      data-testid="freshness-banner"
      className="sticky top-14 z-20 flex flex-wrap items-center gap-x-2.5 gap-y-0.5 border-b border-wait-line bg-wait-ground px-5 py-2 text-[0.8125rem] max-sm:px-3"
    >
      <Icon aria-hidden size={16} className="shrink-0 text-wait" />
      <b className="text-wait">
        {t('banner')}
        {age && <span className="tabular-nums"> ({t('age', { age })})</span>}
      </b>
      <span>{cause}</span>
      {freshness.message && <code className="font-mono text-xs break-all text-muted">{freshness.message}</code>}
    </div>
  );
}
