'use client';

import { Upload, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { maxFileBytes } from '../../lib/actions/contracts';
import { Button, IconButton } from '../ui/Button';
import { useSize } from './byteWords';
import { Labelled } from './FileTargetFields';

export interface Content {
  bytes: Uint8Array;
  text: string;
  endsWithNewline: boolean;
  /** The name of the file they come from, when they were not typed. */
  from?: string;
}

export const emptyContent: Content = { bytes: new Uint8Array(), text: '', endsWithNewline: true };

function typed(text: string, endsWithNewline: boolean): Content {
  const isClosed = text === '' || text.endsWith('\n') || !endsWithNewline;
  return { bytes: new TextEncoder().encode(isClosed ? text : `${text}\n`), text, endsWithNewline };
}

interface FileContentFieldProps {
  content: Content;
  onChange(content: Content): void;
  onEdit(): void;
}

/** Text to be typed, or the bytes of a file, whatever they are. */
export function FileContentField({ content, onChange, onEdit }: FileContentFieldProps) {
  const t = useTranslations('file');
  const size = useSize();
  const picker = useRef<HTMLInputElement>(null);
  const change = (next: Content) => {
    onChange(next);
    onEdit();
  };
  const take = async (file: File | undefined) => {
    if (file) change({ ...emptyContent, bytes: new Uint8Array(await file.arrayBuffer()), from: file.name });
  };
  return (
    <div className="grid gap-2">
      {content.from === undefined ? (
        <Labelled label={t('content')}>
          <textarea
            value={content.text}
            rows={4}
            spellCheck={false}
            onChange={(event) => change(typed(event.target.value, content.endsWithNewline))}
            className="w-full resize-y rounded-lg border border-line-strong bg-panel px-2.5 py-2 font-mono text-[0.8125rem]"
          />
        </Labelled>
      ) : (
        <p className="flex items-center justify-between gap-2 rounded-lg border border-line bg-raised px-3 py-2 font-mono text-xs break-all">
          {t('chosen', { name: content.from, size: size(content.bytes.length) })}
          <IconButton label={t('text')} onClick={() => change(emptyContent)}>
            <X aria-hidden size={15} />
          </IconButton>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-muted">
        {content.from === undefined && (
          <label className="inline-flex items-center gap-1.5">
            <input
              type="checkbox"
              checked={content.endsWithNewline}
              onChange={(event) => change(typed(content.text, event.target.checked))}
              className="accent-(--accent)"
            />
            {t('finalNewline')}
          </label>
        )}
        <span className="tabular-nums">{size(content.bytes.length)}</span>
        <Button className="ml-auto" onClick={() => picker.current?.click()}>
          <Upload aria-hidden size={14} />
          {t('choose')}
        </Button>
        <input
          ref={picker}
          type="file"
          aria-label={t('upload')}
          className="hidden"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file may be chosen once more after it has changed.
            event.target.value = '';
          }}
        />
      </div>
      {content.bytes.length > maxFileBytes && (
        <p role="alert" className="text-xs font-semibold text-fail">
          {t('tooLarge', { size: size(content.bytes.length), most: size(maxFileBytes) })}
        </p>
      )}
    </div>
  );
}
