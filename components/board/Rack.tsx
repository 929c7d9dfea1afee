'use client';

import clsx from 'clsx';
import { Fragment, useMemo, type CSSProperties } from 'react';
import { useTranslations } from 'use-intl';
import type { StatefulSetView } from '../../lib/board/model';
import { PartitionLine } from './PartitionLine';
import { RackLabels } from './RackLabels';
import { SlotColumn } from './SlotColumn';

/** For so many there is room, whether they are there or not; more share what there is. */
const slotsThatStand = 5;

/** Beyond this many, the slots off the screen are not laid out until they are scrolled to. */
const manySlots = 16;

const claimRow = 'max(3.5rem, 2.55rem + 1.45 * var(--text-note))';

const rowsFor = (claims: number, hasOwnFiles: boolean) =>
  [
    'var(--plate-row)',
    'var(--pod-row)',
    'var(--wire-row)',
    'var(--dns-row)',
    ...(hasOwnFiles ? ['var(--wire-row)', 'max(3rem, 1.9rem + 1.45 * var(--text-note))'] : []),
    'var(--rule-row)',
    // On the wall the small print is not as small against the rest: the cards of two and three lines must hold it.
    ...(claims === 0 ? [claimRow] : Array(claims).fill(`${claimRow} var(--wire-row) var(--volume-row) 0.5rem`)),
  ].join(' ');

interface RackProps {
  set: StatefulSetView;
  explained?: number;
  onExplain(ordinal: number): void;
}

export function Rack({ set, explained, onExplain }: RackProps) {
  const t = useTranslations('rack');
  const claims = Math.max(0, ...set.slots.map((slot) => slot.claims.length));
  const hasOwnFiles = set.slots.some((slot) => slot.ownFiles !== undefined);
  const rows = useMemo(() => ({ '--rows': rowsFor(claims, hasOwnFiles) }) as CSSProperties, [claims, hasOwnFiles]);
  const isUpdating = set.currentRevision !== set.updateRevision;
  const firstUpdated = set.strategy === 'RollingUpdate' && set.partition > 0 ? set.start + set.partition : undefined;
  return (
    <div
      className={clsx('rack fades', {
        'rack-shared': set.slots.length > slotsThatStand,
        'rack-many': set.slots.length > manySlots,
      })}
      style={rows}
    >
      <RackLabels claims={claims} hasOwnFiles={hasOwnFiles} />
      <ul className="rack-slots" aria-label={t('label', { set: set.name })} tabIndex={-1}>
        {set.slots.map((slot) => (
          <Fragment key={slot.ordinal}>
            {slot.ordinal === firstUpdated && <PartitionLine first={slot.ordinal} />}
            <SlotColumn
              set={set.name}
              slot={slot}
              hasOwnFiles={hasOwnFiles}
              newRevision={isUpdating ? set.updateRevision : ''}
              isExplained={explained === slot.ordinal}
              onExplain={onExplain}
            />
          </Fragment>
        ))}
      </ul>
    </div>
  );
}
