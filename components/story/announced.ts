import type { Change } from '../../lib/history/change';
import type { Sentence } from '../../lib/history/story/sentence';
import { toldOf } from './told';

/** What a listener should hear of changes: what happened, without what merely follows from it. */
export function announced(changes: readonly Change[]): Sentence[] {
  return changes
    .flatMap((change) => toldOf(change).map(({ sentence }) => sentence))
    .filter(({ isDetail }) => !isDetail);
}

/** Those after `last`, which has been heard; all of them when it is not there any more. */
export function changesAfter(changes: readonly Change[], last: Change | undefined): readonly Change[] {
  return last === undefined ? changes : changes.slice(changes.indexOf(last) + 1);
}

/** Of several sentences about one thing within a moment only the last is worth hearing. */
export function coalesce(sentences: readonly Sentence[]): Sentence[] {
  const last = new Map<string, Sentence>();
  for (const sentence of sentences) {
    const key = `${sentence.about.kind} ${sentence.about.name}`;
    last.delete(key);
    last.set(key, sentence);
  }
  return [...last.values()];
}
