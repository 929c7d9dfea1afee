'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Recording } from '../../../lib/history/recording';
import type { History } from '../../../lib/history/history';
import { stillSource } from '../../../lib/history/source';
import type { Freshness } from '../../../lib/stream/freshness';
import { ClockProvider } from '../../ui/seconds';
import { BoardView } from '../BoardView';
import { useClockTime } from './clockTime';
import { Player } from './player';
import { PlayerProvider, useShown } from './PlayerContext';
import { untilLoaded } from '../../ui/untilLoaded';

const Timeline = dynamic(
  untilLoaded(() => import('./Timeline').then((module) => module.Timeline)),
  { ssr: false },
);
const Story = dynamic(
  untilLoaded(() => import('../../story/LiveStory').then((module) => module.LiveStory)),
  { ssr: false },
);

/** Nothing here is ever live, and nothing was lost either. */
const freshness: Freshness = { state: 'live', viewers: 0 };

export interface Opened {
  recording: Recording;
  history: History;
}

/** A recording at its end, to be played or gone through. It is connected to nothing. */
export function RecordingBoard({ recording, history, onClose }: Opened & { onClose?: () => void }) {
  const [player] = useState(() => {
    const made = new Player(stillSource(history, () => Date.now()));
    made.do({ kind: 'live' });
    return made;
  });
  const shown = useShown(player);
  const second = Math.floor((shown?.at ?? history.start.at) / 1000) * 1000;
  const clock = useMemo(() => ({ toPageTime: (ms: number) => ms, fixedNow: second }), [second]);
  const foot = useMemo(
    () => (
      <>
        <Story namespace={recording.namespace} />
        <Timeline />
      </>
    ),
    [recording.namespace],
  );
  return (
    <PlayerProvider value={player}>
      <ClockProvider value={clock}>
        <RecordingNote recording={recording} onClose={onClose} />
        <BoardView
          board={shown?.moment?.board}
          namespace={recording.namespace}
          freshness={freshness}
          isPast
          labs={[]}
          foot={foot}
        />
      </ClockProvider>
    </PlayerProvider>
  );
}

function RecordingNote({ recording, onClose }: { recording: Recording; onClose?: (() => void) | undefined }) {
  const t = useTranslations('recording');
  const time = useClockTime();
  const date = new Date(recording.savedAt).toISOString().slice(0, 10);
  return (
    <div
      data-testid="recording-banner"
      className="flex flex-wrap items-center justify-between gap-x-4 border-b border-kept-line bg-kept-ground px-7 py-1 text-[0.8125rem] font-semibold text-kept max-sm:px-3"
    >
      <p>{t('banner', { namespace: recording.namespace, date, time: time(recording.savedAt) })}</p>
      {onClose && (
        <button type="button" onClick={onClose} className="min-h-6 underline underline-offset-2 hover:text-ink">
          {t('another')}
        </button>
      )}
    </div>
  );
}
