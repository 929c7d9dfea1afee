'use client';

import clsx from 'clsx';
import dynamic from 'next/dynamic';
import { memo, useDeferredValue, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import type { Freshness } from '../../lib/stream/freshness';
import { ActionDesk } from '../actions/ActionDesk';
import { useAsk } from '../actions/AskContext';
import { LabCard } from '../lab/LabCard';
import { isLabMade, LabStrip } from '../lab/LabStrip';
import { Button } from '../ui/Button';
import { Announcer } from './Announcer';
import { EmptyBoard } from './EmptyBoard';
import { FreshnessBanner } from './FreshnessBanner';
import { Presenting } from './present/Presenting';
import { setsWithoutList } from './setOverview';
import { usePaced } from './usePaced';
import { Workloads } from './Workloads';
import { untilLoaded } from '../ui/untilLoaded';
import { keepClearOf } from './keepClearOf';

/** The slots are what a class looks at; the panel beside them is fetched once they are there. */
const SidePanel = dynamic(
  untilLoaded(() => import('./SidePanel').then((module) => module.SidePanel)),
  {
    ssr: false,
    loading: () => <div aria-hidden data-coming className="breathe h-11 rounded-xl bg-page" />,
  },
);

const OtherPods = dynamic(
  untilLoaded(() => import('./OtherPods').then((module) => module.OtherPods)),
  { ssr: false },
);

const SetList = dynamic(
  untilLoaded(() => import('./SetList').then((module) => module.SetList)),
  { ssr: false },
);

interface BoardViewProps {
  /** Undefined until the first one has come. */
  board?: Board;
  namespace: string;
  freshness: Freshness;
  /** What was, not what is. */
  isPast?: boolean;
  labs: Lab[];
  /** At the foot of the slots, and of the window while they are longer: the timeline. The same element as long as it may be. */
  foot?: ReactNode;
}

/** A namespace, drawn from the model alone: the live page, the gallery and the tests all come through here. */
export function BoardView({ board, namespace, freshness, isPast = false, labs, foot }: BoardViewProps) {
  const isLive = freshness.state === 'live';
  const isCrowded = board !== undefined && slotsOn(board) > slotsThatMove;
  const drawn = usePaced(board, isCrowded ? crowdedMs : 0);
  return (
    <ActionDesk board={board} namespace={namespace} labs={labs} isLive={isLive && !isPast}>
      <Announcer freshness={freshness} />
      <Presenting />
      {!isLive && !isPast && board && <FreshnessBanner freshness={freshness} />}
      <main
        id="board"
        tabIndex={-1}
        className={clsx('outline-none', !isLive && board && 'not-live', isPast && 'is-past')}
        aria-busy={!board}
      >
        {drawn ? (
          <Filled board={drawn} isCrowded={isCrowded} labs={labs} isPast={isPast} foot={foot} />
        ) : (
          <EmptyBoard namespace={namespace} labs={labs} />
        )}
      </main>
    </ActionDesk>
  );
}

/** Many slots are more work than one frame has time for; nobody sees which of a hundred changes a second came first. */
const crowdedMs = 120;

/** Up to this many slots, what begins and what comes is seen by its motion. */
const slotsThatMove = 24;

function slotsOn(board: Board): number {
  return board.sets.reduce((slots, set) => slots + set.slots.length, 0);
}

interface FilledProps
  extends Required<Pick<BoardViewProps, 'board' | 'labs' | 'isPast'>>, Pick<BoardViewProps, 'foot'> {
  isCrowded: boolean;
}

/** How fresh it is changes many times a second; what is drawn here only with the board. */
const Filled = memo(function Filled({ board, isCrowded, labs, isPast, foot }: FilledProps) {
  // The slots are drawn at once; the panel beside them may follow a frame later.
  const deferred = useDeferredValue(board);
  const isEmpty = board.sets.length === 0 && board.deployments.length === 0;
  const t = useTranslations('app');
  const missing = board.terminating ? [] : labs.filter((lab) => !isLabMade(board, lab));
  return (
    <div className={clsx('board-columns wide:grid wide:grid-cols-[minmax(0,1fr)_21.5rem]', isCrowded && 'still')}>
      <div className="min-w-0">
        {!isEmpty && <h1 className="sr-only">{t('boardOf', { namespace: board.namespace })}</h1>}
        {/* Nothing can be done to what was: every button in it is off at once. */}
        <fieldset
          disabled={isPast}
          className="grid min-w-0 content-start gap-7 p-5 max-sm:gap-5 max-sm:p-3 sm:px-7 present:pt-3 low:pt-2"
        >
          <LabStrip board={board} labs={labs} />
          {isEmpty && <EmptyBoard {...{ board, labs, isPast }} namespace={board.namespace} />}
          {board.sets.length > setsWithoutList && <SetList sets={board.sets} />}
          <Workloads board={board} />
          {!isEmpty && missing.map((lab) => <LabCard key={lab.name} board={board} lab={lab} />)}
          {board.otherPods.length > 0 && <OtherPods pods={board.otherPods} />}
          {board.exists && <NamespaceFoot namespace={board.namespace} />}
        </fieldset>
        {foot && (
          <div ref={keepClearOf} className="board-foot">
            {foot}
          </div>
        )}
      </div>
      <aside className="border-line bg-panel p-5 max-wide:border-t max-sm:p-3 sm:max-wide:px-7 wide:sticky wide:top-14 wide:h-[calc(100dvh-3.5rem)] wide:overflow-y-auto wide:border-l">
        <SidePanel board={deferred} isPast={isPast} />
      </aside>
    </div>
  );
});

function NamespaceFoot({ namespace }: { namespace: string }) {
  const t = useTranslations('action');
  const ask = useAsk();
  return (
    <footer className="flex justify-end border-t border-line pt-3">
      <Button look="quiet" onClick={() => ask({ kind: 'deleteNamespace' })}>
        {t('deleteNamespace', { name: namespace })}
      </Button>
    </footer>
  );
}
