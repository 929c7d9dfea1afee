'use client';

import { BookOpen, LoaderCircle, Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { ApplyAction } from '../../lib/actions/contracts';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { useActionRunner } from '../actions/ActionContext';
import { ErrorNote } from '../actions/ErrorNote';
import { outcomeOfCreateLab } from '../actions/labOutcome';
import { OutcomeList } from '../actions/OutcomeList';
import { useAction } from '../actions/useAction';
import { Button } from '../ui/Button';
import { Eyebrow } from '../ui/Chip';
import { CommandLine } from '../ui/CommandLine';
import { useWords } from './words';

/** A lab that is not on this board yet: what it would bring, the kubectl line that does the same, and one button. */
export function LabCard({ board, lab }: { board: Board; lab: Lab }) {
  const t = useTranslations();
  const words = useWords();
  const { lineOf } = useActionRunner();
  const { state, run } = useAction();
  const action: ApplyAction = { kind: 'apply', namespace: board.namespace, yaml: lab.manifest.yaml };
  const isBusy = state.phase === 'working' || state.phase === 'accepted';
  return (
    <article
      data-testid="lab-card"
      data-lab={lab.name}
      className="rounded-2xl border border-line bg-panel p-6 shadow-(--shadow) max-sm:p-4"
    >
      <Eyebrow as="p">
        {t('lab.eyebrow')} · {t('lab.steps', { count: lab.steps.length })} · {t('lab.minutes', { count: lab.minutes })}
      </Eyebrow>
      <h2 className="mt-1 text-lg font-bold tracking-[-0.02em]">{words(lab.title)}</h2>
      <p className="mt-1 mb-4 max-w-prose text-muted">{words(lab.summary)}</p>
      <OutcomeList outcome={outcomeOfCreateLab(board, lab)} />
      <div className="mt-5 flex flex-wrap gap-2">
        <Button look="primary" className="min-h-10! px-5!" disabled={isBusy} onClick={() => void run(action)}>
          {isBusy ? (
            <LoaderCircle aria-hidden size={15} className="turn" />
          ) : (
            <Play aria-hidden size={15} fill="currentColor" />
          )}
          {state.phase === 'working' ? t('action.working') : t('lab.create')}
        </Button>
        <Link
          href={`/labs/${lab.name}`}
          className="inline-flex min-h-10 items-center gap-1.5 rounded-lg border border-line-strong px-4 text-[0.8125rem] font-semibold hover:bg-raised"
        >
          <BookOpen aria-hidden size={15} />
          {t('lab.open')}
        </Link>
      </div>
      <div className="mt-4 grid gap-3">
        {state.phase === 'refused' && <ErrorNote error={state.error} />}
        {state.phase === 'accepted' && (
          <p role="status" className="text-ready">
            {[t('action.accepted'), ...(state.value.warnings ?? [])].join(' ')}
          </p>
        )}
        <details className="min-w-0">
          <summary className="w-fit text-xs font-semibold text-faint hover:text-ink">{t('action.sameWith')}</summary>
          <div className="mt-2">
            <CommandLine line={lineOf(action)} />
          </div>
        </details>
      </div>
    </article>
  );
}
