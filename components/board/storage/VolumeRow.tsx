'use client';

import { Trash2, Unlink } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { VolumeView } from '../../../lib/board/model';
import { useAsk } from '../../actions/AskContext';
import { Button, IconButton } from '../../ui/Button';
import { shortAccessModes, shortVolume } from '../words';

const tones: Record<VolumeView['phase'], string> = {
  Available: 'tone-ready',
  Bound: 'tone-kept',
  Released: 'tone-gone',
  Failed: 'tone-fail',
  Pending: 'tone-wait',
};

/** A volume that no claim of this board has: free, kept for somebody by name, or left behind by a claim that is gone. */
export const VolumeRow = memo(function VolumeRow({ volume }: { volume: VolumeView }) {
  const t = useTranslations();
  const ask = useAsk();
  const state = volume.terminating ? 'terminating' : (volume.phase.toLowerCase() as Lowercase<VolumeView['phase']>);
  const isLeft = volume.phase === 'Released' || volume.phase === 'Failed';
  return (
    <li
      className={`${volume.terminating ? 'tone-gone' : tones[volume.phase]} py-2 text-xs`}
      data-testid="volume-row"
      data-name={volume.name}
      data-phase={volume.phase}
    >
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-mono" title={volume.name}>
          {shortVolume(volume.name)}
        </span>
        <span className="flex items-center gap-1 font-semibold text-(--tone)">
          {t(`volume.${state}`)}
          <IconButton
            label={t('action.deleteVolume', { name: volume.name })}
            onClick={() => ask({ kind: 'deleteVolume', volume: volume.name })}
            className="size-6!"
          >
            <Trash2 aria-hidden size={13} />
          </IconButton>
        </span>
      </div>
      <p className="mt-0.5 text-note break-words text-faint">
        {volume.capacity} · {shortAccessModes(volume.accessModes)} · {volume.storageClass || t('claim.noClass')}
        {volume.source && <> · {volume.source}</>}
      </p>
      <p className="mt-0.5 text-note text-faint">{t(`volume.policy${volume.reclaimPolicy}`)}</p>
      {volume.claim && (
        <p className="mt-0.5 text-note text-muted">
          {isLeft
            ? t('volume.hadBy', { claim: volume.claim })
            : t(volume.phase === 'Bound' ? 'panel.freeFor' : 'volume.reservedFor', { claim: volume.claim })}
        </p>
      )}
      {isLeft && !volume.terminating && (
        <>
          <p className="mt-0.5 text-note text-muted">{t('volume.notReused')}</p>
          <Button
            className="mt-1.5"
            aria-label={`${t('volume.free')} ${volume.name}`}
            onClick={() => ask({ kind: 'freeVolume', volume: volume.name })}
          >
            <Unlink aria-hidden size={14} />
            {t('volume.free')}
          </Button>
        </>
      )}
    </li>
  );
});
