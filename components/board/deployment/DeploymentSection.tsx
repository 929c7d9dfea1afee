'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { DeploymentView } from '../../../lib/board/model';
import { DeploymentHeader } from './DeploymentHeader';
import { DepartedList } from './DepartedList';
import { LoosePodCard } from './LoosePodCard';
import { SharedClaims } from './SharedClaims';

/** A Deployment as a class should see it beside a set: loose cards, one claim for all or none, and names that never return. */
export const DeploymentSection = memo(function DeploymentSection({ deployment }: { deployment: DeploymentView }) {
  return (
    <section
      aria-labelledby={`deployment-${deployment.uid}`}
      data-testid="deployment"
      data-kind={deployment.kind}
      data-deployment={deployment.name}
      className="min-w-0"
    >
      <DeploymentHeader deployment={deployment} />
      <div className="fades grid gap-3 rounded-2xl border border-line bg-panel p-4 shadow-(--shadow) max-sm:p-3">
        <LoosePods deployment={deployment} />
        <SharedClaims claims={deployment.claims} />
        <DepartedList departed={deployment.departed} />
      </div>
    </section>
  );
});

/** Room for one more than are wanted is always there: what is deleted and what comes instead stand here together for a while. */
function LoosePods({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployment');
  const { pods, replicas } = deployment;
  const room = Math.max(0, Math.min(replicas, 30) + 1 - pods.length);
  return (
    <div className="min-w-0">
      <p className="mb-2 text-xs text-muted">
        {t('note')} <span className="text-faint">{t('noDns')}</span>
      </p>
      {pods.length === 0 && replicas === 0 && <p className="p-4 text-center text-faint">{t('noPods')}</p>}
      <ul
        aria-label={t('pods', { name: deployment.name })}
        className="grid auto-rows-[minmax(9.25rem,auto)] grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-2.5"
      >
        {pods.map((pod) => (
          <LoosePodCard key={pod.uid} pod={pod} />
        ))}
        {replicas > 0 &&
          Array.from({ length: room }, (_, index) => <li key={index} aria-hidden className="max-sm:hidden" />)}
      </ul>
    </div>
  );
}
