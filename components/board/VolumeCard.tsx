'use client';

import clsx from 'clsx';
import { HardDrive, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Change } from '../../lib/board/lifeChanges';
import type { ClaimView, VolumeView, WrittenFile } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { IconButton } from '../ui/Button';
import { claimState, claimTones } from './ClaimCard';
import { StayMark } from './LifeMark';
import { wordWriter } from './storage/FileRows';
import { shortVolume } from './words';

export const policies = { Delete: 'deletePolicy', Retain: 'retainPolicy', Recycle: 'recyclePolicy' } as const;

/** The volume that a claim has, or that it has none yet. */
export function VolumeCard({ claim, change }: { claim: ClaimView; change?: Change }) {
  const t = useTranslations('volume');
  const { volume } = claim;
  const tone = volume?.terminating ? 'tone-gone card-striped' : claimTones[claimState(claim)];
  return (
    <div
      className={clsx('card min-w-0 px-3 py-1.5 text-note', claim.volumeName ? tone : 'tone-plain card-dashed')}
      data-testid="volume"
      data-name={claim.volumeName}
      title={claim.volumeName}
    >
      {volume ? (
        <VolumeFacts volume={volume} change={change} lastFile={claim.files?.[0]} />
      ) : (
        <>
          <div className="truncate font-mono text-xs text-muted">{claim.volumeName || t('none')}</div>
          {claim.volumeName && <div className="text-faint">{t('hidden')}</div>}
        </>
      )}
    </div>
  );
}

interface VolumeFactsProps {
  volume: VolumeView;
  change: Change | undefined;
  lastFile: WrittenFile | undefined;
}

function VolumeFacts({ volume, change, lastFile }: VolumeFactsProps) {
  const t = useTranslations();
  const ask = useAsk();
  return (
    <>
      <div className="flex items-center gap-1.5 font-semibold text-(--tone)">
        <HardDrive aria-hidden size={13} className="shrink-0" />
        {/* The whole name is there for whoever reads the page by script or by ear. */}
        <span className="min-w-0 flex-1 truncate font-mono text-xs">
          <span aria-hidden>{shortVolume(volume.name)}</span>
          <span className="sr-only">{volume.name}</span>
        </span>
        {volume.terminating && <span>{t('volume.terminating')}</span>}
        <IconButton
          label={t('action.deleteVolume', { name: volume.name })}
          onClick={() => ask({ kind: 'deleteVolume', volume: volume.name })}
          className="-mr-1.5 size-6!"
        >
          <Trash2 aria-hidden size={13} />
        </IconButton>
      </div>
      <div className={clsx('flex items-baseline justify-between gap-1 text-muted', lastFile && 'low:hidden')}>
        <span className="truncate">
          {volume.storageClass} · {volume.reclaimPolicy}
        </span>
        <StayMark change={change} />
      </div>
      {lastFile ? (
        <LastFile file={lastFile} />
      ) : (
        <div className="truncate text-faint low:hidden">{t(`volume.${policies[volume.reclaimPolicy]}`)}</div>
      )}
    </>
  );
}

/** What was last written onto it here, and by which life of which pod: the claim kept it since. */
function LastFile({ file }: { file: WrittenFile }) {
  const t = useTranslations('written');
  const by = t('last', { file: file.name, writer: wordWriter(t, file) });
  return (
    <div className="truncate text-muted" data-testid="last-file" data-name={file.name} title={by}>
      {by}
    </div>
  );
}
