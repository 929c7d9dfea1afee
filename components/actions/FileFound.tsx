'use client';

import { Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { FileContent, FileReference } from '../../lib/actions/contracts';
import type { LabError } from '../../lib/errors';
import { bringIntoView } from '../ui/bringIntoView';
import { Button } from '../ui/Button';
import { useActionRunner } from './ActionContext';
import { hexOf, textOf } from './bytes';
import { useSize } from './byteWords';
import { ErrorNote } from './ErrorNote';
import { wordPlace } from './placeWords';

export type ReadingState =
  | { phase: 'idle' | 'working' }
  | { phase: 'read'; file: FileReference; value: FileContent }
  | { phase: 'refused'; error: LabError };

export function useFileReading() {
  const { readFile } = useActionRunner();
  const [state, setState] = useState<ReadingState>({ phase: 'idle' });
  const read = useCallback(
    async (file: FileReference) => {
      setState({ phase: 'working' });
      const result = await readFile(file);
      setState(result.ok ? { phase: 'read', file, value: result.value } : { phase: 'refused', error: result.error });
    },
    [readFile],
  );
  const reset = useCallback(() => setState({ phase: 'idle' }), []);
  return { state, read, reset };
}

/** A dialog is not an editor: the rest of a long file is in the download. */
const mostShown = 16 * 1024;

export function FileFound({ state }: { state: ReadingState }) {
  if (state.phase === 'refused') return <ErrorNote error={state.error} />;
  return state.phase === 'read' ? <Found file={state.file} found={state.value} /> : null;
}

function Found({ file, found }: { file: FileReference; found: FileContent }) {
  const t = useTranslations('file');
  const size = useSize();
  const { bytes, place } = found;
  const shown = bytes.subarray(0, mostShown);
  const text = textOf(bytes.length > mostShown ? bytes.subarray(0, lastWholeLetter(bytes)) : bytes);
  return (
    <div ref={bringIntoView} role="status" data-testid="file-found" className="grid scroll-my-2 min-w-0 gap-2">
      <div className="flex flex-wrap items-center gap-2 text-xs text-muted">
        <b className="font-semibold text-ink">{t(text === undefined ? 'asHex' : 'asText')}</b>
        <span data-testid="file-size">{size(bytes.length)}</span>
        <span>{t('server', { where: wordPlace(t, place) })}</span>
        <Button className="ml-auto" onClick={() => download(file, bytes)}>
          <Download aria-hidden size={14} />
          {t('download')}
        </Button>
      </div>
      {bytes.length === 0 ? (
        <p className="text-faint">{t('empty')}</p>
      ) : (
        <pre
          data-testid="file-content"
          tabIndex={0}
          className="max-h-64 overflow-auto rounded-lg bg-code px-3 py-2.5 font-mono text-xs leading-relaxed whitespace-pre text-code-ink"
        >
          {text ?? hexOf(shown)}
        </pre>
      )}
      {bytes.length > mostShown && (
        <p className="text-xs text-faint">{t('more', { shown: size(mostShown), size: size(bytes.length) })}</p>
      )}
    </div>
  );
}

/** Cuts between two letters: half of one would make a text look like something else. */
function lastWholeLetter(bytes: Uint8Array): number {
  let end = mostShown;
  while (end > mostShown - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

function download(file: FileReference, bytes: Uint8Array) {
  const url = URL.createObjectURL(new Blob([bytes.slice()]));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.path.slice(file.path.lastIndexOf('/') + 1) || 'file';
  link.click();
  URL.revokeObjectURL(url);
}
