'use client';

import { OctagonX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { LabError } from '../../lib/errors';
import { bringIntoView } from '../ui/bringIntoView';

/** What went wrong in the reader's words, and Kubernetes' own below them. */
export function ErrorNote({ error }: { error: LabError }) {
  const t = useTranslations();
  return (
    <div
      ref={bringIntoView}
      role="alert"
      data-testid="error"
      data-kind={error.kind}
      data-code={error.code}
      className="flex scroll-my-2 gap-2.5 rounded-xl border border-fail-line bg-fail-ground px-3.5 py-3 text-[0.8125rem]"
    >
      <OctagonX aria-hidden size={17} className="mt-px shrink-0 text-fail" />
      <div className="min-w-0">
        <p className="font-semibold text-fail">
          {t('action.refused')}. {t(`error.${error.kind}`)}
        </p>
        <p className="mt-1 font-mono text-xs break-words whitespace-pre-wrap text-ink">{error.message}</p>
        {error.reason && (
          <p className="mt-1 text-note text-muted">{[error.reason, error.code].filter(Boolean).join(' · ')}</p>
        )}
      </div>
    </div>
  );
}
