'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Lab } from '../../lib/lab/lab';
import { Eyebrow } from '../ui/Chip';
import { useWords } from './words';

export function LabList({ labs }: { labs: Lab[] }) {
  const t = useTranslations('lab');
  const words = useWords();
  return (
    <main id="board" tabIndex={-1} className="mx-auto grid max-w-3xl gap-6 p-5 py-[5vh] outline-none max-sm:p-3">
      <div>
        <h1 className="text-[1.75rem] leading-tight font-bold tracking-[-0.035em]">{t('listTitle')}</h1>
        <p className="mt-1 text-muted">{t('listText')}</p>
      </div>
      <ul className="grid gap-3">
        {labs.map((lab) => (
          <li key={lab.name}>
            <Link
              href={`/labs/${lab.name}`}
              className="group flex items-center gap-5 rounded-2xl border border-line bg-panel p-5 shadow-(--shadow) transition-colors hover:border-line-strong"
            >
              <span className="min-w-0 flex-1">
                <Eyebrow as="span" className="block">
                  {t('steps', { count: lab.steps.length })} · {t('minutes', { count: lab.minutes })}
                </Eyebrow>
                <span className="mt-1 block text-lg font-bold tracking-[-0.02em]">{words(lab.title)}</span>
                <span className="mt-0.5 block text-muted">{words(lab.summary)}</span>
              </span>
              <ArrowRight
                aria-hidden
                size={20}
                className="shrink-0 text-accent transition-transform group-hover:translate-x-0.5"
              />
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
