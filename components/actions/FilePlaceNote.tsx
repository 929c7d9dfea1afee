'use client';

import { CircleHelp, HardDrive, Layers, Lock, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { placeOf } from '../../lib/actions/filePlace';
import type { ContainerView } from '../../lib/board/model';
import { fateOf, wordPlace } from './placeWords';

interface FilePlaceNoteProps {
  container: ContainerView;
  path: string;
  isWriting: boolean;
}

const lost = { icon: Layers, tone: 'tone-gone card-striped' };
const kept = { icon: HardDrive, tone: 'tone-kept' };
const looks: Record<ReturnType<typeof fateOf>, { icon: LucideIcon; tone: string }> = {
  claim: kept,
  node: kept,
  network: kept,
  pod: lost,
  container: lost,
  readOnly: { icon: Lock, tone: 'tone-plain card-dashed' },
  other: { icon: CircleHelp, tone: 'tone-plain card-dashed' },
};

/** The lesson in one line: does this path outlive the pod? */
export function FilePlaceNote({ container, path, isWriting }: FilePlaceNoteProps) {
  const t = useTranslations('file');
  const place = placeOf(container.mounts, path);
  const fate = fateOf(place);
  const { icon: Icon, tone } = looks[fate];
  return (
    <div
      data-testid="file-place"
      data-place={place.kind}
      data-fate={fate}
      className={`card px-3 py-2 text-[0.8125rem] ${tone}`}
    >
      <p className="flex items-center gap-2 font-semibold text-(--tone)">
        <Icon aria-hidden size={16} className="shrink-0" />
        <span className="min-w-0 break-words">{wordPlace(t, place)}</span>
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
