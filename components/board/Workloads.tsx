'use client';

import dynamic from 'next/dynamic';
import type { CSSProperties } from 'react';
import type { Board } from '../../lib/board/model';
import { setsWithoutList } from './setOverview';
import { SetSection } from './SetSection';
import { untilLoaded } from '../ui/untilLoaded';

/** Fetched when a namespace has one: most boards of a class have none. */
const Deployments = dynamic(
  untilLoaded(() => import('./deployment/Deployments').then((module) => module.Deployments)),
  {
    ssr: false,
    loading: () => <div aria-hidden data-coming className="breathe workloads-deployments h-96 rounded-2xl bg-panel" />,
  },
);

/** The StatefulSets, and beside or below them what has no slots. */
export function Workloads({ board }: { board: Board }) {
  const slots = Math.max(1, ...board.sets.map((set) => set.slots.length));
  const hasDeployments = board.deployments.length > 0 || board.hidden.includes('deployments');
  return (
    <div className="workloads" style={{ '--slots': slots } as CSSProperties}>
      {board.sets.length > 0 && (
        <div className="workloads-sets">
          {board.sets.map((set) => (
            <SetSection key={set.uid} set={set} isOneOfMany={board.sets.length > setsWithoutList} />
          ))}
        </div>
      )}
      {hasDeployments && <Deployments board={board} />}
    </div>
  );
}
