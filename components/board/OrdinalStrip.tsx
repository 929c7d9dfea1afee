'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { SlotState, StatefulSetView } from '../../lib/board/model';
import { slotLooks } from './slotState';

function jumpTo(set: string, ordinal: number) {
  const slot = document.getElementById(`slot-${set}-${ordinal}`);
  slot?.scrollIntoView({ block: 'nearest', inline: 'center' });
  slot?.querySelector('button')?.focus({ preventScroll: true });
}

/** Beyond this many, the marks say their ordinal only when pointed at. */
const slotsWithNumbers = 48;

/** A long rack at a glance: one mark for each slot, and the way to it. */
export function OrdinalStrip({ set }: { set: StatefulSetView }) {
  const t = useTranslations();
  return (
    <nav
      aria-label={t('rack.strip', { set: set.name })}
      className="mb-4 flex flex-wrap gap-1 border-b border-line pb-3"
    >
      {set.slots.map((slot) => (
        <Mark
          key={slot.ordinal}
          set={set.name}
          name={slot.name}
          ordinal={slot.ordinal}
          state={slot.state}
          isSmall={set.slots.length > slotsWithNumbers}
        />
      ))}
    </nav>
  );
}

interface MarkProps {
  set: string;
  name: string;
  ordinal: number;
  state: SlotState;
  isSmall: boolean;
}

/** Drawn again only when its state is another: of two hundred, one changes at a time. */
const Mark = memo(function Mark({ set, name, ordinal, state, isSmall }: MarkProps) {
  const t = useTranslations();
  const { icon: Icon, tone, pattern } = slotLooks[state];
  const label = t('rack.jump', { name, state: t(`state.${state}`) });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => jumpTo(set, ordinal)}
      className={clsx(
        'card flex items-center justify-center gap-0.5 rounded-md! text-note font-semibold text-(--tone) tabular-nums',
        isSmall ? 'size-6' : 'h-6 min-w-9 px-1',
        `tone-${tone}`,
        pattern === 'dashed' && 'card-dashed',
      )}
    >
      <Icon aria-hidden size={10} strokeWidth={2.5} />
      {!isSmall && ordinal}
    </button>
  );
});
