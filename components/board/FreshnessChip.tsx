'use client';

import clsx from 'clsx';
import { Radio } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Freshness } from '../../lib/stream/freshness';
import { useAge } from '../ui/Age';
import { causeLooks } from './freshnessLooks';
import { browserIdle } from '../live/idle';
import { untilLoaded } from '../ui/untilLoaded';

const fetchDetail = untilLoaded(() => import('./FreshnessDetail').then((module) => module.FreshnessDetail));

const FreshnessDetail = dynamic(fetchDetail, {
  ssr: false,
  loading: () => <div aria-hidden className="breathe h-24 rounded-xl bg-page" />,
});

const tones = { live: 'tone-ready', stale: 'tone-wait', offline: 'tone-fail' } as const;

/** How far the screen can be trusted: the state, and how old the newest thing on it is, counted each second. Opens the reasons. */
export function FreshnessChip({ freshness }: { freshness: Freshness }) {
  const t = useTranslations('freshness');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { icon: Icon } = freshness.state === 'live' ? { icon: Radio } : causeLooks[freshness.cause ?? 'connecting'];
  const trueAge = useAge(freshness.trueAt, true);
  // It is wanted most when there is no network any longer to fetch it by.
  useEffect(() => browserIdle(() => void fetchDetail()), []);
  return (
    <>
      <button
        type="button"
        data-testid="freshness"
        data-state={freshness.state}
        data-cause={freshness.cause}
        title={t('details')}
        popoverTarget={id}
        className={clsx(
          tones[freshness.state],
          'inline-flex min-h-8 items-center gap-1.5 rounded-full border border-(--tone-line) bg-(--tone-ground) px-3 text-xs text-muted tabular-nums',
        )}
      >
        <Icon aria-hidden size={14} strokeWidth={2.4} className="shrink-0 text-(--tone)" />
        <b className="font-semibold text-(--tone)">{t(freshness.state)}</b>
        <span className="whitespace-nowrap">{trueAge ? t('age', { age: trueAge }) : t('never')}</span>
        {freshness.state === 'live' && (
          <span className="whitespace-nowrap max-lg:hidden present:hidden">
            {freshness.latencyMs !== undefined && `· ${t('latency', { ms: Math.round(freshness.latencyMs) })} `}·{' '}
            {t('watching', { count: freshness.viewers })}
          </span>
        )}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t('details')}
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="fixed top-14 right-3 left-auto m-0 max-h-[calc(100dvh-4.5rem)] w-[26rem] max-w-[calc(100vw-1.5rem)] overflow-auto rounded-xl border border-line bg-panel p-4 text-ink shadow-(--shadow-high)"
      >
        {isOpen && <FreshnessSummary freshness={freshness} />}
      </div>
    </>
  );
}

function FreshnessSummary({ freshness }: { freshness: Freshness }) {
  const t = useTranslations('freshness');
  const eventAge = useAge(freshness.lastEventAt, true);
  const syncAge = useAge(freshness.lastSyncAt, true);
  return (
    <div className="grid gap-2">
      <p className="text-xs font-semibold">
        {[eventAge && t('lastEvent', { age: eventAge }), syncAge && t('lastSync', { age: syncAge })]
          .filter(Boolean)
          .join(' · ') || t('never')}
      </p>
      <FreshnessDetail freshness={freshness} />
    </div>
  );
}
