'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Change } from '../../lib/history/change';
import type { Sentence } from '../../lib/history/story/sentence';
import { useTool } from '../ui/tool';
import { announced, changesAfter, coalesce } from './announced';
import { wordSentence } from './wordSentence';

const gatherMs = 900;
const mostSaid = 5;

/**
 * Says what happens, politely and gathered: a set of ten that starts must not be read out frame by frame. What was there when
 * the page was opened is not news.
 */
export function StoryAnnouncer({ changes }: { changes: readonly Change[] | undefined }) {
  const t = useTranslations();
  const words = useTranslations('story');
  const tool = useTool();
  const heard = useRef<Change | 'nothing'>(undefined);
  const waiting = useRef<Sentence[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (!changes) return;
    const last = heard.current;
    heard.current = changes.at(-1) ?? 'nothing';
    if (last === undefined) return;
    const fresh = changesAfter(changes, last === 'nothing' ? undefined : last);
    waiting.current = coalesce([...waiting.current, ...announced(fresh)]);
    // Counted from the first change: a board on which something happens all the time must be heard too.
    if (waiting.current.length === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const all = waiting.current;
      waiting.current = [];
      const texts = all.slice(0, mostSaid).map((sentence) => wordSentence(words, tool, sentence).what);
      if (all.length > mostSaid) texts.push(t('announce.more', { count: all.length - mostSaid }));
      setSaid(texts.join('. '));
    }, gatherMs);
  }, [changes, t, words, tool]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <p aria-live="polite" className="sr-only" data-testid="announcer">
      {said}
    </p>
  );
}
