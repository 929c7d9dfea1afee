'use client';

import clsx from 'clsx';
import { Fragment, memo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { lifeChanges } from '../../lib/board/lifeChanges';
import type { Slot } from '../../lib/board/model';
import { RestingClock, useIsLeftOut } from '../ui/Resting';
import { ClaimCard, NoClaimCard } from './ClaimCard';
import { DnsCard } from './DnsCard';
import { SameMark } from './LifeMark';
import { PodCard } from './PodCard';
import { OwnFilesCard } from './storage/OwnFilesCard';
import { VolumeCard } from './VolumeCard';

interface SlotColumnProps {
  set: string;
  slot: Slot;
  /** Some slot of the set has files on no claim: then each has the row for them, so that all rows stay level. */
  hasOwnFiles: boolean;
  /** While the set is being updated: the revision it goes to. */
  newRevision: string;
  isExplained: boolean;
  onExplain(ordinal: number): void;
}

/**
 * One ordinal, from its name down to its volume. Slots that did not change keep their identity in the store, so this memo
 * is what makes a change in one slot redraw that slot alone.
 */
export const SlotColumn = memo(function SlotColumn({
  set,
  slot,
  hasOwnFiles,
  newRevision,
  isExplained,
  onExplain,
}: SlotColumnProps) {
  const t = useTranslations();
  const changes = lifeChanges(slot);
  const isNewLife = changes !== undefined && slot.pod !== undefined;
  const element = useRef<HTMLLIElement>(null);
  const isLeftOut = useIsLeftOut(element);
  return (
    <li
      ref={element}
      id={`slot-${set}-${slot.ordinal}`}
      className="slot"
      data-testid="slot"
      data-set={set}
      data-ordinal={slot.ordinal}
      data-state={slot.state}
      data-life={slot.life}
      data-uid={slot.pod?.uid}
      aria-label={t('rack.slot', { name: slot.name, state: t(`state.${slot.state}`) })}
    >
      <RestingClock isResting={isLeftOut}>
        <Plate slot={slot} isSame={isNewLife} />
        <PodCard {...{ slot, changes, newRevision, isExplained, onExplain }} />
        <div className="wire max-sm:h-3" data-on={slot.dns.status === 'answered'} />
        <DnsCard slot={slot} isSame={isNewLife} />
        {hasOwnFiles && (
          <>
            <div className="wire max-sm:h-3" data-on={slot.ownFiles?.some((file) => !file.lost) === true} />
            <OwnFilesCard files={slot.ownFiles ?? []} />
          </>
        )}
        <div className="relative flex max-sm:h-9">
          <div className="wire w-full" data-on={slot.pod !== undefined && slot.claims.length > 0} />
          <div className="rule-line absolute inset-0" />
          <span className="absolute top-1/2 left-9 -translate-y-1/2 bg-panel px-2 text-note font-semibold text-kept sm:hidden">
            {t('rack.outlives')}
          </span>
        </div>
        {slot.claims.map((claim) => (
          <Fragment key={claim.name}>
            <ClaimCard
              claim={claim}
              isAwaited={!slot.pod}
              change={isNewLife ? changes.claims[claim.name]?.claim : undefined}
            />
            <div className="wire max-sm:h-3" data-on={claim.phase === 'Bound'} />
            <VolumeCard claim={claim} change={isNewLife ? changes.claims[claim.name]?.volume : undefined} />
            <div className="max-sm:h-2" />
          </Fragment>
        ))}
        {slot.claims.length === 0 && <NoClaimCard isWanted={slot.wanted} />}
      </RestingClock>
    </li>
  );
});

function Plate({ slot, isSame }: { slot: Slot; isSame: boolean }) {
  return (
    <div className={clsx('flex items-center gap-2 pb-2 pl-1 low:pb-1', slot.wanted ? 'text-ink' : 'text-faint')}>
      <span className="text-[2.5rem] leading-none low:text-[2.25rem] font-bold tracking-[-0.05em] tabular-nums">
        {slot.ordinal}
      </span>
      <span data-testid="pod-name" className="min-w-0 truncate font-mono text-[0.8125rem] font-medium">
        {slot.name}
      </span>
      {isSame && <SameMark />}
    </div>
  );
}
