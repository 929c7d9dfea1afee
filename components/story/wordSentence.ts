import type { useTranslations } from 'use-intl';
import type { ClientTool } from '../../lib/actions/clientTool';
import type { Sentence } from '../../lib/history/story/sentence';

export type StoryWords = ReturnType<typeof useTranslations<'story'>>;

export interface Worded {
  what: string;
  /** Absent where there is nothing to say of it. */
  why: string | undefined;
}

/** Both halves of a sentence, in the reader's language; with `oc` a namespace is called a project. */
export function wordSentence(t: StoryWords, tool: ClientTool, sentence: Sentence): Worded {
  const values = { ...sentence.values, tool };
  return { what: t(`what.${sentence.what}`, values), why: sentence.why && t(`why.${sentence.why}`, values) };
}
