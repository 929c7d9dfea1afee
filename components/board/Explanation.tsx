'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Slot } from '../../lib/board/model';
import { IconButton } from '../ui/Button';
import { StateMark } from './StateMark';
import { WhyUnbound } from './storage/WhyUnbound';
import { wordReason } from './words';

/** Below the rack, where a long message has room: what a slot waits for, and Kubernetes' own sentence. */
export function Explanation({ slot, onClose }: { slot: Slot; onClose(): void }) {
  const t = useTranslations('why');
  const reason = useTranslations('reason');
  const { waitsFor } = slot;
  return (
    <div className="relative mt-4 rounded-xl border border-line bg-raised py-3 pr-12 pl-4" data-testid="explanation">
      <div className="flex flex-wrap items-center gap-x-2.5">
        <span className="font-mono font-semibold">{slot.name}</span>
        <StateMark state={slot.state} />
        {waitsFor && <span className="text-muted">{wordReason(reason, waitsFor)}</span>}
      </div>
      {waitsFor?.message ? (
        <blockquote className="mt-2 border-l-2 border-line-strong pl-3">
          <div className="text-note font-semibold text-faint">{t('kubernetes')}</div>
          <code className="font-mono text-xs break-words whitespace-pre-wrap" data-testid="kubernetes-message">
            {waitsFor.message}
          </code>
        </blockquote>
      ) : (
        <p className="mt-1 text-xs text-faint">{t('silent')}</p>
      )}
      {slot.claims
        .filter((claim) => claim.unbound)
        .map((claim) => (
          <div key={claim.name} className="mt-3">
            <span className="font-mono text-xs font-semibold">{claim.name}</span>
            <WhyUnbound claim={claim} isMessageShown={claim.waitsFor?.message === waitsFor?.message} />
          </div>
        ))}
      <IconButton label={t('close')} onClick={onClose} className="absolute! top-2 right-2">
        <X aria-hidden size={16} />
      </IconButton>
    </div>
  );
}
