'use client';

import clsx from 'clsx';
import { ImageUp, RefreshCw, Trash2, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { DeploymentView } from '../../../lib/board/model';
import { useAsk } from '../../actions/AskContext';
import { outcomeOfScaleDeployment } from '../../actions/deploymentOutcome';
import { ScaleControl } from '../../actions/ScaleControl';
import { AgeIn } from '../../ui/Age';
import { IconButton } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { shortImage, wordReason } from '../words';

export function DeploymentHeader({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('set');
  return (
    <div className="mb-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2
          id={`deployment-${deployment.uid}`}
          className="min-w-0 truncate text-[1.75rem] leading-tight font-bold tracking-[-0.035em]"
        >
          {deployment.name}
          <span className="ml-2.5 text-[0.8125rem] font-medium tracking-normal text-faint">
            {deployment.kind} · <AgeIn since={deployment.createdAt}>{(age) => t('since', { age })}</AgeIn>
          </span>
        </h2>
        {deployment.kind === 'Deployment' && <Controls deployment={deployment} />}
      </div>
      <Facts deployment={deployment} />
    </div>
  );
}

function Controls({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('action');
  const ask = useAsk();
  const { name, replicas } = deployment;
  return (
    <div className="flex flex-wrap items-start gap-2">
      <ScaleControl
        name={name}
        replicas={replicas}
        actionFor={(count, namespace) => ({ kind: 'scaleDeployment', namespace, deployment: name, replicas: count })}
        outcomeFor={(count) => outcomeOfScaleDeployment(deployment, count)}
      />
      <IconButton
        label={t('setDeploymentImage', { name })}
        onClick={() => ask({ kind: 'setDeploymentImage', deployment: name })}
      >
        <ImageUp aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={t('restartDeployment', { name })}
        onClick={() => ask({ kind: 'restartDeployment', deployment: name })}
      >
        <RefreshCw aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={t('deleteDeployment', { name })}
        onClick={() => ask({ kind: 'deleteDeployment', deployment: name })}
      >
        <Trash2 aria-hidden size={15} />
      </IconButton>
    </div>
  );
}

function Facts({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations();
  const { readyReplicas, updatedReplicas, replicas, revision, containers } = deployment;
  const isReady = readyReplicas === replicas;
  return (
    <div className="mt-2 flex flex-wrap gap-1.5" data-testid="deployment-facts">
      <Chip className={clsx('font-semibold tabular-nums', isReady ? 'text-ready!' : 'text-wait!')}>
        {t('set.ready', { ready: readyReplicas, replicas })}
      </Chip>
      {deployment.terminating && <Chip className="text-gone!">{t('set.terminating')}</Chip>}
      <Strategy strategy={deployment.strategy} />
      {containers.map(({ name, image }) => (
        <Chip key={name} className="font-mono" title={`${name}: ${image}`}>
          {shortImage(image)}
        </Chip>
      ))}
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
