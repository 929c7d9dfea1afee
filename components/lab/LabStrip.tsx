'use client';

import { BookOpen } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { useAsk } from '../actions/AskContext';
import { deploymentOfLab } from '../actions/labOutcome';
import { Button } from '../ui/Button';
import { useWords } from './words';

/** The lab's sets are all here: it needs no making. */
export function isLabMade(board: Board, lab: Lab): boolean {
  return lab.makes.every(({ set }) => board.sets.some((candidate) => candidate.name === set));
}

/** Something of the lab is here, be it only a Service or a claim that was left. */
function isLabThere(board: Board, lab: Lab): boolean {
  const names = [...board.sets, ...board.deployments, ...board.services, ...board.otherClaims].map(({ name }) => name);
  const { name: deployment, claim } = lab.asDeployment ?? {};
  return (
    names.some((name) => name === deployment || name === claim?.name) ||
    lab.makes.some(({ set, service, template }) =>
      names.some((name) => name === set || name === service || name.startsWith(`${template}-${set}-`)),
    )
  );
}

/** Above the board: the labs that are on it, with their guides and the way to clean them up. */
export function LabStrip({ board, labs }: { board: Board; labs: Lab[] }) {
  const t = useTranslations('lab');
  const words = useWords();
  const ask = useAsk();
  const there = labs.filter((lab) => isLabThere(board, lab));
  if (there.length === 0) return null;
  return (
    <div className="-mb-2 grid gap-2 present:order-last present:mb-0">
      {there.map((lab) => (
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
          <div className="ml-auto flex flex-wrap gap-x-3 max-sm:-mx-3 max-sm:gap-x-0">
            {lab.asDeployment && isLabMade(board, lab) && !deploymentOfLab(board, lab) && (
              <Button look="quiet" onClick={() => ask({ kind: 'deployLab', lab: lab.name })}>
                {t('asDeployment')}
              </Button>
            )}
            <Button
              look="quiet"
              aria-label={t('cleanUpLabel', { lab: words(lab.title) })}
              onClick={() => ask({ kind: 'cleanUpLab', lab: lab.name })}
            >
              {t('cleanUp')}
            </Button>
          </div>
        </div>
      ))}
    </div>
  );
}
