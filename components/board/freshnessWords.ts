'use client';

import { useTranslations } from 'use-intl';
import type { Freshness } from '../../lib/stream/freshness';

/** Why the board is not live, in a sentence. */
export function useCause(freshness: Freshness): string {
  const t = useTranslations('freshness.cause');
  return freshness.state === 'live' ? '' : t(freshness.cause ?? 'unknown');
}
