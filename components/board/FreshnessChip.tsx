'use client';

import clsx from 'clsx';
import { CloudOff, Radio, TimerOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Freshness } from '../../lib/stream/freshness';
import { useAge } from '../ui/Age';
import { useCause } from './freshnessWords';

const looks = {
  live: { icon: Radio, tone: 'tone-ready' },
  stale: { icon: TimerOff, tone: 'tone-wait' },
  offline: { icon: CloudOff, tone: 'tone-fail' },
} as const;

/** How far the screen can be trusted: the state, and how old the newest thing on it is, counted each second. */
export function FreshnessChip({ freshness }: { freshness: Freshness }) {
  const t = useTranslations('freshness');
  const { icon: Icon, tone } = looks[freshness.state];
  const trueAge = useAge(freshness.trueAt, true);
  const eventAge = useAge(freshness.lastEventAt, true);
  const syncAge = useAge(freshness.lastSyncAt, true);
  const cause = useCause(freshness);
  const title = [
    cause,
    eventAge && t('lastEvent', { age: eventAge }),
    syncAge && t('lastSync', { age: syncAge }),
    freshness.message,
  ];
  return (
    <span
      data-testid="freshness"
      data-state={freshness.state}
      data-cause={freshness.cause}
      title={title.filter(Boolean).join(' · ')}
      className={clsx(
        tone,
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
    </span>
  );
}
