'use client';

import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { Slot } from '../../lib/board/model';
import { IconButton } from '../ui/Button';
import { LivesTable } from './LivesTable';
import { StateMark } from './StateMark';
import { WhyUnbound } from './storage/WhyUnbound';
import { wordReason } from './words';

/** Below the rack, where there is room: what a slot waits for with Kubernetes' own sentence, and the lives it has had. */
export function Explanation({ slot, onClose }: { slot: Slot; onClose(): void }) {
  const t = useTranslations('why');
  const reason = useTranslations('reason');
  const { waitsFor } = slot;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [slot.ordinal]);
  return (
    <div
      ref={place}
      role="region"
      aria-label={t('about', { name: slot.name })}
      className="relative mt-4 scroll-mb-4 rounded-xl border border-line bg-raised py-3 pr-12 pl-4"
      data-testid="explanation"
    >
      <div className="flex flex-wrap items-center gap-x-2.5">
        <span className="font-mono font-semibold">{slot.name}</span>
        <StateMark state={slot.state} />
        {waitsFor && <span className="text-muted">{wordReason(reason, waitsFor)}</span>}
      </div>
      {waitsFor && <KubernetesWords message={waitsFor.message} />}
      {slot.claims
        .filter((claim) => claim.unbound)
        .map((claim) => (
          <div key={claim.name} className="mt-3">
            <span className="font-mono text-xs font-semibold">{claim.name}</span>
            <WhyUnbound claim={claim} isMessageShown={claim.waitsFor?.message === waitsFor?.message} />
          </div>
        ))}
      <LivesTable slot={slot} />
      <IconButton label={t('close')} onClick={onClose} className="absolute! top-2 right-2">
        <X aria-hidden size={16} />
      </IconButton>
    </div>
  );
}

function KubernetesWords({ message }: { message: string | undefined }) {
  const t = useTranslations('why');
  if (!message) return <p className="mt-1 text-xs text-faint">{t('silent')}</p>;
  return (
    <blockquote className="mt-2 border-l-2 border-line-strong pl-3">
      <div className="text-note font-semibold text-faint">{t('kubernetes')}</div>
      <code className="font-mono text-xs break-words whitespace-pre-wrap" data-testid="kubernetes-message">
        {message}
      </code>
    </blockquote>
  );
}
