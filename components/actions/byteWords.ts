'use client';

import { useTranslations } from 'use-intl';
import { sizeOf } from './bytes';

/** `17 B`, `1.5 KiB`. */
export function useSize(): (bytes: number) => string {
  const t = useTranslations('unit');
  return (bytes) => {
    const { unit, n } = sizeOf(bytes);
    return t(unit, { n });
  };
}
