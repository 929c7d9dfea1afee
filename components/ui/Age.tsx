'use client';

import { useTranslations } from 'use-intl';
import { durationOf, shownAge } from './duration';
import { useClock, useTime } from './seconds';

type Unit = ReturnType<typeof useTranslations<'unit'>>;

export function wordDuration(t: Unit, milliseconds: number): string {
  const duration = durationOf(milliseconds);
  if (duration.unit === 'ms') return t('ms', { m: duration.m, s: duration.s });
  if (duration.unit === 'hm') return t('hm', { h: duration.h, m: duration.m });
  return t(duration.unit, { n: duration.n });
}

/** How long ago, in words that tick. Redraws itself alone, and only when the words change: of `3d` nothing ticks. */
export function useAge(serverMs: number | undefined, inPageTime = false): string {
  const t = useTranslations('unit');
  const { toPageTime } = useClock();
  const age = useTime((now) =>
    serverMs === undefined ? undefined : shownAge(now - (inPageTime ? serverMs : toPageTime(serverMs))),
  );
  return age === undefined ? '' : wordDuration(t, age);
}

export function Age({ since }: { since: number }) {
  return <span className="tabular-nums">{useAge(since)}</span>;
}

/** For a sentence with an age in it: `asked {age} ago`. */
export function AgeIn({ since, children }: { since: number; children: (age: string) => string }) {
  return <>{children(useAge(since))}</>;
}
