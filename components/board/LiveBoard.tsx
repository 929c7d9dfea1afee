'use client';

import dynamic from 'next/dynamic';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { Lab } from '../../lib/lab/lab';
import { formatPosition, parsePosition } from '../../lib/stream/protocol';
import { ActionRunnerProvider } from '../actions/ActionContext';
import { liveRunner } from '../actions/liveRunner';
import { toPageTime, useBoard, type LiveBoard as Live } from '../live/useBoard';
import { useLivePlayer } from '../live/useLivePlayer';
import { ClockProvider } from '../ui/seconds';
import { BoardView } from './BoardView';
import { FreshnessChip } from './FreshnessChip';
import { rememberBoard } from './lastBoard';
import { NamespaceChoice } from './NamespaceChoice';
import { PastBanner } from './PastBanner';
import type { Player } from './timeline/player';
import { PlayerProvider, useShown } from './timeline/PlayerContext';
import { TopBar } from './TopBar';
import { untilLoaded } from '../ui/untilLoaded';

const clock = { toPageTime };

const Timeline = dynamic(
  untilLoaded(() => import('./timeline/Timeline').then((module) => module.Timeline)),
  {
    ssr: false,
    loading: () => <div aria-hidden className="breathe h-20 rounded-2xl bg-panel" />,
  },
);

const LiveStory = dynamic(
  untilLoaded(() => import('../story/LiveStory').then((module) => module.LiveStory)),
  {
    ssr: false,
    loading: () => <div aria-hidden data-coming className="mb-2 h-16 rounded-2xl bg-panel" />,
  },
);

/** The moment that the address asks for (`?at=`); none means now. What cannot be read is a version that is not kept. */
function goWhereAsked(player: Player) {
  const at = new URLSearchParams(location.search).get('at');
  if (at) player.do({ kind: 'goTo', position: parsePosition(at) ?? { epoch: 'unknown', version: 0 } });
  else player.do({ kind: 'live' });
}

/** The board that the player shows: what its history holds, or else (a version of the address) what the server still has. */
function useShownBoard(namespace: string, player: Player): Live {
  const shown = useShown(player);
  const live = useBoard(namespace, shown && !shown.moment ? formatPosition(shown.position) : undefined);
  if (!shown?.moment) return live;
  const version = formatPosition(shown.position);
  const past = { version, at: toPageTime(shown.at ?? shown.moment.at) };
  return { board: shown.moment.board, version, freshness: live.freshness, past };
}

/** The address names what is shown, so that it can be sent to somebody; while it plays it stays as it was. */
function useAddress(player: Player) {
  useEffect(() => {
    const read = () => goWhereAsked(player);
    read();
    addEventListener('popstate', read);
    const leave = player.subscribe(() => writeAddress(player));
    return () => {
      removeEventListener('popstate', read);
      leave();
    };
  }, [player]);
}

function writeAddress({ replay }: Player) {
  if (replay.mode === 'playing') return;
  const url = new URL(location.href);
  if (replay.mode === 'live') url.searchParams.delete('at');
  else url.searchParams.set('at', formatPosition(replay.position));
  if (url.href !== location.href) history.replaceState(history.state, '', url);
}

/** A namespace's board as the stream brings it, or as it was. */
export function LiveBoard({ namespace, labs }: { namespace: string; labs: Lab[] }) {
  const t = useTranslations('app');
  const player = useLivePlayer(namespace);
  const { board, freshness, past } = useShownBoard(namespace, player);
  useAddress(player);
  const backToNow = useCallback(() => player.do({ kind: 'live' }), [player]);
  // Ages are as they were then; a whole second, so that they are not drawn anew with every frame.
  const second = past?.at === undefined ? undefined : Math.floor(past.at / 1000) * 1000;
  // Its clock is now's, also while all around it is past.
  const foot = useMemo(
    () => (
      <ClockProvider value={clock}>
        <LiveStory namespace={namespace} />
        <Timeline />
      </ClockProvider>
    ),
    [namespace],
  );
  const boardClock = useMemo(() => (second === undefined ? clock : { toPageTime, fixedNow: second }), [second]);

  useEffect(() => {
    document.title = `${namespace} · ${t('title')}`;
    if (board?.exists) rememberBoard(namespace);
  }, [namespace, board?.exists, t]);

  return (
    <ClockProvider value={clock}>
      <ActionRunnerProvider value={liveRunner}>
        <PlayerProvider value={player}>
          <TopBar status={<FreshnessChip freshness={freshness} />}>
            <NamespaceChoice namespace={namespace} />
          </TopBar>
          {past && <PastBanner past={past} onBack={backToNow} />}
          <ClockProvider value={boardClock}>
            <BoardView
              board={board}
              namespace={namespace}
              freshness={freshness}
              isPast={past !== undefined}
              labs={labs}
              foot={foot}
            />
          </ClockProvider>
        </PlayerProvider>
      </ActionRunnerProvider>
    </ClockProvider>
  );
}
