'use client';

import { ChevronRight, Eye, SquareKanban } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Lab, Manifest, Step } from '../../lib/lab/lab';
import { CommandLine } from '../ui/CommandLine';
import { Chip, Eyebrow } from '../ui/Chip';
import { useWords } from './words';

/** The text of a lab: each step with its commands, ready to copy, and what to look at on the board. */
export function LabGuide({ lab }: { lab: Lab }) {
  const t = useTranslations('lab');
  const words = useWords();
  return (
    <main
      id="board"
      tabIndex={-1}
      className="mx-auto grid max-w-5xl gap-8 p-5 py-[5vh] outline-none max-sm:p-3 lg:grid-cols-[14rem_minmax(0,1fr)]"
    >
      <header className="lg:col-span-2">
        <Eyebrow as="p">
          {t('eyebrow')} · {t('steps', { count: lab.steps.length })} · {t('minutes', { count: lab.minutes })}
        </Eyebrow>
        <h1 className="mt-1 text-[2rem] leading-tight font-bold tracking-[-0.035em]">{words(lab.title)}</h1>
        <p className="mt-2 max-w-prose text-base text-muted">{words(lab.summary)}</p>
        <Link
          href="/"
          className="mt-4 inline-flex min-h-9 items-center gap-2 rounded-lg bg-accent px-4 text-[0.8125rem] font-semibold text-on-accent hover:brightness-110"
        >
          <SquareKanban aria-hidden size={15} />
          {t('toBoard')}
        </Link>
      </header>
      <StepList steps={lab.steps} />
      <div className="grid min-w-0 gap-9">
        <ManifestText manifest={lab.manifest} />
        {lab.steps.map((step, index) => (
          <StepText key={step.id} step={step} number={index + 1} />
        ))}
      </div>
    </main>
  );
}

function StepList({ steps }: { steps: Step[] }) {
  const t = useTranslations('lab');
  const words = useWords();
  return (
    <nav aria-label={t('steps', { count: steps.length })} className="self-start max-lg:hidden lg:sticky lg:top-20">
      <ol className="grid gap-0.5 border-l border-line text-[0.8125rem]">
        {steps.map((step, index) => (
          <li key={step.id}>
            <a
              href={`#${step.id}`}
              className="-ml-px flex gap-2.5 border-l-2 border-transparent py-1 pl-3 text-muted hover:border-accent hover:text-ink"
            >
              <span className="w-4 text-right font-semibold text-faint tabular-nums">{index + 1}</span>
              {words(step.title)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function ManifestText({ manifest: { file, yaml } }: { manifest: Manifest }) {
  const t = useTranslations('lab');
  return (
    <details className="group rounded-2xl border border-line bg-panel p-4 shadow-(--shadow)">
      <summary className="flex list-none items-center gap-2 font-semibold">
        <ChevronRight aria-hidden size={16} className="text-faint transition-transform group-open:rotate-90" />
        {t('showManifest', { file })}
      </summary>
      <div className="mt-3">
        <CommandLine line={yaml} prompt="" label={t('copyManifest')} />
      </div>
    </details>
  );
}

function StepText({ step, number }: { step: Step; number: number }) {
  const t = useTranslations('lab');
  const words = useWords();
  return (
    <section id={step.id} aria-labelledby={`title-${step.id}`}>
      <Eyebrow as="p">{t('step', { number })}</Eyebrow>
      <h2 id={`title-${step.id}`} className="mt-0.5 text-xl font-bold tracking-[-0.025em]">
        {words(step.title)}
      </h2>
      <div className="mt-2 grid max-w-prose gap-2.5 text-[0.9375rem] leading-relaxed">
        {step.text.map((paragraph) => (
          <p key={paragraph.en}>{words(paragraph)}</p>
        ))}
      </div>
      <div className="mt-3 grid gap-2">
        {step.manifest && <ManifestText manifest={step.manifest} />}
        {step.commands.map((command) => (
          <div key={command.line} className="min-w-0">
            {command.prompt && <Chip className="mb-1">{t('inPod')}</Chip>}
            <CommandLine line={command.line} prompt={command.prompt ?? '$'} label={t('copy')} />
          </div>
        ))}
      </div>
      {step.look && (
        <p className="mt-3 flex gap-2.5 rounded-xl bg-accent-ground px-4 py-3">
          <Eye aria-hidden size={17} className="mt-0.5 shrink-0 text-accent" />
          <span>
            <b className="font-semibold">{t('look')}:</b> {words(step.look)}
          </span>
        </p>
      )}
    </section>
  );
}
