'use client';

import clsx from 'clsx';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Change } from '../../lib/board/lifeChanges';
import type { ClaimView } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { IconButton } from '../ui/Button';
import { StayMark } from './LifeMark';
import { wordUsers } from './storage/claimUsers';
import { shortAccessModes } from './words';

export type ClaimState = 'bound' | 'pending' | 'lost' | 'missing' | 'notYet' | 'kept' | 'terminating';

export function claimState(claim: ClaimView): ClaimState {
  if (claim.terminating) return 'terminating';
  if (claim.phase === 'Bound') return claim.kept ? 'kept' : 'bound';
  if (claim.phase === 'Pending') return 'pending';
  return claim.phase === 'Lost' ? 'lost' : 'missing';
}

export const claimTones: Record<ClaimState, string> = {
  bound: 'tone-kept',
  kept: 'tone-kept card-dashed',
  pending: 'tone-wait card-dashed',
  terminating: 'tone-gone card-striped',
  lost: 'tone-fail card-barred',
  missing: 'tone-fail card-dashed',
  notYet: 'tone-plain card-dashed',
};

interface ClaimCardProps {
  claim: ClaimView;
  /** Its pod is not there yet either, so that a missing claim is no fault: both are made together. */
  isAwaited?: boolean;
  /** Whether it is the one that the slot's last life had. */
  change?: Change;
}

export function ClaimCard({ claim, isAwaited = false, change }: ClaimCardProps) {
  const t = useTranslations();
  const inClaim = useTranslations('claim');
  const ask = useAsk();
  const { use } = claim;
  const found = claimState(claim);
  const state = found === 'missing' && isAwaited ? 'notYet' : found;
  return (
    <div
      className={clsx('card group relative min-w-0 px-3 py-1.5 text-note', claimTones[state])}
      data-testid="claim"
      data-state={state}
      data-name={claim.name}
    >
      <div className="flex items-baseline justify-between gap-2 font-semibold text-(--tone)">
        <span className="min-w-0 truncate font-mono text-xs" title={claim.name}>
          {claim.name}
        </span>
        <span className="dated shrink-0">{t(`claim.${state}`)}</span>
      </div>
      <div className="flex min-h-6 items-center justify-between gap-1 text-muted">
        {claim.phase !== 'missing' && (
          <span className="mr-auto truncate" title={use && wordUsers(inClaim, use)}>
            {claim.capacity || t('claim.asks', { size: claim.request })} · {shortAccessModes(claim.accessModes)}
            {use && ` · ${t('claim.use', { count: use.count, name: use.pods[0] ?? '' })}`}
          </span>
        )}
        {claim.phase !== 'missing' && <StayMark change={change} />}
        {claim.phase !== 'missing' && (
          <IconButton
            label={t('action.deleteClaim', { name: claim.name })}
            onClick={() => ask({ kind: 'deleteClaim', claim: claim.name })}
            className="-mr-1.5 size-6! text-(--tone)"
          >
            <Trash2 aria-hidden size={13} />
          </IconButton>
        )}
      </div>
    </div>
  );
}

/** Of a wanted slot: its set asks for none. */
export function NoClaimCard({ isWanted }: { isWanted: boolean }) {
  const t = useTranslations('claim');
  return (
    <div className="card tone-plain card-dashed flex items-center px-3 text-note text-faint max-sm:min-h-10">
      {isWanted ? t('noTemplate') : t('none')}
    </div>
  );
}
