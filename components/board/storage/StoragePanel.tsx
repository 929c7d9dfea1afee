'use client';

import { useTranslations } from 'use-intl';
import type { ReactNode } from 'react';
import type { Board, VolumeView } from '../../../lib/board/model';
import { Eyebrow } from '../../ui/Chip';
import { ClaimRow } from './ClaimRow';
import { FileRow } from './FileRows';
import { StorageClassRow } from './StorageClassRow';
import { VolumeRow } from './VolumeRow';

const mostShown = 60;

/** Every claim with the volume it has, every volume that nobody here has, and the classes that volumes are made by. */
export function StoragePanel({ board }: { board: Board }) {
  const t = useTranslations('panel');
  const slotClaims = board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.claims));
  // A claim that names a volume has it only once the two are bound.
  const bound = [...slotClaims, ...board.otherClaims].filter(({ phase }) => phase === 'Bound');
  const taken = new Set(bound.map((claim) => claim.volumeName));
  const volumes = board.volumes.filter((volume) => !taken.has(volume.name));
  const free = volumes.filter(isFree);
  const ownFiles = board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.ownFiles ?? []));
  const { storageClasses } = board;
  return (
    <div
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] content-start gap-5"
      data-testid="storage-panel"
    >
      {slotClaims.length + board.otherClaims.length + volumes.length === 0 && (
        <p className="text-faint">{t('noStorage')}</p>
      )}
      <Part title={t('slotClaims')} rows={slotClaims} draw={(claim) => <ClaimRow key={claim.name} claim={claim} />} />
      <Part
        title={t('otherClaims')}
        rows={board.otherClaims}
        draw={(claim) => <ClaimRow key={claim.name} claim={claim} controls />}
      />
      <Part
        title={t('ownFiles')}
        note={ownFiles.length > 0 ? t('ownFilesNote') : undefined}
        rows={ownFiles}
        draw={(file) => <FileRow key={`${file.pod} ${file.container} ${file.path}`} file={file} />}
      />
      {/* Apart, as what one of them needs to be used (a claim that fits, a hand that frees it) is not what the other needs. */}
      <Part title={t('freeVolumes')} note={free.length > 0 ? t('freeNote') : undefined} rows={free} draw={volumeRow} />
      <Part
        title={t('volumes')}
        note={board.hidden.includes('persistentvolumes') ? t('hiddenVolumes') : undefined}
        rows={volumes.filter((volume) => !isFree(volume))}
        draw={volumeRow}
      />
      <Part
        title={t('classes')}
        note={
          board.hidden.includes('storageclasses')
            ? t('hiddenClasses')
            : storageClasses.length === 0
              ? t('noClasses')
              : undefined
        }
        rows={storageClasses}
        draw={(storageClass) => <StorageClassRow key={storageClass.name} storageClass={storageClass} />}
      />
    </div>
  );
}

const isFree = (volume: VolumeView): boolean => volume.phase === 'Available';
const volumeRow = (volume: VolumeView) => <VolumeRow key={volume.uid} volume={volume} />;

interface PartProps<T> {
  title: string;
  /** Stands also where there is nothing to list: it then says why. */
  note?: string | undefined;
  rows: readonly T[];
  draw(row: T): ReactNode;
}

function Part<T>({ title, note, rows, draw }: PartProps<T>) {
  const t = useTranslations('panel');
  if (rows.length === 0 && note === undefined) return null;
  return (
    <div className="min-w-0">
      <Eyebrow>{title}</Eyebrow>
      {note !== undefined && <p className="mt-1 text-note text-faint">{note}</p>}
      <ul className="mt-1 divide-y divide-line">{rows.slice(0, mostShown).map(draw)}</ul>
      {rows.length > mostShown && (
        <p className="text-xs text-faint">{t('notShown', { count: rows.length - mostShown })}</p>
      )}
    </div>
  );
}
