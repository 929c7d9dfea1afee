'use client';

import { FilePen, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { PodView } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { Age } from '../ui/Age';
import { IconButton } from '../ui/Button';

/** Pods without a slot: a debug pod, or one that a deleted set has left behind. */
export const OtherPods = memo(function OtherPods({ pods }: { pods: PodView[] }) {
  const t = useTranslations('other');
  return (
    <section aria-labelledby="other-pods" data-testid="other-pods">
      <h2 id="other-pods" className="text-base font-bold tracking-[-0.01em]">
        {t('pods')}
      </h2>
      <p className="text-xs text-faint">{t('podsNote')}</p>
      <ul className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-2.5">
        {pods.map((pod) => (
          <OtherPod key={pod.uid} pod={pod} />
        ))}
      </ul>
    </section>
  );
});

function OtherPod({ pod }: { pod: PodView }) {
  const t = useTranslations();
  const ask = useAsk();
  return (
    <li
      className="arrive fades rounded-xl border border-line bg-panel px-3 py-2 text-xs shadow-(--shadow)"
      data-testid="other-pod"
      data-name={pod.name}
    >
      <div className="flex items-center gap-1">
        <b className="min-w-0 flex-1 truncate font-mono font-semibold">{pod.name}</b>
        <IconButton
          label={t('action.writeFileOf', { name: pod.name })}
          onClick={() => ask({ kind: 'file', pod: pod.name })}
        >
          <FilePen aria-hidden size={14} />
        </IconButton>
        <IconButton
          label={t('action.deletePod', { name: pod.name })}
          onClick={() => ask({ kind: 'deletePod', pod: pod.name })}
        >
          <Trash2 aria-hidden size={14} />
        </IconButton>
      </div>
      <div className="dated flex flex-wrap gap-x-2 text-muted">
        <span>{pod.status}</span>
        <span>{t('other.ready', { ready: pod.readyContainers, all: pod.totalContainers })}</span>
        <span className="font-mono">{pod.ip}</span>
        <span className="ml-auto text-faint">
          <Age since={pod.createdAt} />
        </span>
      </div>
    </li>
  );
}
