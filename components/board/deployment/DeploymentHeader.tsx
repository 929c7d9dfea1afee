'use client';

import clsx from 'clsx';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { DeploymentView } from '../../../lib/board/model';
import { AgeIn } from '../../ui/Age';
import { Chip } from '../../ui/Chip';
import { shortImage, wordReason } from '../words';

export function DeploymentHeader({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('set');
  return (
    <div className="mb-3">
      <h2
        id={`deployment-${deployment.uid}`}
        className="min-w-0 truncate text-[1.75rem] leading-tight font-bold tracking-[-0.035em]"
      >
        {deployment.name}
        <span className="ml-2.5 text-[0.8125rem] font-medium tracking-normal text-faint">
          {deployment.kind} · <AgeIn since={deployment.createdAt}>{(age) => t('since', { age })}</AgeIn>
        </span>
      </h2>
      <Facts deployment={deployment} />
    </div>
  );
}

function Facts({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations();
  const { readyReplicas, updatedReplicas, replicas, revision, image } = deployment;
  const isReady = readyReplicas === replicas;
  return (
    <div className="mt-2 flex flex-wrap gap-1.5" data-testid="deployment-facts">
      <Chip className={clsx('font-semibold tabular-nums', isReady ? 'text-ready!' : 'text-wait!')}>
        {t('set.ready', { ready: readyReplicas, replicas })}
      </Chip>
      {deployment.terminating && <Chip className="text-gone!">{t('set.terminating')}</Chip>}
      <Strategy strategy={deployment.strategy} />
      <Chip className="font-mono" title={image}>
        {shortImage(image)}
      </Chip>
      {revision > 0 && <Chip>{t('deployment.revision', { number: revision })}</Chip>}
      {deployment.kind === 'Deployment' && updatedReplicas < replicas && (
        <Chip className="text-changed!">{t('deployment.updating', { updated: updatedReplicas, replicas })}</Chip>
      )}
      {deployment.paused && <Chip>{t('deployment.paused')}</Chip>}
      <Trouble trouble={deployment.trouble} />
    </div>
  );
}

function Strategy({ strategy }: Pick<DeploymentView, 'strategy'>) {
  const t = useTranslations('deployment');
  if (!strategy) return null;
  if (strategy.type === 'Recreate') return <Chip>{t('recreate')}</Chip>;
  return <Chip>{t('rolling', { surge: strategy.maxSurge, unavailable: strategy.maxUnavailable })}</Chip>;
}

function Trouble({ trouble }: Pick<DeploymentView, 'trouble'>) {
  const t = useTranslations('reason');
  if (!trouble) return null;
  return (
    <p className="flex w-full items-start gap-1.5 text-xs text-fail">
      <TriangleAlert aria-hidden size={14} className="mt-px shrink-0" />
      <span className="min-w-0">
        {wordReason(t, trouble)}
        {trouble.message !== undefined && <span className="block font-mono break-words">{trouble.message}</span>}
      </span>
    </p>
  );
}
