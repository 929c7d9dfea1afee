'use client';

import clsx from 'clsx';
import { Equal } from 'lucide-react';
import type { HTMLAttributes } from 'react';
import { useTranslations } from 'use-intl';
import type { Change } from '../../lib/board/lifeChanges';
import { useIsRecent } from '../ui/seconds';

/** How long what a new life changed stands out; after that it is still marked, quietly. */
const freshMs = 20_000;

interface ChangedValueProps extends HTMLAttributes<HTMLSpanElement> {
  change: Change | undefined;
  /** When it got the value it has, by the server's clock. */
  since: number | undefined;
}

/** A value of the present life, marked where the last life had another one. */
export function ChangedValue({ change, since, className, ...rest }: ChangedValueProps) {
  const isFresh = useIsRecent(since, freshMs);
  const isChanged = change !== undefined && change.kind !== 'same';
  return (
    <span
      className={clsx(className, isChanged && 'changed')}
      {...(isChanged ? { 'data-mark': 'new', 'data-fresh': isFresh } : {})}
      {...rest}
    />
  );
}

/** What it was in the last life: the words that go with the colour of a changed value. */
export function Was({ change, show = (value) => value }: { change: Change | undefined; show?(value: string): string }) {
  const t = useTranslations('life');
  if (change === undefined || change.kind === 'same') return null;
  return (
    <span className="min-w-0 truncate text-note text-faint" title={`${t('was')} ${change.was}`}>
      {t('was')} <s className="font-mono">{show(change.was)}</s>
    </span>
  );
}

/** A steady sign on what a new life left as it was. */
export function SameMark({ className }: { className?: string }) {
  const t = useTranslations('life');
  return (
    <span
      data-mark="same"
      title={t('sameHint')}
      className={clsx('inline-flex shrink-0 items-center gap-0.5 text-note font-semibold text-kept', className)}
    >
      <Equal aria-hidden size={11} strokeWidth={2.6} />
      {t('same')}
    </span>
  );
}

/** For what should have stayed, and did not: a claim that was deleted and made anew is an empty one. */
export function StayMark({ change }: { change: Change | undefined }) {
  const t = useTranslations('life');
  if (change === undefined) return null;
  if (change.kind === 'same') return <SameMark />;
  return (
    <span data-mark="new" className="changed shrink-0 text-note" title={`${t('was')} ${change.was}`}>
      {t('new')}
    </span>
  );
}
