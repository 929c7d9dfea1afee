'use client';

import { useMemo } from 'react';
import { useLocale } from 'use-intl';
import { useClock } from '../../ui/seconds';

/** One a language: to make one takes longer than to draw what it is written on, and every bar of the timeline asks. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string): Intl.DateTimeFormat {
  const known = formats.get(locale);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(locale, format);
  return format;
}

/** A time of the history as the reader's own clock shows it: 10:14:03. */
export function useClockTime(): (serverMs: number) => string {
  const locale = useLocale();
  const { toPageTime } = useClock();
  return useMemo(() => (serverMs) => formatOf(locale).format(Math.round(toPageTime(serverMs))), [locale, toPageTime]);
}
