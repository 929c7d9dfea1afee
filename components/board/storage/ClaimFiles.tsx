'use client';

import { useTranslations } from 'use-intl';
import type { ClaimFilesAnswer, ListedFile } from '../../../lib/actions/contracts';
import type { ClaimView } from '../../../lib/board/model';
import { useNamespace } from '../../actions/ActionContext';
import { useSize } from '../../actions/byteWords';
import { ErrorNote } from '../../actions/ErrorNote';
import { useClaimFiles } from '../../http';
import { AgeIn } from '../../ui/Age';
import { wordWriter } from './FileRows';

/** The files that lie on a claim now, asked of a pod that mounts it; asked again when one has been written here. */
export function ClaimFiles({ claim }: { claim: ClaimView }) {
  const t = useTranslations('listed');
  const namespace = useNamespace();
  const { data, error } = useClaimFiles(namespace, claim.name, claim.files?.[0]?.at);
  if (error) return <ErrorNote error={error} />;
  if (!data) return <p className="mt-1 text-note text-faint">{t('asking')}</p>;
  return <ListedFiles answer={data} />;
}

export function ListedFiles({ answer }: { answer: ClaimFilesAnswer }) {
  const t = useTranslations('listed');
  const { pod, mountPath, files, more } = answer;
  return (
    <div className="mt-1 min-w-0 text-note" data-testid="claim-files">
      <p className="break-all text-faint">{t('through', { pod, path: mountPath })}</p>
      {files.length === 0 && <p className="text-muted">{t('empty')}</p>}
      <ul aria-label={t('through', { pod, path: mountPath })}>
        {files.map((file) => (
          <Listed key={file.path} file={file} within={mountPath} />
        ))}
      </ul>
      {more > 0 && <p className="text-faint">{t('more', { count: more })}</p>}
    </div>
  );
}

function Listed({ file, within }: { file: ListedFile; within: string }) {
  const t = useTranslations('listed');
  const written = useTranslations('written');
  const size = useSize();
  const { path, bytes, modifiedAt, writer } = file;
  const name = path.slice(within.length).replace(/^\//, '');
  return (
    <li className="mt-1 min-w-0" data-testid="listed-file" data-name={name}>
      <span className="flex items-baseline justify-between gap-2">
        <span className="min-w-0 truncate font-mono" title={path}>
          {name}
        </span>
        <span className="shrink-0 text-faint">{bytes === undefined ? '' : size(bytes)}</span>
      </span>
      <span className="block text-faint">
        {writer && !writer.changedSince ? (
          <AgeIn since={writer.by.at}>{(age) => written('by', { writer: wordWriter(written, writer.by), age })}</AgeIn>
        ) : (
          <>
            {modifiedAt !== undefined && <AgeIn since={modifiedAt}>{(age) => t('changed', { age })}</AgeIn>}{' '}
            {writer ? t('changedSince', { writer: wordWriter(written, writer.by) }) : t('unseen')}
          </>
        )}
      </span>
    </li>
  );
}
