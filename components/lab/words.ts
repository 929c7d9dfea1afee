'use client';

import { useLocale } from 'use-intl';
import type { Words } from '../../lib/lab/lab';

/** A lab's own words, which lie with its data and not among the page's messages. */
export function useWords(): (words: Words) => string {
  const locale = useLocale();
  return (words) => words[locale];
}
