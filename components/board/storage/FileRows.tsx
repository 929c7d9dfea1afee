'use client';

import { useTranslations } from 'use-intl';
import type { OwnFile, WrittenFile } from '../../../lib/board/model';
import { useSize } from '../../actions/byteWords';
import { AgeIn } from '../../ui/Age';
import { wordFate } from './OwnFilesCard';

type FileWords = ReturnType<typeof useTranslations<'written'>>;

/** `web-1 (life 2)`, or the pod alone where its lives were not watched. */
export function wordWriter(t: FileWords, { pod, life }: WrittenFile): string {
  return life === undefined ? pod : t('writer', { pod, life });
}

/** One file that was written through the dashboard: by whom and when, and of one on no claim what has become of it. */
export function FileRow({ file }: { file: WrittenFile | OwnFile }) {
  const t = useTranslations('written');
  const own = useTranslations('own');
  const size = useSize();
  const isLost = 'place' in file && file.lost !== undefined;
  return (
    <li className="mt-1 min-w-0 text-note" data-testid="written-file" data-name={file.name}>
      <span className="flex items-baseline justify-between gap-2">
        <span className={`min-w-0 truncate font-mono ${isLost ? 'line-through' : ''}`} title={file.path}>
          {file.name}
        </span>
        <span className="shrink-0 text-faint">{size(file.bytes)}</span>
      </span>
      <span className="block text-faint">
        <AgeIn since={file.at}>{(age) => t('by', { writer: wordWriter(t, file), age })}</AgeIn>
        {'place' in file && (
          <b className={isLost ? 'font-semibold text-gone' : 'font-normal'}> · {wordFate(own, file)}</b>
        )}
      </span>
    </li>
  );
}
