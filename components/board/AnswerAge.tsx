'use client';

import { useTranslations } from 'use-intl';
import type { DnsAnswer } from '../../lib/board/model';
import { AgeIn, wordDuration } from '../ui/Age';
import { useClock, useTime } from '../ui/seconds';

/** How many milliseconds are left until a moment of the server's clock, counted down each second; undefined once it is past. */
export function useLeft(until: number | undefined): number | undefined {
  const { toPageTime } = useClock();
  return useTime((now) => {
    const left = until === undefined ? 0 : toPageTime(until) - now;
    return left > 0 ? left : undefined;
  });
}

/** For a sentence with a time in it that runs out; nothing once it has. */
export function LeftIn({ until, children }: { until: number | undefined; children: (left: string) => string }) {
  const t = useTranslations('unit');
  const left = useLeft(until);
  return left === undefined ? null : <>{children(wordDuration(t, left))}</>;
}

/** When an answer was heard, and for how much longer whoever heard it may repeat it: also when it was a "no". */
export function AnswerAge({ answer: { status, askedAt, ttlSeconds } }: { answer: DnsAnswer }) {
  const t = useTranslations('dns');
  if (askedAt === undefined) return null;
  const until = ttlSeconds === undefined ? undefined : askedAt + ttlSeconds * 1000;
  return (
    <>
      <AgeIn since={askedAt}>{(age) => t('asked', { age })}</AgeIn>
      {ttlSeconds !== undefined && ` · ${t('ttl', { seconds: ttlSeconds })}`}
      <LeftIn until={until}>{(left) => `, ${t(status === 'answered' ? 'ttlLeft' : 'noLeft', { left })}`}</LeftIn>
    </>
  );
}
