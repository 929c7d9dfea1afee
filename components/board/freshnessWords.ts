'use client';

import { useTranslations } from 'use-intl';
import type { Freshness } from '../../lib/stream/freshness';

/** Why the board is not live, in a sentence. */
export function useCause(freshness: Freshness): string {
  const t = useTranslations('freshness');
  // Kinds keep their names in every language: they are what one asks kubectl for.
  const kinds = freshness.of?.join(', ') ?? t('allKinds');
  return freshness.state === 'live' ? '' : t(`cause.${freshness.cause ?? 'unknown'}`, { kinds });
}
