'use client';

import clsx from 'clsx';
import { useTranslations } from 'use-intl';
import type { Slot, StatefulSetView } from '../../lib/board/model';
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
          slot={slot}
          isSmall={set.slots.length > slotsWithNumbers}
          label={t('rack.jump', { name: slot.name, state: t(`state.${slot.state}`) })}
          onJump={() => jumpTo(set.name, slot.ordinal)}
        />
      ))}
    </nav>
  );
}

function Mark({ slot, label, isSmall, onJump }: { slot: Slot; label: string; isSmall: boolean; onJump(): void }) {
  const { icon: Icon, tone, pattern, turns } = slotLooks[slot.state];
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onJump}
      className={clsx(
        'card flex items-center justify-center gap-0.5 rounded-md! text-[0.625rem] font-semibold text-(--tone) tabular-nums',
        isSmall ? 'size-5' : 'h-6 min-w-9 px-1',
        `tone-${tone}`,
        pattern === 'dashed' && 'card-dashed',
      )}
    >
      <Icon aria-hidden size={10} strokeWidth={2.5} className={clsx(turns && 'turn')} />
      {!isSmall && slot.ordinal}
    </button>
  );
}
