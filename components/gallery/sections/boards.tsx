import type { Board } from '../../../lib/board/model';
import type { Lab } from '../../../lib/lab/lab';
import type { Freshness } from '../../../lib/stream/freshness';
import { BoardView } from '../../board/BoardView';
import {
  aBoard,
  everyStateBoard,
  fixtureNow,
  lessonBoard,
  lessonChanges,
  manySetsBoard,
  manySlotsBoard,
  twoClaimsBoard,
} from '../../board/fixtures';
import { FreshnessChip } from '../../board/FreshnessChip';
import { PastBanner } from '../../board/PastBanner';
import { TopBar } from '../../board/TopBar';
import { StoryStrip } from '../../story/StoryStrip';
import type { Scene, Section } from '../scene';
import { causes, live } from './freshness';
import { pastOf } from './story';

const past = pastOf(lessonChanges());

interface PageProps {
  board?: Board;
  labs: Lab[];
  freshness?: Freshness;
  isPast?: boolean;
}

export function BoardPage({ board, labs, freshness = live, isPast = false }: PageProps) {
  return (
    <>
      <TopBar status={<FreshnessChip freshness={freshness} />} />
      {isPast && <PastBanner past={{ version: 'e1.42', at: fixtureNow - 240_000 }} onBack={() => undefined} />}
      <BoardView
        board={board}
        namespace={board?.namespace ?? 'default'}
        freshness={freshness}
        isPast={isPast}
        labs={labs}
        foot={!isPast && <StoryStrip past={board ? past : undefined} namespace={board?.namespace ?? 'default'} />}
      />
    </>
  );
}

function page(name: string, board: () => Board | undefined, over: Omit<PageProps, 'board' | 'labs'> = {}): Scene {
  return { name, isPage: true, draw: (labs) => <BoardPage board={board()} labs={labs} {...over} /> };
}

export const boards: Section = {
  name: 'boards',
  scenes: [
    page('lesson', lessonBoard),
    page('states', everyStateBoard),
    page('two-claims', twoClaimsBoard),
    page('many', manySlotsBoard),
    page('many-sets', manySetsBoard),
    page('empty', () => aBoard([])),
    page('missing', () => aBoard([], { exists: false, namespace: 'lab-ana' })),
    page('terminating', () => aBoard([], { terminating: true, namespace: 'lab-ana' })),
    page('loading', () => undefined, { freshness: causes.connecting }),
    page('stale', lessonBoard, { freshness: causes.clusterGone }),
    page('offline', lessonBoard, { freshness: causes.serverGone }),
    page('past', lessonBoard, { isPast: true }),
  ],
};
