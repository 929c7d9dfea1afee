'use client';

import clsx from 'clsx';
import { FileX2, Layers } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { OwnFile } from '../../../lib/board/model';

type OwnWords = ReturnType<typeof useTranslations<'own'>>;

/** What becomes, or has become, of a file that lies on no claim. */
export function wordFate(t: OwnWords, { lost, place, life }: OwnFile): string {
  if (!lost) return t(place === 'pod' ? 'goesWithPod' : 'goesWithContainer');
  if (lost.with === 'container') return t('lostWithContainer');
  return life === undefined ? t('lostWithPod') : t('lostWithLife', { life });
}

/** Above the line that outlives the pod: what a slot was given outside its claims. The newest is shown, the panel lists all. */
export function OwnFilesCard({ files }: { files: readonly OwnFile[] }) {
  const t = useTranslations('own');
  const [file, ...others] = files;
  if (!file) return <div className="card tone-plain card-dashed px-3 py-1.5 text-note text-faint max-sm:hidden">—</div>;
  const Icon = file.lost ? FileX2 : Layers;
  return (
    <div
      className={clsx(
        'card flex min-w-0 flex-col justify-center px-3 py-1.5 text-note leading-snug',
        file.lost ? 'tone-gone card-striped' : 'tone-plain',
      )}
      data-testid="own-file"
      data-path={file.path}
      data-lost={file.lost?.with ?? 'no'}
      title={files.map((other) => `${other.path}: ${wordFate(t, other)}`).join('\n')}
    >
      <span className="flex min-w-0 items-center gap-1.5 text-(--tone)">
        <Icon aria-hidden size={13} className="shrink-0" />
        <span className={clsx('min-w-0 truncate font-mono text-xs', file.lost && 'line-through')}>{file.path}</span>
        {others.length > 0 && <span className="ml-auto shrink-0">{t('more', { count: others.length })}</span>}
      </span>
      <span className={clsx('truncate', file.lost ? 'font-semibold text-(--tone)' : 'text-muted')}>
        {wordFate(t, file)}
      </span>
    </div>
  );
}
