'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { countAt, countTo, type History } from '../../../lib/history/history';
import { LaneReader } from '../../../lib/history/lanes';
import { recordingOf } from '../../../lib/history/recording';
import { cursorOf, endOf, liveReplay } from '../../../lib/history/replay';
import { ErrorNote } from '../../actions/ErrorNote';
import { recording } from '../../ui/messages/en/recording';
import { timeline } from '../../ui/messages/en/timeline';
import { useClock, useNow } from '../../ui/seconds';
import { WithWords } from '../../ui/WithWords';
import { Lanes } from './Lanes';
import { useHistory, usePlayer, useReplay, useShown } from './PlayerContext';
import { CursorLine, Scrubber, useDrag } from './Scrubber';
import { downloadRecording } from './recordingFile';
import { TimelineBar } from './TimelineBar';
import { fittingLength, lengths, viewFor, type Length, type View } from './view';
import { useOpen } from './openStore';

/**
 * The past of this board: a lane an ordinal, a bar a life, and a hand that takes the whole page back. It stays at the foot of the
 * window, so that the board is in sight while it moves.
 */
export function Timeline() {
  return (
    <WithWords english={words}>
      <TimelineSection />
    </WithWords>
  );
}

function TimelineSection() {
  const t = useTranslations('timeline');
  const { history, error } = useHistory();
  return (
    <section
      aria-label={t('title')}
      data-testid="timeline"
      className="timeline rounded-2xl border border-line bg-panel px-4 py-2.5 shadow-(--shadow) max-sm:px-3"
    >
      {history ? <Filled history={history} /> : <p className="min-h-8 py-1.5 text-xs text-muted">{t('loading')}</p>}
      {error && <ErrorNote error={error} />}
    </section>
  );
}

const words = { ...timeline, ...recording };

/** Now, in the history's clock, to the second; in the gallery it stands still. */
function useServerNow(): number | undefined {
  const now = useNow();
  const { toPageTime } = useClock();
  return now === undefined ? undefined : now - toPageTime(0);
}

function useView(length: Length, at: number, isLive: boolean): View {
  const [kept, setKept] = useState<View>();
  const view = viewFor({ length, at, isLive }, kept);
  if (view !== kept) setKept(view);
  return view;
}

const mostWhileLive: Length = 300_000;

/** It grows with the history while that is live, and not under a hand that looks back; what was chosen stays. */
function useLength({ start, until }: History, end: number, isLive: boolean): [Length, (chosen: Length) => void] {
  const fitting = fittingLength(end - start.at, until === undefined ? mostWhileLive : lengths[3]);
  const [kept, keep] = useState(fitting);
  const [chosen, choose] = useState<Length>();
  if (isLive && kept !== fitting) keep(fitting);
  return [chosen ?? kept, choose];
}

function Filled({ history }: { history: History }) {
  const player = usePlayer();
  const replay = useReplay(player);
  const shown = useShown(player);
  const [isOpen, setOpen] = useOpen();
  const [reader] = useState(() => new LaneReader());
  const end = endOf(history, useServerNow() ?? 0);
  const isLive = replay.mode === 'live';
  const [length, setLength] = useLength(history, end, isLive);
  const cursor =
    shown?.at === undefined
      ? cursorOf(liveReplay, history, end)
      : { at: shown.at, count: countTo(history, shown.position) ?? countAt(history, shown.at) };
  const view = useView(length, cursor.at, isLive);
  const drag = useDrag(view, player.do);
  const model = reader.read(history);
  return (
    <>
      <TimelineBar
        replay={replay}
        isRecording={history.until !== undefined}
        length={length}
        isOpen={isOpen}
        onLength={setLength}
        onOpen={setOpen}
        onCommand={player.do}
        onSave={() => void downloadRecording(recordingOf(history.start.board.namespace, history, player.source.now()))}
      />
      <div className="relative" {...drag}>
        {isOpen && (
          <Lanes model={model} start={history.start.at} isCut={history.isCut} view={view} length={length} end={end} />
        )}
        <Scrubber
          history={history}
          view={view}
          cursor={cursor}
          end={end}
          isLive={isLive}
          isPlaying={replay.mode === 'playing'}
          onCommand={player.do}
        />
        <CursorLine view={view} cursor={cursor} isLive={isLive} />
      </div>
    </>
  );
}
