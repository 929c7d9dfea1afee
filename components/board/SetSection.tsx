'use client';

import clsx from 'clsx';
import dynamic from 'next/dynamic';
import { memo, useCallback, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { StatefulSetView } from '../../lib/board/model';
import { RestingClock, useIsLeftOut } from '../ui/Resting';
import { Rack } from './Rack';
import { SetHeader } from './SetHeader';
import { untilLoaded } from '../ui/untilLoaded';

const Explanation = dynamic(
  untilLoaded(() => import('./Explanation').then((module) => module.Explanation)),
  { ssr: false },
);
const OrdinalStrip = dynamic(
  untilLoaded(() => import('./OrdinalStrip').then((module) => module.OrdinalStrip)),
  {
    ssr: false,
    loading: () => <div aria-hidden data-coming className="mb-4 h-9 border-b border-line" />,
  },
);
const RevisionPanel = dynamic(
  untilLoaded(() => import('./RevisionPanel').then((module) => module.RevisionPanel)),
  { ssr: false },
);

const slotsWithoutStrip = 8;

interface SetSectionProps {
  set: StatefulSetView;
  /** Then it is laid out only when it comes into sight. */
  isOneOfMany?: boolean;
}

export const SetSection = memo(function SetSection({ set, isOneOfMany = false }: SetSectionProps) {
  const t = useTranslations('set');
  const [explained, setExplained] = useState<number>();
  const toggle = useCallback((ordinal: number) => setExplained((open) => (open === ordinal ? undefined : ordinal)), []);
  const close = useCallback(
    (ordinal: number) => {
      setExplained(undefined);
      // The button that closed it goes with it: the focus returns to the one that opened it.
      document.querySelector<HTMLElement>(`#slot-${CSS.escape(set.name)}-${ordinal} [aria-expanded]`)?.focus();
    },
    [set.name],
  );
  const element = useRef<HTMLElement>(null);
  const isLeftOut = useIsLeftOut(element);
  const explainedSlot = set.slots.find((slot) => slot.ordinal === explained);
  return (
    <section
      ref={element}
      aria-labelledby={`set-${set.name}`}
      data-testid="set"
      data-set={set.name}
      className={clsx('min-w-0 low:flex low:flex-col', isOneOfMany && 'set-of-many')}
    >
      <RestingClock isResting={isLeftOut}>
        <SetHeader set={set} />
        <div className="rounded-2xl border border-line bg-panel p-4 shadow-(--shadow) max-sm:p-3 low:py-2">
          {set.slots.length > slotsWithoutStrip && <OrdinalStrip set={set} />}
          {set.slots.length > 0 ? (
            <Rack set={set} explained={explained} onExplain={toggle} />
          ) : (
            <p className="p-6 text-center text-faint">{t('noSlots')}</p>
          )}
          {explainedSlot && <Explanation slot={explainedSlot} onClose={() => close(explainedSlot.ordinal)} />}
        </div>
        {/* Below the slots: it comes, opens and closes by itself, and they never move. */}
        {set.revisions.length > 1 && <RevisionPanel set={set} />}
      </RestingClock>
    </section>
  );
});
