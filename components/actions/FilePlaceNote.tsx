'use client';

import { HardDrive, Layers, Lock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ContainerView } from '../../lib/board/model';
import { placeOf } from './filePlace';

/** The lesson in one line: does this path outlive the pod? */
export function FilePlaceNote({
  container,
  path,
  isWriting,
}: {
  container: ContainerView;
  path: string;
  isWriting: boolean;
}) {
  const t = useTranslations('file');
  const place = placeOf(container, path);
  const isKept = place.kind === 'claim';
  const Icon = isKept ? HardDrive : Layers;
  return (
    <div
      data-testid="file-place"
      data-place={place.kind}
      className={`card px-3 py-2 text-[0.8125rem] ${isKept ? 'tone-kept' : 'tone-gone card-striped'}`}
    >
      <p className="flex items-center gap-2 font-semibold text-(--tone)">
        <Icon aria-hidden size={16} className="shrink-0" />
        {place.kind === 'claim' && t('onClaim', { claim: place.claim })}
        {place.kind === 'volume' && t('onVolume', { volume: place.volume })}
        {place.kind === 'container' && t('inLayer')}
      </p>
      {isWriting && place.kind !== 'container' && place.readOnly && (
        <p className="mt-1 flex items-center gap-2 text-fail">
          <Lock aria-hidden size={14} />
          {t('readOnly')}
        </p>
      )}
    </div>
  );
}
