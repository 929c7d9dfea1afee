'use client';

import { ArrowRight, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Board, ClaimView, VolumeView } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { IconButton } from '../ui/Button';
import { Eyebrow } from '../ui/Chip';
import { claimState, claimTones } from './ClaimCard';
import { shortVolume } from './words';

const mostShown = 60;

/** Every claim with the volume it has, and every volume that nobody here has. */
export function StoragePanel({ board }: { board: Board }) {
  const t = useTranslations('panel');
  const slotClaims = board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.claims));
  const taken = new Set([...slotClaims, ...board.otherClaims].map((claim) => claim.volumeName));
  const volumes = board.volumes.filter((volume) => !taken.has(volume.name));
  if (slotClaims.length + board.otherClaims.length + volumes.length === 0)
    return <p className="text-faint">{t('noStorage')}</p>;
  return (
    <div className="grid content-start gap-5 sm:max-wide:grid-cols-2" data-testid="storage-panel">
      <Claims title={t('slotClaims')} claims={slotClaims} />
      <Claims title={t('otherClaims')} claims={board.otherClaims} controls />
      {volumes.length > 0 && (
        <div>
          <Eyebrow>{t('volumes')}</Eyebrow>
          <ul className="mt-1 divide-y divide-line">
            {volumes.map((volume) => (
              <VolumeRow key={volume.uid} volume={volume} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Claims({ title, claims, controls = false }: { title: string; claims: ClaimView[]; controls?: boolean }) {
  if (claims.length === 0) return null;
  return (
    <div>
      <Eyebrow>{title}</Eyebrow>
      <ul className="mt-1 divide-y divide-line">
        {claims.slice(0, mostShown).map((claim) => (
          <ClaimRow key={claim.name} claim={claim} controls={controls} />
        ))}
      </ul>
    </div>
  );
}

function ClaimRow({ claim, controls }: { claim: ClaimView; controls: boolean }) {
  const t = useTranslations();
  const ask = useAsk();
  const state = claimState(claim);
  return (
    <li className={`${claimTones[state].split(' ')[0]} py-2 text-xs`}>
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-mono">{claim.name}</span>
        <span className="dated flex items-center gap-1 font-semibold text-(--tone)">
          {t(`claim.${state}`)}
          {controls && (
            <IconButton
              label={t('action.deleteClaim', { name: claim.name })}
              onClick={() => ask({ kind: 'deleteClaim', claim: claim.name })}
              className="size-6!"
            >
              <Trash2 aria-hidden size={13} />
            </IconButton>
          )}
        </span>
      </div>
      <div className="mt-0.5 flex items-center gap-1.5 text-[0.6875rem] text-faint">
        <ArrowRight aria-hidden size={11} className="shrink-0" />
        <span className="truncate font-mono" title={claim.volumeName}>
          {claim.volumeName ? shortVolume(claim.volumeName) : t('volume.none')}
        </span>
        <span className="ml-auto whitespace-nowrap">
          {claim.capacity || claim.request} · {claim.volume?.reclaimPolicy ?? claim.storageClass}
        </span>
      </div>
      {claim.waitsFor?.message && (
        <p className="mt-1 font-mono text-[0.6875rem] break-words text-wait">{claim.waitsFor.message}</p>
      )}
    </li>
  );
}

function VolumeRow({ volume }: { volume: VolumeView }) {
  const t = useTranslations();
  const ask = useAsk();
  const state = volume.terminating ? 'terminating' : (volume.phase.toLowerCase() as Lowercase<VolumeView['phase']>);
  return (
    <li className="py-2 text-xs">
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-mono" title={volume.name}>
          {shortVolume(volume.name)}
        </span>
        <span className="flex items-center gap-1 font-semibold">
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
      <div className="mt-0.5 text-[0.6875rem] text-faint">
        {volume.claim ? t('panel.freeFor', { claim: volume.claim }) : t('panel.free')} · {volume.capacity} ·{' '}
        {volume.reclaimPolicy}
      </div>
    </li>
  );
}
