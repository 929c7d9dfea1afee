'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import type { Lab } from '../../lib/lab/lab';
import { ActionRunnerProvider } from '../actions/ActionContext';
import { liveRunner } from '../actions/liveRunner';
import { toPageTime, useBoard } from '../live/useBoard';
import { ClockProvider } from '../ui/seconds';
import { BoardView } from './BoardView';
import { FreshnessChip } from './FreshnessChip';
import { rememberBoard } from './lastBoard';
import { NamespaceChoice } from './NamespaceChoice';
import { PastBanner } from './PastBanner';
import { TopBar } from './TopBar';

const clock = { toPageTime };
const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
};

/** The moment that the address asks for (`?at=`); none means now. */
function usePastMoment(): string | undefined {
  const at = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(location.search).get('at') ?? '',
    () => '',
  );
  return at === '' ? undefined : at;
}

/** A namespace's board as the stream brings it. */
export function LiveBoard({ namespace, labs }: { namespace: string; labs: Lab[] }) {
  const t = useTranslations('app');
  const at = usePastMoment();
  const { board, freshness, past } = useBoard(namespace, at);

  useEffect(() => {
    document.title = `${namespace} · ${t('title')}`;
    if (board?.exists) rememberBoard(namespace);
  }, [namespace, board?.exists, t]);

  return (
    <ClockProvider value={clock}>
      <ActionRunnerProvider value={liveRunner}>
        <TopBar status={<FreshnessChip freshness={freshness} />}>
          <NamespaceChoice namespace={namespace} />
        </TopBar>
        {past && <PastBanner past={past} />}
        <BoardView board={board} namespace={namespace} freshness={freshness} isPast={past !== undefined} labs={labs} />
      </ActionRunnerProvider>
    </ClockProvider>
  );
}
