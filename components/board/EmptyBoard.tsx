'use client';

import { Boxes } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { CreateNamespace } from '../actions/CreateNamespace';
import { LabCard } from '../lab/LabCard';

interface EmptyBoardProps {
  board?: Board;
  namespace: string;
  labs: Lab[];
  isPast?: boolean;
}

/** Nothing there yet, and what can be done about it: of a moment that is past, nothing. */
export function EmptyBoard({ board, namespace, labs, isPast = false }: EmptyBoardProps) {
  const t = useTranslations('empty');
  if (!board) return <Skeleton text={t('loading')} />;
  const isUsable = board.exists && !board.terminating;
  const title = board.terminating
    ? t('terminating', { namespace })
    : board.exists
      ? t(isPast ? 'titlePast' : 'title', { namespace })
      : t(isPast ? 'missingPast' : 'missing', { namespace });
  return (
    <section data-testid="empty-board" className="mx-auto grid w-full max-w-3xl gap-6 py-[6vh]">
      <div className="flex items-start gap-4">
        <Boxes aria-hidden size={34} strokeWidth={1.6} className="mt-1 shrink-0 text-accent" />
        <div>
          <h1 className="text-2xl leading-tight font-bold tracking-[-0.03em]">{title}</h1>
          {!board.terminating && !isPast && (
            <p className="mt-1 text-muted">{t(board.exists ? 'text' : 'missingText')}</p>
          )}
        </div>
      </div>
      {!board.exists && !board.terminating && !isPast && <CreateNamespace namespace={namespace} />}
      {isUsable && !isPast && labs.map((lab) => <LabCard key={lab.name} board={board} lab={lab} />)}
    </section>
  );
}

/** The shape of what is coming, so that nothing jumps when it does. */
function Skeleton({ text }: { text: string }) {
  return (
    <div className="p-5 max-sm:p-3 xl:px-7" data-testid="loading">
      <p role="status" className="mb-4 text-faint">
        {text}
      </p>
      <div
        aria-hidden
        className="breathe grid grid-cols-[repeat(auto-fill,minmax(10.75rem,1fr))] gap-3 rounded-2xl border border-line bg-panel p-4"
      >
        {[0, 1, 2].map((slot) => (
          <div key={slot} className="grid gap-3">
            <div className="h-12 rounded-xl bg-raised" />
            <div className="h-40 rounded-xl bg-raised" />
            <div className="h-16 rounded-xl bg-raised" />
            <div className="h-28 rounded-xl bg-raised" />
          </div>
        ))}
      </div>
    </div>
  );
}
