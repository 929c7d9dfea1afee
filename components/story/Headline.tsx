'use client';

import { useTranslations } from 'use-intl';
import { useTool } from '../ui/tool';
import type { Told } from './told';
import { SentenceMark } from './SentenceMark';
import { wordSentence } from './wordSentence';

/** The newest sentence, to be read from the back row. Its place is always the same size, whatever it says. */
export function Headline({ told }: { told: Told | undefined }) {
  const t = useTranslations('story');
  const tool = useTool();
  if (!told) return <p className="self-center truncate text-sm text-faint">{t('nothing')}</p>;
  const { what, why } = wordSentence(t, tool, told.sentence);
  return (
    <div className="flex min-w-0 items-center gap-3" data-testid="headline">
      <SentenceMark tone={told.sentence.tone} size={22} />
      <p
        key={told.key}
        className="arrive min-w-0 low:flex low:items-baseline low:gap-3"
        title={why === undefined ? what : t('both', { what, why })}
      >
        <b className="line-clamp-1 low:max-w-full low:shrink-0 text-lg leading-snug font-semibold tracking-[-0.015em] max-sm:line-clamp-2 max-sm:text-xs">
          {what}
        </b>
        <span className="line-clamp-1 text-[0.9375rem] leading-snug text-muted max-sm:hidden">{why ?? ' '}</span>
      </p>
    </div>
  );
}
