'use client';

import * as Tabs from 'radix-ui/tabs';
import { memo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import { DnsPanel } from './DnsPanel';
import { EventsPanel } from './EventsPanel';
import { StoragePanel } from './storage/StoragePanel';

const tabs = ['dns', 'storage', 'events'] as const;

export const SidePanel = memo(function SidePanel({ board, isPast }: { board: Board; isPast: boolean }) {
  const t = useTranslations('panel');
  const [tab, setTab] = useState<string>('dns');
  const warnings = board.events.filter((event) => event.type === 'Warning').length;
  return (
    <Tabs.Root value={tab} onValueChange={setTab}>
      <h2 className="sr-only">{t('label')}</h2>
      <Tabs.List aria-label={t('label')} className="mb-4 flex max-w-sm gap-1 rounded-xl bg-page p-1">
        {tabs.map((name) => (
          <Tabs.Trigger
            key={name}
            value={name}
            className="flex-1 rounded-lg px-2 py-1.5 text-[0.8125rem] font-semibold text-muted transition-colors hover:text-ink data-[state=active]:bg-panel data-[state=active]:text-ink data-[state=active]:shadow-(--shadow)"
          >
            {t(name)}
            {name === 'events' && warnings > 0 && (
              <span className="ml-1.5 rounded-full bg-wait-ground px-1.5 text-note text-wait tabular-nums">
                {warnings}
              </span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="dns">
        <DnsPanel board={board} />
      </Tabs.Content>
      <Tabs.Content value="storage">
        <fieldset disabled={isPast} className="min-w-0">
          <StoragePanel board={board} />
        </fieldset>
      </Tabs.Content>
      <Tabs.Content value="events">
        <EventsPanel events={board.events} />
      </Tabs.Content>
    </Tabs.Root>
  );
});
