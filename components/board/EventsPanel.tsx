'use client';

import clsx from 'clsx';
import { Info, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { EventView } from '../../lib/board/model';
import { Age } from '../ui/Age';

const mostShown = 100;

export function EventsPanel({ events }: { events: EventView[] }) {
  const t = useTranslations('panel');
  const [onlyWarnings, setOnlyWarnings] = useState(false);
  const newestFirst = events
    .filter((event) => !onlyWarnings || event.type === 'Warning')
    .toSorted((one, other) => other.lastAt - one.lastAt)
    .slice(0, mostShown);
  return (
    <div data-testid="events-panel">
      <div className="mb-2 flex gap-1.5" role="group" aria-label={t('events')}>
        {[false, true].map((choice) => (
          <button
            key={String(choice)}
            type="button"
            aria-pressed={onlyWarnings === choice}
            onClick={() => setOnlyWarnings(choice)}
            className="rounded-full border border-line px-2.5 py-0.5 text-xs text-muted aria-pressed:border-accent aria-pressed:bg-accent-ground aria-pressed:font-semibold aria-pressed:text-accent"
          >
            {t(choice ? 'warnings' : 'allEvents')}
          </button>
        ))}
      </div>
      {newestFirst.length === 0 && <p className="text-faint">{t(onlyWarnings ? 'noWarnings' : 'noEvents')}</p>}
      <ol className="divide-y divide-line">
        {newestFirst.map((event) => (
          <EventRow key={event.uid} event={event} />
        ))}
      </ol>
    </div>
  );
}

const EventRow = memo(function EventRow({ event }: { event: EventView }) {
  const t = useTranslations('panel');
  const isWarning = event.type === 'Warning';
  const Icon = isWarning ? TriangleAlert : Info;
  return (
    <li className="grid grid-cols-[1rem_1fr] gap-x-2 py-2 text-xs" data-testid="event" data-type={event.type}>
      <Icon aria-label={event.type} size={14} className={clsx('mt-0.5', isWarning ? 'text-wait' : 'text-faint')} />
      <div className="min-w-0">
        <div className="flex items-baseline gap-2">
          <b className={clsx('font-semibold', isWarning && 'text-wait')}>{event.reason}</b>
          {event.count > 1 && <span className="text-faint tabular-nums">{t('times', { count: event.count })}</span>}
          <span className="ml-auto shrink-0 text-faint">
            <Age since={event.lastAt} />
          </span>
        </div>
        <div className="truncate font-mono text-note text-muted">{event.object}</div>
        <p className="mt-0.5 break-words text-muted">{event.message}</p>
      </div>
    </li>
  );
});
