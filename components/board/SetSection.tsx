'use client';

import { memo, useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { StatefulSetView } from '../../lib/board/model';
import { Explanation } from './Explanation';
import { OrdinalStrip } from './OrdinalStrip';
import { Rack } from './Rack';
import { SetHeader } from './SetHeader';

const slotsWithoutStrip = 8;

export const SetSection = memo(function SetSection({ set }: { set: StatefulSetView }) {
  const t = useTranslations('set');
  const [explained, setExplained] = useState<number>();
  const toggle = useCallback((ordinal: number) => setExplained((open) => (open === ordinal ? undefined : ordinal)), []);
  const explainedSlot = set.slots.find((slot) => slot.ordinal === explained);
  return (
    <section aria-labelledby={`set-${set.name}`} data-testid="set" data-set={set.name} className="min-w-0">
      <SetHeader set={set} />
      <div className="rounded-2xl border border-line bg-panel p-4 shadow-(--shadow) max-sm:p-3">
        {set.slots.length > slotsWithoutStrip && <OrdinalStrip set={set} />}
        {set.slots.length > 0 ? (
          <Rack set={set} explained={explained} onExplain={toggle} />
        ) : (
          <p className="p-6 text-center text-faint">{t('noSlots')}</p>
        )}
        {explainedSlot && <Explanation slot={explainedSlot} onClose={() => setExplained(undefined)} />}
      </div>
    </section>
  );
});
