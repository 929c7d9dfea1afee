'use client';

import { BookOpen } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { useAsk } from '../actions/AskContext';
import { Button } from '../ui/Button';
import { useWords } from './words';

/** Any part of the lab is there: its set, its Service, or a claim that its set has left. */
export function isLabThere(board: Board, lab: Lab): boolean {
  return lab.makes.some(
    ({ set, service }) =>
      board.sets.some((candidate) => candidate.name === set) ||
      board.services.some((candidate) => candidate.name === service),
  );
}

/** Above a board that has something on it: the labs, each to be made or cleaned up. */
export function LabStrip({ board, labs }: { board: Board; labs: Lab[] }) {
  const t = useTranslations('lab');
  const words = useWords();
  const ask = useAsk();
  return (
    <div className="-mb-2 grid gap-2">
      {labs.map((lab) => (
        <div
          key={lab.name}
          data-testid="lab-strip"
          data-lab={lab.name}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem]"
        >
          <BookOpen aria-hidden size={15} className="text-accent" />
          <span className="text-muted">
            {t('eyebrow')}: <b className="font-semibold text-ink">{words(lab.title)}</b>
          </span>
          <Link href={`/labs/${lab.name}`} className="font-semibold text-accent underline-offset-2 hover:underline">
            {t('open')}
          </Link>
          <span className="ml-auto flex gap-1">
            {board.sets.some((set) => set.name === lab.makes[0]?.set) ? null : (
              <Button
                look="primary"
                aria-label={t('createLabel', { lab: words(lab.title) })}
                onClick={() => ask({ kind: 'createLab', lab: lab.name })}
              >
                {t('create')}
              </Button>
            )}
            {isLabThere(board, lab) && (
              <Button
                look="quiet"
                aria-label={t('cleanUpLabel', { lab: words(lab.title) })}
                onClick={() => ask({ kind: 'cleanUpLab', lab: lab.name })}
              >
                {t('cleanUp')}
              </Button>
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
