'use client';

import clsx from 'clsx';
import { FilePen, RefreshCw, Trash2, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { StatefulSetView } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { ScaleSet } from '../actions/ScaleSet';
import { AgeIn } from '../ui/Age';
import { Button } from '../ui/Button';
import { Chip } from '../ui/Chip';
import { shortImage, shortRevision } from './words';

export function SetHeader({ set }: { set: StatefulSetView }) {
  const t = useTranslations('set');
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2
          id={`set-${set.name}`}
          className="min-w-0 truncate text-[1.75rem] leading-tight font-bold tracking-[-0.035em]"
        >
          {set.name}
          <span className="ml-2.5 text-[0.8125rem] font-medium tracking-normal text-faint low:hidden">
            StatefulSet · <AgeIn since={set.createdAt}>{(age) => t('since', { age })}</AgeIn>
          </span>
        </h2>
        <Controls set={set} />
      </div>
      <Facts set={set} />
    </>
  );
}

function Facts({ set }: { set: StatefulSetView }) {
  const t = useTranslations('set');
  const isReady = set.readyReplicas === set.replicas;
  return (
    <div className="mb-3 flex flex-wrap gap-1.5 low:order-1 low:mt-3 low:mb-0" data-testid="set-facts">
      <Chip className={clsx('font-semibold tabular-nums', isReady ? 'text-ready!' : 'text-wait!')}>
        {t('ready', { ready: set.readyReplicas, replicas: set.replicas })}
      </Chip>
      {set.terminating && <Chip className="text-gone!">{t('terminating')}</Chip>}
      <Chip title={set.policy}>
        {set.policy} · {t(set.policy === 'OrderedReady' ? 'orderedReady' : 'parallel')}
      </Chip>
      {set.service === 'headless' ? (
        <Chip>
          {t('service', { name: set.serviceName })} · {t('headless')}
        </Chip>
      ) : (
        <Chip className="border-wait-line! text-wait!">
          <TriangleAlert aria-hidden size={13} />
          {t(set.service === 'missing' ? 'serviceMissing' : 'serviceNotHeadless', { name: set.serviceName })}
        </Chip>
      )}
      <Chip className="font-mono" title={set.image}>
        {shortImage(set.image)}
      </Chip>
      {set.strategy === 'OnDelete' && <Chip>{t('onDelete')}</Chip>}
      {set.partition > 0 && <Chip>{t('partition', { partition: set.partition })}</Chip>}
      {set.currentRevision !== set.updateRevision && (
        <Chip className="text-changed!">
          {t('updating', { old: shortRevision(set.currentRevision), new: shortRevision(set.updateRevision) })}
        </Chip>
      )}
    </div>
  );
}

function Controls({ set }: { set: StatefulSetView }) {
  return (
    <div className="flex flex-wrap items-start gap-2">
      <ScaleSet set={set} />
      <SetButtons name={set.name} />
    </div>
  );
}

/** The same for as long as the set is there: its counts change with every pod. */
const SetButtons = memo(function SetButtons({ name }: { name: string }) {
  const t = useTranslations('action');
  const ask = useAsk();
  return (
    <>
      <Button aria-label={t('update', { set: name })} onClick={() => ask({ kind: 'update', set: name })}>
        <RefreshCw aria-hidden size={15} />
        {t('updateShort')}
      </Button>
      <Button onClick={() => ask({ kind: 'file', set: name })}>
        <FilePen aria-hidden size={15} />
        {t('writeFile')}
      </Button>
      <Button aria-label={t('deletePods', { set: name })} onClick={() => ask({ kind: 'deletePods', set: name })}>
        {t('deletePodsShort')}
      </Button>
      <Button aria-label={t('deleteSet', { set: name })} onClick={() => ask({ kind: 'deleteSet', set: name })}>
        <Trash2 aria-hidden size={15} />
        {t('deleteSetShort')}
      </Button>
    </>
  );
});
