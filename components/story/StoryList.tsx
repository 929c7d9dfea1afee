'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Age } from '../ui/Age';
import { useTool } from '../ui/tool';
import { SentenceMark } from './SentenceMark';
import type { Told } from './told';
import { wordSentence } from './wordSentence';

/** What happened, the newest on top; what only follows from it stands back. */
export function StoryList({ told }: { told: readonly Told[] }) {
  const t = useTranslations('story');
  if (told.length === 0) return <p className="py-2 text-faint">{t('nothing')}</p>;
  return (
    <ol className="divide-y divide-line" data-testid="story">
      {told.map((one) => (
        <StoryRow key={one.key} told={one} />
      ))}
    </ol>
  );
}

const StoryRow = memo(function StoryRow({ told: { sentence, at } }: { told: Told }) {
  const t = useTranslations('story');
  const tool = useTool();
  const { what, why } = wordSentence(t, tool, sentence);
  return (
    <li className="flex gap-2.5 py-1.5" data-testid="sentence" data-what={sentence.what}>
      <span className="mt-0.5">
        <SentenceMark tone={sentence.tone} size={15} />
      </span>
      <p className="min-w-0 flex-1 break-words">
        <span className={clsx(!sentence.isDetail && 'font-semibold')}>{what}</span>
        {why !== undefined && <span className="text-muted">: {why}</span>}
      </p>
      <span className="shrink-0 text-xs text-faint">
        <Age since={at} />
      </span>
    </li>
  );
});
