'use client';

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { podWatchLines } from '../../lib/history/podWatch/podWatch';
import type { Past } from './past';
import { CopyButton } from '../ui/CommandLine';
import { useTool } from '../ui/tool';

const mostShown = 1000;

/** The same changes as a terminal prints them, to be read side by side with the board, or taken along. */
export function PodWatch({ past, namespace }: { past: Past | undefined; namespace: string }) {
  const t = useTranslations('story');
  const [isWide, setWide] = useState(false);
  const lines = useMemo(() => (past ? podWatchLines(past, isWide) : []), [past, isWide]);
  const shown = lines.length > mostShown ? [...lines.slice(0, 1), ...lines.slice(1 - mostShown)] : lines;
  const command = `${useTool()} get pods -w${isWide ? ' -o wide' : ''} -n ${namespace}`;
  const follow = useFollowing(lines);
  return (
    <div className="flex h-full flex-col bg-code text-code-ink" data-testid="pod-watch">
      <div className="flex items-center gap-3 px-4 pt-1 max-sm:px-3">
        <code className="min-w-0 flex-1 truncate font-mono text-xs">
          <span aria-hidden className="text-[#8b9cc4] select-none">
            ${' '}
          </span>
          {command}
        </code>
        <label className="flex items-center gap-1.5 font-mono text-xs">
          <input type="checkbox" checked={isWide} onChange={(event) => setWide(event.target.checked)} />
          -o wide
        </label>
        <CopyButton label={t('copyWatch')} text={lines.map(({ text }) => `${text}\n`).join('')} />
      </div>
      {/* What happens is announced in sentences: read out line by line as well, it would be told twice. */}
      <pre
        {...follow}
        role="log"
        aria-live="off"
        aria-label={command}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto overscroll-contain px-4 pb-2 font-mono text-xs leading-relaxed max-sm:px-3"
      >
        {shown.map(({ key, text }) => (
          <span key={key}>
            {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );
}

/** Stays with the newest line, as a terminal does, until the reader scrolls up, and again when they are back at the end. */
function useFollowing(lines: unknown) {
  const ref = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight;
  }, [lines]);
  const onScroll = () => {
    const box = ref.current;
    if (box) isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 8;
  };
  return { ref, onScroll };
}
