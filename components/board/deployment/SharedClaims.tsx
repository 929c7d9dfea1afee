'use client';

import { Share2, Unplug } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ClaimView } from '../../../lib/board/model';
import { ClaimCard } from '../ClaimCard';
import { VolumeCard } from '../VolumeCard';

/** Drawn once for all pods: where a set has a claim for each, a Deployment has one for everybody, or none. */
export function SharedClaims({ claims }: { claims: ClaimView[] }) {
  const t = useTranslations('deployment');
  if (claims.length === 0)
    return (
      <p
        data-testid="no-shared-claim"
        className="card tone-plain card-dashed flex items-center gap-2 px-3 py-2 text-xs text-muted"
      >
        <Unplug aria-hidden size={15} className="shrink-0" />
        <span>
          <b className="font-semibold">{t('noClaim')}.</b> {t('noClaimNote')}
        </span>
      </p>
    );
  return (
    <div data-testid="shared-claims" className="grid gap-2">
      <p className="flex items-center gap-2 text-xs text-muted">
        <Share2 aria-hidden size={15} className="shrink-0 text-kept" />
        <span>
          <b className="font-semibold text-kept">{t('sharedClaim', { count: claims.length })}.</b>{' '}
          {t('sharedClaimNote')}
        </span>
      </p>
      {claims.map((claim) => (
        <div key={claim.name} className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,10rem),1fr))] gap-2">
          <ClaimCard claim={claim} />
          <VolumeCard claim={claim} />
        </div>
      ))}
    </div>
  );
}
