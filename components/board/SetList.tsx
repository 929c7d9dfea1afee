'use client';

import clsx from 'clsx';
import { Search } from 'lucide-react';
import { memo, useId, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { SlotState, StatefulSetView } from '../../lib/board/model';
import { filterSets, worstState } from './setOverview';
import { slotLooks } from './slotState';

function jumpTo(name: string) {
  const heading = document.getElementById(`set-${name}`);
  const section = heading?.closest<HTMLElement>('[data-testid=set]');
  if (!section) return;
  section.tabIndex = -1;
  section.focus({ preventScroll: true });
  section.scrollIntoView({ block: 'start' });
}

/** The arrows go through the list, so that a hundred sets are not a hundred stops of the tab key away. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const isInField = event.target instanceof HTMLInputElement;
  if (step === undefined || (isInField && event.key !== 'ArrowDown')) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, [data-jump]')];
  const next = stops[stops.indexOf(event.target as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** All sets of a namespace at a glance, with how they are; typing narrows it, choosing one goes to it. */
export const SetList = memo(function SetList({ sets }: { sets: StatefulSetView[] }) {
  const t = useTranslations('sets');
  const [text, setText] = useState('');
  const [onlyUnready, setOnlyUnready] = useState(false);
  const count = useId();
  const unready = sets.filter((set) => set.readyReplicas !== set.replicas).length;
  const shown = filterSets(sets, text, onlyUnready);
  return (
    <nav
      aria-label={t('label')}
      data-testid="set-list"
      onKeyDown={walk}
      className="rounded-2xl border border-line bg-panel p-3 shadow-(--shadow)"
    >
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (shown[0]) jumpTo(shown[0].name);
        }}
      >
        <label className="flex min-h-8 min-w-0 flex-1 basis-48 items-center gap-2 rounded-lg border border-line-strong px-2.5 focus-within:border-muted">
          <Search aria-hidden size={15} className="shrink-0 text-faint" />
          <input
            type="search"
            aria-label={t('filter')}
            aria-describedby={count}
            placeholder={t('filter')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="min-w-0 flex-1 bg-transparent text-[0.8125rem]"
          />
        </label>
        <button
          type="button"
          aria-pressed={onlyUnready}
          onClick={() => setOnlyUnready(!onlyUnready)}
          className="min-h-8 rounded-full border border-line px-3 text-xs text-muted aria-pressed:border-accent aria-pressed:bg-accent-ground aria-pressed:font-semibold aria-pressed:text-accent"
        >
          {t('onlyUnready', { count: unready })}
        </button>
        <p id={count} role="status" className="text-xs text-muted tabular-nums">
          {t('shown', { shown: shown.length, all: sets.length })}
        </p>
      </form>
      <ul className="mt-2 grid max-h-52 grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-1 overflow-y-auto">
        {shown.map((set, index) => (
          <Entry
            key={set.uid}
            isFirst={index === 0}
            name={set.name}
            ready={set.readyReplicas}
            replicas={set.replicas}
            state={worstState(set)}
          />
        ))}
      </ul>
    </nav>
  );
});

interface EntryProps {
  /** The one that the tab key comes to. */
  isFirst: boolean;
  name: string;
  ready: number;
  replicas: number;
  state: SlotState;
}

/** Drawn again only when one of these has changed: a set has many changes that are not seen from here. */
const Entry = memo(function Entry({ isFirst, name, ready, replicas, state }: EntryProps) {
  const t = useTranslations();
  const { icon: Icon, tone } = slotLooks[state];
  return (
    <li>
      <button
        type="button"
        data-jump
        tabIndex={isFirst ? 0 : -1}
        onClick={() => jumpTo(name)}
        className={clsx(
          `tone-${tone}`,
          'flex min-h-8 w-full items-center gap-2 rounded-lg px-2 text-left text-xs hover:bg-raised',
        )}
      >
        <Icon aria-hidden size={14} strokeWidth={2.4} className="shrink-0 text-(--tone)" />
        <span className="min-w-0 flex-1 truncate font-mono text-ink">{name}</span>
        <span className="font-semibold text-(--tone) tabular-nums">
          {ready}/{replicas}
        </span>
        <span className="sr-only">{t('sets.ready', { state: t(`state.${state}`) })}</span>
      </button>
    </li>
  );
});
