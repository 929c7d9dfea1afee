'use client';

import clsx from 'clsx';
import { Sparkles } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { LoosePod } from '../../../lib/board/model';
import { Age } from '../../ui/Age';
import { PodControls } from '../PodCard';
import { cardClass, slotLooks } from '../slotState';
import { StateMark } from '../StateMark';
import { wordReason } from '../words';
import { PodName } from './PodName';

/** A pod without a place of its own: its card comes last, and leaves with it. */
export const LoosePodCard = memo(function LoosePodCard({ pod }: { pod: LoosePod }) {
  const t = useTranslations();
  return (
    <li
      data-testid="loose-pod"
      data-name={pod.name}
      data-uid={pod.uid}
      data-state={pod.state}
      aria-label={t('deployment.pod', { name: pod.name, state: t(`state.${pod.state}`) })}
      className={clsx(cardClass(slotLooks[pod.state]), 'arrive flex min-w-0 flex-col px-3 pt-1.5 pb-2 text-xs')}
    >
      <div className="flex min-h-7 items-center justify-between gap-1">
        <StateMark state={pod.state} />
        <PodControls pod={pod} />
      </div>
      <PodName large name={pod.name} className="text-xs leading-tight text-ink" />
      {pod.replaces !== undefined && <NewName replaces={pod.replaces} />}
      <div className="dated mt-auto flex flex-wrap gap-x-2 pt-1 text-muted">
        <span className="font-mono">{pod.ip}</span>
        <span className="min-w-0 truncate" title={pod.node}>
          {pod.node}
        </span>
        <span className="ml-auto text-faint">
          <Age since={pod.createdAt} />
        </span>
      </div>
      <Waits pod={pod} />
    </li>
  );
});

function NewName({ replaces }: { replaces: string }) {
  const t = useTranslations('deployment');
  return (
    <div className="mt-0.5 leading-tight text-changed" data-testid="new-name">
      <span className="inline-flex items-center gap-1 font-bold">
        <Sparkles aria-hidden size={12} />
        {t('newName')}
      </span>
      <span className="sr-only">{t('insteadOf', { name: replaces })}</span>
    </div>
  );
}

/** Here without a button: what Kubernetes says is in the title, and among the events. */
function Waits({ pod }: { pod: LoosePod }) {
  const t = useTranslations('reason');
  if (!pod.waitsFor || pod.state === 'terminating') return null;
  return (
    <p
      className={clsx('line-clamp-2 leading-tight font-medium text-(--tone)', `tone-${slotLooks[pod.state].tone}`)}
      title={pod.waitsFor.message}
    >
      {wordReason(t, pod.waitsFor)}
    </p>
  );
}
