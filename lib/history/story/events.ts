import type { EventView } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from '../pairs';
import { sentence, type Sentence } from './sentence';

/** The two things that only an Event says; all else is told from the objects themselves. */
export function eventSentences({ before, after }: Change): Sentence[] {
  return changedPairs(before.events, after.events, (event) => event.uid).flatMap((pair): Sentence[] => {
    const event = pair.after;
    if (!event || (pair.before && pair.before.count >= event.count)) return [];
    const [kind, name = ''] = event.object.split('/');
    if (kind !== 'Pod') return [];
    const said = sentenceOf(event, name, pair.before !== undefined);
    return said ? [said] : [];
  });
}

const mountReasons = new Set(['FailedMount', 'FailedAttachVolume']);

function sentenceOf({ reason, message }: EventView, pod: string, isRepeated: boolean): Sentence | undefined {
  if (reason === 'Pulling') {
    const image = /"([^"]+)"/.exec(message)?.[1];
    if (image === undefined) return undefined;
    return sentence('pulling', 'pod', pod, { values: { image }, tone: 'wait', isDetail: true });
  }
  // Told again every two minutes for as long as it lasts.
  if (!mountReasons.has(reason) || isRepeated) return undefined;
  return sentence('mountFailed', 'pod', pod, { why: 'triesAgain', tone: 'fail' });
}
