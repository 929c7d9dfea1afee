'use client';

import { useMemo } from 'react';
import { useLocale } from 'use-intl';
import { useClock } from '../../ui/seconds';

/** A time of the history as the reader's own clock shows it: 10:14:03. */
export function useClockTime(): (serverMs: number) => string {
  const locale = useLocale();
  const { toPageTime } = useClock();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    return (serverMs) => format.format(toPageTime(serverMs));
  }, [locale, toPageTime]);
}
