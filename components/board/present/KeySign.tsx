'use client';

import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { signOf } from './keys';

/** The page's fonts have no arrows. */
const pictures = { ArrowLeft, ArrowRight };

/** A key as it stands on a keyboard. */
export function KeySign({ of }: { of: string }) {
  const t = useTranslations('present.arrow');
  if (of !== 'ArrowLeft' && of !== 'ArrowRight') return signOf(of);
  const Picture = pictures[of];
  return (
    <>
      <Picture aria-hidden className="inline size-[1em]! align-[-0.1em]" />
      <span className="sr-only">{t(of)}</span>
    </>
  );
}
