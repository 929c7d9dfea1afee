'use client';

import clsx from 'clsx';
import { useTranslations } from 'use-intl';
import type { Freshness, KindFreshness } from '../../lib/stream/freshness';
import { useAge } from '../ui/Age';
import { causeLooks } from './freshnessLooks';
import { useCause } from './freshnessWords';

/** What the chip stands on: how each kind is followed, when it last said something, and when it was last listed and compared. */
export function FreshnessDetail({ freshness }: { freshness: Freshness }) {
  const t = useTranslations('freshness');
  const cause = useCause(freshness);
  const kinds = freshness.kinds ?? [];
  return (
    <div className="grid gap-2.5 text-xs" data-testid="freshness-detail">
      <p className="text-muted">
        {cause || t('detailLive')}{' '}
        {freshness.message && <code className="font-mono break-all">{freshness.message}</code>}
      </p>
      {kinds.length > 0 && (
        <table className="w-full border-collapse tabular-nums">
          <caption className="sr-only">{t('detailTitle')}</caption>
          <thead>
            <tr className="text-left text-faint">
              {(['kind', 'event', 'listed', 'checked'] as const).map((column) => (
                <th key={column} scope="col" className="pr-2 pb-1 align-bottom font-semibold last:pr-0">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <KindRow key={kind.kind} of={kind} />
            ))}
          </tbody>
        </table>
      )}
      <p className="text-faint">{t('detailHow')}</p>
    </div>
  );
}

function KindRow({ of: { kind, state, objects, message, lastEventAt, lastSyncAt, checkedAt } }: { of: KindFreshness }) {
  const t = useTranslations('freshness');
  const { icon: Icon, tone } = causeLooks[state];
  return (
    <tr className={clsx(tone, 'border-t border-line align-baseline')} data-kind={kind} data-state={state}>
      <th scope="row" className="py-1 pr-2 text-left font-normal">
        <span className="font-mono break-all">{kind}</span> <span className="text-faint">({objects})</span>
        <span className="flex items-center gap-1 text-(--tone)" title={message}>
          <Icon aria-hidden size={12} className="shrink-0" />
          {t(`short.${state}`)}
        </span>
      </th>
      <AgeCell at={lastEventAt} />
      <AgeCell at={lastSyncAt} />
      <AgeCell at={checkedAt} />
    </tr>
  );
}

function AgeCell({ at }: { at: number | undefined }) {
  const t = useTranslations('freshness');
  const age = useAge(at, true);
  return (
    <td className="py-1 pr-2 whitespace-nowrap last:pr-0">
      {age || <span className="text-faint">{t('noneYet')}</span>}
    </td>
  );
}
