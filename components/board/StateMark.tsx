'use client';

import clsx from 'clsx';
import { useTranslations } from 'use-intl';
import type { SlotState } from '../../lib/board/model';
import { slotLooks } from './slotState';

/** A state as shape, word and colour at once. */
export function StateMark({ state, size = 15 }: { state: SlotState; size?: number }) {
  const t = useTranslations();
  const { icon: Icon, tone, turns } = slotLooks[state];
  return (
    <span
      className={clsx('inline-flex items-center gap-1.5 text-[0.8125rem] font-bold text-(--tone)', `tone-${tone}`)}
      title={t(`stateHint.${state}`)}
    >
      <Icon aria-hidden size={size} strokeWidth={2.4} className={clsx('shrink-0', turns && 'turn')} />
      {t(`state.${state}`)}
    </span>
  );
}
