import type { Change } from '../../lib/history/change';
import { oncePerChange } from '../../lib/history/oncePerChange';
import type { Sentence } from '../../lib/history/story/sentence';
import { sentencesOf } from '../../lib/history/story/story';

export interface Told {
  key: string;
  at: number;
  sentence: Sentence;
}

/** In the order in which it happened. */
export const toldOf = oncePerChange((change): Told[] => {
  const { epoch, version } = change.position;
  return sentencesOf(change).map((sentence, index) => ({
    key: `${epoch}.${version}.${index}`,
    at: change.at,
    sentence,
  }));
});

/** The last `most` sentences, newest first. */
export function newestTold(changes: readonly Change[], most: number): Told[] {
  const told: Told[] = [];
  for (let index = changes.length - 1; index >= 0 && told.length < most; index--) {
    const change = changes[index];
    if (change) told.push(...toldOf(change).toReversed());
  }
  return told.slice(0, most);
}

/** What stands in large letters: the newest sentence that is more than a detail, or of details the newest. */
export function headlineOf(newestFirst: readonly Told[]): Told | undefined {
  return newestFirst.find(({ sentence }) => !sentence.isDetail) ?? newestFirst[0];
}
