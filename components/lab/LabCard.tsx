'use client';

import { BookOpen, Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Lab } from '../../lib/lab/lab';
import { useAsk } from '../actions/AskContext';
import { Button } from '../ui/Button';
import { Eyebrow } from '../ui/Chip';
import { useWords } from './words';

/** On an empty board: what can be made here with one button. */
export function LabCard({ lab }: { lab: Lab }) {
  const t = useTranslations('lab');
  const words = useWords();
  const ask = useAsk();
  return (
    <article
      data-testid="lab-card"
      data-lab={lab.name}
      className="rounded-2xl border border-line bg-panel p-6 shadow-(--shadow) max-sm:p-4"
    >
      <Eyebrow>
        {t('eyebrow')} · {t('steps', { count: lab.steps.length })} · {t('minutes', { count: lab.minutes })}
      </Eyebrow>
      <h2 className="mt-1 text-lg font-bold tracking-[-0.02em]">{words(lab.title)}</h2>
      <p className="mt-1 max-w-prose text-muted">{words(lab.summary)}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" className="min-h-10! px-5!" onClick={() => ask({ kind: 'createLab', lab: lab.name })}>
          <Play aria-hidden size={15} fill="currentColor" />
          {t('create')}
        </Button>
        <Link
          href={`/labs/${lab.name}`}
          className="inline-flex min-h-10 items-center gap-1.5 rounded-lg border border-line-strong px-4 text-[0.8125rem] font-semibold hover:bg-raised"
        >
          <BookOpen aria-hidden size={15} />
          {t('open')}
        </Link>
      </div>
    </article>
  );
}
